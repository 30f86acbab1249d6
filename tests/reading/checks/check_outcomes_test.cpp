#include <doctest/doctest.h>

#include "sim/input/mistakes.hpp"
#include "sim/reading/checks/step_checks.hpp"
#include "tests/support/outcome_world.hpp"

namespace check_outcomes_test {

/// What is told of files is in read_outcomes_test.cpp.
using namespace sojourn;

namespace {

std::size_t mistakes_of(const Scenario& scenario) {
  Mistakes mistakes("small.yaml");
  OutcomeCheck check(scenario);
  const Variant none;
  Evaluation evaluation(scenario, none);
  check.begin(evaluation);
  while (evaluation.advance()) check.look(evaluation, mistakes);
  return mistakes.count();
}

}  // namespace

TEST_CASE("weights are looked at for those alone whom the transition concerns, and told once") {
  Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {{"status", {"a", "b"}}});
  Transition& decide =
      test::add_decision(scenario, "decide", 1,
                         {{.name = "yes", .weight = 1, .becomes = {{0, 1}}}, {.name = "no", .weight = 0}});
  CHECK(mistakes_of(scenario) == 0);
  Parameter& weight = scenario.parameters[decide.outcomes[0].weight.rate.index()];
  weight.by_group = {1, 0};
  CHECK(mistakes_of(scenario) == 0);
  weight.by_group = {0, 1};
  CHECK(mistakes_of(scenario) == 1);
  decide.who.residences = {false, false};
  CHECK(mistakes_of(scenario) == 0);
}

}  // namespace check_outcomes_test
