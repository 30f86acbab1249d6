#include "sim/scenario/place_in_text.hpp"

#include <doctest/doctest.h>

#include <string>

#include "reading.hpp"

namespace place_in_text_test {

using sojourn::PlaceFinder;
using sojourn::test::Folder;
using sojourn::test::Parts;

TEST_CASE("things are found in a scenario's text by their dotted names, as far as they are written") {
  const Folder folder;
  const auto scenario = read(folder, Parts().yaml());
  const PlaceFinder places(scenario);
  const auto at = [&](const char* name) {
    const auto where = places.find(name);
    return std::to_string(where.line) + ':' + std::to_string(where.column);
  };
  CHECK(places.find("time").file == scenario.path);
  CHECK(at("streams.work.hazard.rate") == "10:20");
  CHECK(at("streams.work") == "9:3");
  CHECK(at("streams.work.destination.nests.a") == "11:5");
  CHECK(at("demography.births.rate") == "0:0");
}

}  // namespace place_in_text_test
