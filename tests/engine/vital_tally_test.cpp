#include "sim/engine/vital_tally.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

#include "tests/support/derived_factor.hpp"
#include "tests/support/small_scenario.hpp"

namespace vital_tally_test {

using namespace sojourn;

TEST_CASE(
    "births, deaths and transitions are counted by what stocks are recorded by, at the ages of the step") {
  Scenario scenario = test::small_scenario(2, "2012-01-01", "1 month",
                                           {{"sex", {"female", "male"}}, {"status", {"a", "b"}}}, 10);
  scenario.output.stock_by_age = true;
  scenario.output.age_from = {0, 5};
  scenario.output.stock_attributes = {AttributeId{0}};
  scenario.demography.births.emplace();
  scenario.demography.deaths.emplace();
  test::add_transition(scenario, "x", 1, 1, 0);
  test::add_transition(scenario, "y", 1, 1, 1);
  VitalTally tally(scenario);
  tally.set_time(0);
  tally.add_births(Region{1}, Group{3}, 7);             // male, b
  tally.add_births(Region{1}, Group{2}, 1);             // male, a
  tally.add_deaths(Region{0}, Group{1}, Cohort{5}, 2);  // female, age 4
  CHECK_FALSE(tally.cuts(Cohort{5}));
  tally.set_time(0.9);
  CHECK(tally.cuts(Cohort{5}));
  tally.add_deaths(Region{0}, Group{1}, Cohort{5}, 4, 3);  // three of them are older than 5 now
  tally.add_deaths(Region{1}, Group{2}, Cohort{10}, 4);
  CHECK(tally.births() == std::vector<std::int64_t>{0, 0, 0, 8});
  CHECK(tally.deaths() == std::vector<std::int64_t>{3, 0, 3, 0, 0, 4, 0, 0});
  tally.add_transitions(Region{1}, OutcomeId{1}, Group{2}, 6);  // male, a
  tally.add_transitions(Region{1}, OutcomeId{0}, Group{3}, 1);  // male, b
  tally.add_transitions(Region{0}, OutcomeId{0}, Group{1}, 2);  // female, b
  CHECK(tally.transitions() == std::vector<std::int64_t>{2, 0, 0, 0, 0, 1, 0, 6});
  tally.clear();
  CHECK(tally.births() == std::vector<std::int64_t>(4, 0));
  CHECK(tally.deaths() == std::vector<std::int64_t>(8, 0));
  CHECK(tally.transitions() == std::vector<std::int64_t>(8, 0));
}

TEST_CASE("what happened in a step is kept beside, where derived factors read flows") {
  Scenario scenario = test::small_scenario(2, "2012-01-01", "1 month", {{"status", {"a", "b"}}}, 10);
  scenario.demography.births.emplace();
  scenario.demography.deaths.emplace();
  test::add_transition(scenario, "x", 1, 0, 0);
  test::add_transition(scenario, "y", 1, 0, 1);
  CHECK(VitalTally(scenario).births_in_step().empty());
  test::add_derived(scenario, "born", "x", {{"x", FlowInput{FlowInput::Kind::births, {true}, 1, 0}, 0}});
  VitalTally tally(scenario);
  tally.add_births(Region{1}, Group{1}, 7);
  tally.clear();
  tally.add_births(Region{1}, Group{0}, 2);
  tally.add_deaths(Region{0}, Group{0}, Cohort{5}, 3);
  tally.add_transitions(Region{0}, OutcomeId{1}, Group{0}, 4);
  CHECK(tally.births_in_step() == std::vector<std::int64_t>{0, 9});
  CHECK(tally.deaths_in_step() == std::vector<std::int64_t>{3, 0});
  CHECK(tally.transitions_in_step() == std::vector<std::int64_t>{0, 4, 0, 0});
  tally.begin_step();
  CHECK(tally.births_in_step() == std::vector<std::int64_t>{0, 0});
  CHECK(tally.transitions_in_step() == std::vector<std::int64_t>(4, 0));
}

}  // namespace vital_tally_test
