#include "sim/reading/parameter_kinds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace parameter_kinds_test {

using sojourn::parameter_kind;
using sojourn::parameter_kinds;

TEST_CASE("policies may change these numbers, and no others") {
  const std::vector<std::string> names = {"limits.NAME.amount",
                                          "streams.NAME.hazard.rate",
                                          "streams.NAME.hazard.attraction",
                                          "streams.NAME.hazard.push.TERM",
                                          "streams.NAME.destination.pull.TERM",
                                          "streams.NAME.destination.nests.NEST",
                                          "streams.NAME.draws.LIMIT",
                                          "streams.NAME.otherwise.share",
                                          "demography.births.rate",
                                          "demography.births.factors.TERM",
                                          "demography.deaths.rate",
                                          "demography.deaths.factors.TERM",
                                          "transitions.NAME.rate",
                                          "transitions.NAME.factors.TERM",
                                          "transitions.NAME.capacity.limit",
                                          "transitions.NAME.capacity.draws.LIMIT",
                                          "transitions.NAME.capacity.give_up",
                                          "transitions.NAME.outcomes.OUTCOME.weight",
                                          "inflow.NAME.rate",
                                          "inflow.NAME.number",
                                          "inflow.NAME.draws.LIMIT",
                                          "outflow.NAME.rate",
                                          "outflow.NAME.factors.TERM"};
  // By name, so that a difference is told.
  for (std::size_t i = 0; i < std::max(names.size(), parameter_kinds().size()); ++i) {
    CHECK((i < parameter_kinds().size() ? parameter_kinds()[i].name : "none") ==
          (i < names.size() ? names[i] : "none"));
  }
}

TEST_CASE("every parameter is of a kind that stands in the list of what policies may change") {
  const auto kind = [](std::string_view name) {
    const auto number = parameter_kind(name);
    return number ? parameter_kinds()[*number].name : std::string("none");
  };
  CHECK(kind("streams.work.hazard.rate") == "streams.NAME.hazard.rate");
  CHECK(kind("streams.work.hazard.push.rate") == "streams.NAME.hazard.push.TERM");
  CHECK(kind("streams.a.b.destination.nests.near") == "streams.NAME.destination.nests.NEST");
  CHECK(kind("demography.deaths.factors.wage") == "demography.deaths.factors.TERM");
  CHECK(kind("transitions.card.capacity.give_up") == "transitions.NAME.capacity.give_up");
  CHECK(kind("streams.work.draws.quota") == "streams.NAME.draws.LIMIT");
  CHECK(kind("limits.quota.amount") == "limits.NAME.amount");
  CHECK(kind("streams..hazard.rate") == "none");
  CHECK(kind("streams.work.hazard.speed") == "none");
  CHECK(kind("demography.births.rates") == "none");
}

}  // namespace parameter_kinds_test
