#include "sim/model/outcome_choice.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/support/outcome_world.hpp"
#include "tests/support/statistics.hpp"

namespace outcome_choice_test {

using namespace sojourn;

namespace {

Scenario with_decision(const std::vector<test::Comes>& outcomes) {
  Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {{"status", {"a", "b", "c"}}});
  test::add_decision(scenario, "decide", 1, outcomes);
  return scenario;
}

Numbers numbers_of(const Scenario& scenario) {
  Numbers numbers(scenario, Variant{});
  numbers.update(scenario.time.boundary(0), scenario.time.boundary(1));
  return numbers;
}

const std::vector<test::Comes> three = {{.name = "yes", .weight = 3, .becomes = {{0, 1}}},
                                        {.name = "no", .weight = 5, .becomes = {{0, 2}}},
                                        {.name = "closed", .weight = 2, .leaves = true}};

}  // namespace

TEST_CASE("outcomes are drawn in proportion to their weights, of one agent as of many") {
  const Scenario scenario = with_decision(three);
  const Numbers numbers = numbers_of(scenario);
  const OutcomeChoice choice(scenario);
  const EventOrder order(scenario);
  const EventId decide{0};
  REQUIRE(choice.has_outcomes(decide));
  OutcomeDraws draws(choice, numbers, Step{0}, {{1, 0}, {Process::outcomes, 0, 0, 0}});
  constexpr std::int64_t agents = 100000;
  const std::vector<double> expected = {0.3 * agents, 0.5 * agents, 0.2 * agents};
  std::vector<std::int64_t> one_by_one(3);
  for (std::int64_t i = 0; i < agents; ++i)
    ++one_by_one[order.outcome(draws.of(decide, Region{0}, Group{0}))->index()];
  CHECK(test::chi_square_sigmas(one_by_one, expected) < test::five_sigma);
  std::vector<std::int64_t> at_once(3);
  draws.split(decide, Region{0}, Group{0}, agents,
              [&](EventId event, std::int64_t of_it) { at_once[order.outcome(event)->index()] += of_it; });
  CHECK(at_once[0] + at_once[1] + at_once[2] == agents);
  CHECK(test::chi_square_sigmas(at_once, expected) < test::five_sigma);
}

TEST_CASE("outcomes of weight 0 never come, also as the last of all") {
  const Scenario scenario = with_decision({{.name = "never", .weight = 0, .becomes = {{0, 1}}},
                                           {.name = "always", .weight = 1e-9, .becomes = {{0, 2}}},
                                           {.name = "never_either", .weight = 0, .leaves = true}});
  const Numbers numbers = numbers_of(scenario);
  const OutcomeChoice choice(scenario);
  OutcomeDraws draws(choice, numbers, Step{0}, {{1, 0}, {Process::outcomes, 0, 0, 0}});
  for (const std::int64_t agents : {1, 2, 1000}) {
    draws.split(EventId{0}, Region{0}, Group{0}, agents, [&](EventId event, std::int64_t of_it) {
      CHECK(EventOrder(scenario).outcome(event) == OutcomeId{1});
      CHECK(of_it == agents);
    });
  }
}

TEST_CASE("weights may be by group, and a factor's in a region") {
  Scenario scenario = with_decision(three);
  scenario.parameters[scenario.transitions[0].outcomes[0].weight.rate.index()].by_group = {1, 2, 3};
  scenario.transitions[0].outcomes[1].weight.rate_factor =
      test::add_factor(scenario, "x", FactorPlaces::region, {10, 20});
  const Numbers numbers = numbers_of(scenario);
  std::vector<double> weights;
  weigh_outcomes(scenario, TransitionId{0}, Region{1}, Group{2}, numbers, Step{0}, weights);
  CHECK(weights == std::vector<double>{3, 100, 2});
}

TEST_CASE("weights that are all 0 end a run where they are, and say when") {
  Scenario scenario = with_decision(three);
  for (Parameter& parameter : scenario.parameters) parameter.by_group = {0};
  const Numbers numbers = numbers_of(scenario);
  std::vector<double> weights;
  std::string told;
  try {
    weigh_outcomes(scenario, TransitionId{0}, Region{1}, Group{2}, numbers, Step{2}, weights);
  } catch (const InputError& error) {
    told = error.what();
  }
  CHECK(told.find("r1, c: the weights of the outcomes of transition 'decide' are all 0 in the step from "
                  "2010-03-01") != std::string::npos);
}

TEST_CASE("events without outcomes come to themselves; giving up to what becomes of those who do") {
  Scenario scenario =
      test::small_scenario(1, "2011-01-01", "1 month", {{"status", {"a", "b"}}}, 1, {"decide"});
  test::add_transition(scenario, "plain", 1, 0, 1);
  test::add_decision(scenario, "decide", 1, {{.name = "yes", .weight = 1, .becomes = {{0, 1}}}});
  test::add_queue(scenario, 1, 10);
  test::add_given_up(scenario, 1, {.becomes = {{0, 1}}});
  join_queues(scenario);
  const Numbers numbers = numbers_of(scenario);
  const OutcomeChoice choice(scenario);
  const EventOrder order(scenario);
  OutcomeDraws draws(choice, numbers, Step{0}, {{1, 0}, {Process::outcomes, 0, 0, 0}});
  const auto of = [&](std::size_t event) { return draws.of(EventId{event}, Region{0}, Group{2}); };
  // Plain, requests, giving up.
  CHECK(of(0) == EventId{0});
  CHECK(of(1) == EventId{1});
  CHECK(order.outcome(of(2)) == OutcomeId{2});
  const GroupChange given_up = group_changes(scenario)[order.change(of(2)).index()];
  CHECK(given_up.gives_up == QueueId{0});
  CHECK(given_up.becomes[2] == Group{1});
}

}  // namespace outcome_choice_test
