#include "sim/reading/events/read_streams.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_streams_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Scenario with_streams(const std::string& streams) {
  const Folder folder;
  Parts parts;
  parts.regions = "regions: [north, south, east]\nlinks: [{from: north, to: south, length: 1 km}]";
  parts.before_population = "attributes: {sex: [f, m], status: [citizen, worker, family]}";
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500, east: 20}, sex: {f: 0.5, m: 0.5}, status: "
      "citizen, age: 0-79}";
  parts.streams = streams;
  return read(folder, parts.yaml());
}

}  // namespace

TEST_CASE("by default a stream is of everybody, to anywhere, and changes nobody") {
  const Scenario s = with_streams("streams: {a: {hazard: {rate: 1 per month}, destination: {choose: all}}}");
  const Stream& stream = s.streams[0];
  CHECK(stream.name == "a");
  CHECK(stream.who.groups == std::vector<bool>(6, true));
  CHECK(stream.who.residences == std::vector<bool>(3, true));
  CHECK(stream.who.age_from == 0);
  CHECK(std::isinf(stream.who.age_to));
  CHECK_FALSE(stream.who.foreign_born.has_value());
  CHECK(std::holds_alternative<AllRegions>(stream.destination.choice_set));
  CHECK(std::holds_alternative<FlatSchedule>(stream.hazard.schedule));
  CHECK_FALSE(stream.hazard.attraction.has_value());
  for (std::size_t g = 0; g < 6; ++g) CHECK(stream.becomes[g] == Group(g));
  const Parameter& rate = s.parameters[stream.hazard.rate.index()];
  CHECK(rate.name == "streams.a.hazard.rate");
  CHECK(rate.unit == "per year");
  CHECK(rate.by_group == std::vector<double>{12});
}

TEST_CASE("who is named by attributes, ages, residence and birth") {
  const Scenario s = with_streams(
      "streams:\n  a:\n    who: {status: [citizen, worker], sex: m, age: 15-64, residence: [south, east], "
      "foreign_born: false}\n"
      "    hazard: {rate: {by: sex, f: 1 per year, m: 2 per year}, attraction: 0.5}\n"
      "    destination: {choose: [north, south]}\n    becomes: {status: worker}\n");
  const Stream& stream = s.streams[0];
  CHECK(stream.who.groups == std::vector<bool>{false, false, false, true, true, false});
  CHECK(stream.who.residences == std::vector<bool>{false, true, true});
  CHECK(stream.who.age_from == 15);
  CHECK(stream.who.age_to == 65);
  CHECK(stream.who.foreign_born == false);
  CHECK(s.parameters[stream.hazard.rate.index()].by_group == std::vector<double>{1, 1, 1, 2, 2, 2});
  CHECK(s.parameters[stream.hazard.attraction->index()].name == "streams.a.hazard.attraction");
  CHECK(std::get<Listed>(stream.destination.choice_set).regions == std::vector<Region>{Region(0), Region(1)});
  CHECK(stream.becomes == std::vector<Group>{Group(1), Group(1), Group(1), Group(4), Group(4), Group(4)});
}

TEST_CASE("nests of destinations, whose dissimilarity policies may change") {
  const Scenario s = with_streams(
      "streams:\n  a:\n    hazard: {rate: 1 per year}\n    destination:\n      nests:\n"
      "        close: {regions: [north, south], dissimilarity: 0.5}\n"
      "        east: {regions: east, dissimilarity: {by: sex, f: 0.3, m: 1}}\n");
  const auto& nests = s.streams[0].destination.nests;
  REQUIRE(nests.size() == 2);
  CHECK(nests[0].regions == std::vector<Region>{Region(0), Region(1)});
  CHECK(s.parameters[nests[0].dissimilarity.index()].name == "streams.a.destination.nests.close");
  CHECK(s.parameters[nests[1].dissimilarity.index()].by_group == std::vector<double>{0.3, 0.3, 0.3, 1, 1, 1});
}

TEST_CASE("the other choices") {
  const Scenario s = with_streams(
      "streams:\n  a: {hazard: {rate: 1 per year}, destination: {choose: neighbours}}\n"
      "  b: {who: {age: 65+}, hazard: {rate: 1 per year}, destination: {choose: birth}}\n"
      "  c: {hazard: {rate: 1 per year}, destination: {choose: previous}}\n"
      "  d: {hazard: {rate: 1 per year}, destination: {}}\n");
  CHECK(std::holds_alternative<Neighbours>(s.streams[0].destination.choice_set));
  CHECK(std::holds_alternative<BirthRegion>(s.streams[1].destination.choice_set));
  CHECK(s.streams[1].who.age_from == 65);
  CHECK(std::isinf(s.streams[1].who.age_to));
  CHECK(std::holds_alternative<PreviousRegion>(s.streams[2].destination.choice_set));
  CHECK(std::holds_alternative<AllRegions>(s.streams[3].destination.choice_set));
}

}  // namespace read_streams_test
