#include "sim/engine/flow_tally.hpp"

#include <doctest/doctest.h>

#include "tests/support/small_scenario.hpp"

namespace flow_tally_test {

namespace {

using namespace sojourn;

Scenario scenario_with_details(FlowLayout layout) {
  Scenario scenario = test::small_scenario(3, "2011-01-01", "1 month",
                                           {{"sex", {"f", "m"}}, {"skill", {"low", "mid", "high"}}}, 60);
  test::add_stream(scenario, "a", 1);
  test::add_stream(scenario, "b", 1);
  scenario.output.flow_by_age = true;
  scenario.output.age_from = {0, 15, 40};
  scenario.output.flow_attributes = {AttributeId{1}, AttributeId{0}};
  scenario.output.flow_layout = layout;
  return scenario;
}

/// A woman of high skill (group 0 * 3 + 2), 20 years old at the start.
Move example() {
  Move move;
  move.cohort = Cohort{60 - 1 - 20};
  move.leaves_as = Group{2};
  move.stream = StreamId{1};
  return move;
}

}  // namespace

TEST_CASE("combinations of attributes: in the order of the request, the last fastest") {
  const Groups groups({{"sex", {"f", "m"}}, {"skill", {"low", "mid", "high"}}});
  const std::vector<AttributeId> order = {AttributeId{1}, AttributeId{0}};
  CHECK(combination_count(groups, order) == 6);
  CHECK(combination(groups, order, Group{0 * 3 + 2}) == 2 * 2 + 0);
  CHECK(combination(groups, order, Group{1 * 3 + 1}) == 1 * 2 + 1);
  CHECK(combination_count(groups, {}) == 1);
  CHECK(combination(groups, {}, Group{5}) == 0);
}

TEST_CASE("a move is counted with the age and the attributes it leaves with, dense or listed") {
  for (const FlowLayout layout : {FlowLayout::dense, FlowLayout::table}) {
    const Scenario scenario = scenario_with_details(layout);
    FlowTally tally(scenario);
    CHECK(tally.is_dense() == (layout == FlowLayout::dense));
    CHECK(tally.detail_count() == 3 * 6);
    tally.set_time(0);
    tally.add(Region{0}, Region{2}, example());
    tally.add(Region{0}, Region{2}, example());
    tally.set_time(20);  // now 40 years old and in the next age group
    tally.add(Region{1}, Region{2}, example());
    CHECK_FALSE(tally.cuts(example().cohort));
    const auto rows = tally.take_rows();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].origin == Region{0});
    CHECK(rows[0].destination == Region{2});
    CHECK(rows[0].stream == StreamId{1});
    CHECK(rows[0].detail == 1 * 6 + 4);
    CHECK(rows[0].count == 2);
    CHECK(rows[1].origin == Region{1});
    CHECK(rows[1].detail == 2 * 6 + 4);
    CHECK(rows[1].count == 1);
    CHECK(tally.take_rows().empty());
    tally.set_time(19.5);  // a half of the cohort is 40 years old
    CHECK(tally.cuts(example().cohort));
    tally.add(Region{0}, Region{2}, example());
    tally.add(Region{0}, Region{2}, example(), true);
    const auto halves = tally.take_rows();
    REQUIRE(halves.size() == 2);
    CHECK(halves[0].detail == 1 * 6 + 4);
    CHECK(halves[1].detail == 2 * 6 + 4);
  }
}

TEST_CASE("left alone, small flows are dense and large ones listed") {
  const Scenario small = scenario_with_details(FlowLayout::automatic);
  CHECK(FlowTally(small).is_dense());
  Scenario large = test::small_scenario(7000);
  test::add_stream(large, "a", 1);
  CHECK_FALSE(FlowTally(large).is_dense());
  // Between, it depends on how many moves an interval has: 490,000 corridors.
  Scenario between = test::small_scenario(700);
  test::add_stream(between, "a", 0.12);
  test::stayers(between, 0) = 2e6;  // 20,000 a month
  CHECK_FALSE(FlowTally(between).is_dense());
  between.output.every = 3;
  CHECK(FlowTally(between).is_dense());
}

}  // namespace flow_tally_test
