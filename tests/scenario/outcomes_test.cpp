#include "sim/scenario/outcomes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sim/scenario/queues.hpp"
#include "tests/support/outcome_world.hpp"

namespace outcomes_test {

using namespace sojourn;

TEST_CASE("what transitions are counted as: themselves, their outcomes, and giving up that changes people") {
  Scenario scenario =
      test::small_scenario(1, "2011-01-01", "1 month", {{"status", {"a", "b"}}}, 1, {"decide"});
  test::add_transition(scenario, "plain", 1, 0, 1);
  CHECK_FALSE(has_outcomes(scenario));
  test::add_decision(
      scenario, "decide", 1,
      {{.name = "yes", .weight = 1, .becomes = {{0, 1}}}, {.name = "out", .weight = 2, .leaves = true}});
  test::add_queue(scenario, 1, 10);
  test::add_given_up(scenario, 1, {.leaves = true});
  test::add_outflow(scenario, "go", 1);
  CHECK(has_outcomes(scenario));
  std::vector<std::string> names;
  for (const CountedOutcome& one : counted_outcomes(scenario)) names.push_back(one.name);
  CHECK(names == std::vector<std::string>{"plain", "decide/yes", "decide/out", "decide/given_up"});
  CHECK(outcome_count(scenario) == 4);
  const auto of = outcomes_by_transition(scenario);
  CHECK(of[0].first == 0);
  CHECK(of[1].first == 1);
  CHECK(of[1].last == 3);
  CHECK(of[1].given_up == OutcomeId{3});
  CHECK(exit_count(scenario) == 3);
  const auto exits = exits_of_outcomes(scenario);
  CHECK(exits == std::vector<std::optional<OutflowId>>{{}, {}, OutflowId{1}, OutflowId{2}});
  scenario.transitions[1].outcomes[1].leaves = false;
  scenario.transitions[1].given_up.reset();
  CHECK(exits_of_outcomes(scenario).empty());
}

TEST_CASE("who is decided upon has left the queue, and the others that are not open any more") {
  Scenario scenario =
      test::small_scenario(1, "2011-01-01", "1 month", {{"status", {"a", "b"}}}, 1, {"decide", "other"});
  test::add_decision(scenario, "decide", 1,
                     {{.name = "yes", .weight = 1, .becomes = {{0, 1}}}, {.name = "no", .weight = 1}});
  test::add_queue(scenario, 0, 10);
  test::add_transition(scenario, "other", 1, 0, 1);
  test::add_queue(scenario, 1, 10);
  join_queues(scenario);
  // Groups: a, b; waiting for decide; for other; for both.
  const std::vector<Outcome>& outcomes = scenario.transitions[0].outcomes;
  CHECK(outcomes[0].becomes[2] == Group{1});
  CHECK(outcomes[0].becomes[6] == Group{1});
  CHECK(outcomes[1].becomes[2] == Group{0});
  CHECK(outcomes[1].becomes[6] == Group{4});
}

}  // namespace outcomes_test
