#include "sim/reading/parameter_kinds.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace parameter_kinds_test {

using sojourn::parameter_kind;
using sojourn::parameter_kinds;

TEST_CASE("every parameter is of a kind that stands in the list of what policies may change") {
  const auto kind = [](std::string_view name) {
    const auto number = parameter_kind(name);
    return number ? parameter_kinds()[*number] : std::string("none");
  };
  CHECK(kind("streams.work.hazard.rate") == "streams.NAME.hazard.rate");
  CHECK(kind("streams.work.hazard.push.rate") == "streams.NAME.hazard.push.TERM");
  CHECK(kind("streams.a.b.destination.nests.near") == "streams.NAME.destination.nests.NEST");
  CHECK(kind("demography.deaths.factors.wage") == "demography.deaths.factors.TERM");
  CHECK(kind("transitions.card.capacity.give_up") == "transitions.NAME.capacity.give_up");
  CHECK(kind("streams..hazard.rate") == "none");
  CHECK(kind("streams.work.hazard.speed") == "none");
  CHECK(kind("demography.births.rates") == "none");
}

}  // namespace parameter_kinds_test
