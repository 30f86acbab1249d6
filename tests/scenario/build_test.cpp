#include "sim/scenario/build.hpp"

#include <doctest/doctest.h>

#include <numeric>
#include <stdexcept>

#include "sim/scenario/references.hpp"
#include "sim/scenario/shape.hpp"

namespace build_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

TimeGrid one_year() {
  return {*parse_date("2010-01-01"), *parse_date("2011-01-01"), *parse_duration("1 month")};
}

}  // namespace

TEST_CASE("what is built in code fits together at every stage") {
  Scenario scenario = empty_scenario(one_year(), {"north", "south"}, Groups({{"sex", {"f", "m"}}}));
  CHECK_NOTHROW(check_sizes(scenario));
  CHECK(wrong_references(scenario).empty());
  CHECK(scenario.variants.front().name == "baseline");
  add_people(scenario, Region{1}, 300, {20, 22}, Group{1});
  add_stream(scenario, "labour", 0.02);
  CHECK_NOTHROW(check_sizes(scenario));
  CHECK(wrong_references(scenario).empty());
  CHECK(scenario.streams[0].becomes == std::vector<Group>{Group{0}, Group{1}});
}

TEST_CASE("people are spread evenly over the ages, and add up") {
  Scenario scenario = empty_scenario(one_year(), {"north", "south"}, Groups({{"sex", {"f", "m"}}}), 60);
  add_people(scenario, Region{1}, 300, {20, 22}, Group{1});
  add_people(scenario, Region{1}, 50, {22, 22}, Group{1});
  CHECK(stayers(scenario, Region{1}, Group{1}, 20) == 100);
  CHECK(stayers(scenario, Region{1}, Group{1}, 22) == 150);
  CHECK(stayers(scenario, Region{1}, Group{1}, 19) == 0);
  const auto& all = scenario.population.stayers;
  CHECK(std::accumulate(all.begin(), all.end(), 0.0) == 350);
  // The oldest are the first cohort.
  CHECK(&stayers(scenario, Region{0}, Group{0}, 60) == all.data());
}

TEST_CASE("what is not there is told and not written to") {
  Scenario scenario = empty_scenario(one_year(), {"north"}, {}, 60);
  CHECK_THROWS_WITH_AS(add_people(scenario, Region{1}, 1, {0, 60}), "region 1: there are 1, counted from 0",
                       std::out_of_range);
  CHECK_THROWS_WITH_AS(add_people(scenario, Region{0}, 1), "age 100: there are 61, counted from 0",
                       std::out_of_range);
  CHECK_THROWS_AS(add_people(scenario, Region{0}, 1, {5, 4}), std::out_of_range);
  CHECK_THROWS_AS(add_people(scenario, Region{0}, 1, {0, 60}, Group{1}), std::out_of_range);
}

}  // namespace build_test
