#include "sim/engine/event_following.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

#include "tests/engine/one_part.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace event_following_test {

/// Whole runs, beside the plain engine: tests/plain/time_left_test.cpp.
namespace {

using namespace sojourn;

constexpr std::int64_t agents = 100000;
/// So fast that the first change comes at once, and all of the step is left.
constexpr double at_once = 1e9;

/// From a to b, then from b to c or out of all regions, in steps of a month.
Scenario three_statuses(double to_c, double out) {
  Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {{"status", {"a", "b", "c"}}});
  test::add_transition(scenario, "to_b", 1.0, 0, 1).who.groups = {true, false, false};
  test::add_transition(scenario, "to_c", to_c, 0, 2).who.groups = {false, true, false};
  test::add_outflow(scenario, "out", out).who.groups = {false, true, true};
  return scenario;
}

CountedChanges to_b(double hazard) {
  return {.change = ChangeId{0},
          .group = Group{0},
          .cohort = Cohort{0},
          .agents = agents,
          .ticket = {},
          .hazard = hazard};
}

bool is_near(double seen, double p) {
  return std::abs(seen - agents * p) <
         test::five_sigma * std::sqrt(static_cast<double>(agents) * p * (1 - p));
}

}  // namespace

TEST_CASE("who has nothing to expect in the new state is left where it is") {
  test::OnePart one(three_statuses(0, 0));
  one.outbox.changed.push_back(to_b(at_once));
  follow_changes(one.work());
  REQUIRE(one.outbox.changed.size() == 1);
  CHECK(one.outbox.changed[0].agents == agents);
  CHECK(one.outbox.passed.empty());
  CHECK(one.outbox.gone.empty());
}

TEST_CASE("those who go on are told by each event, and as often as they change") {
  test::OnePart one(three_statuses(30, 6));
  one.outbox.changed.push_back(to_b(at_once));
  follow_changes(one.work());
  std::int64_t stayed_b = 0;
  std::int64_t stayed_c = 0;
  std::int64_t via_b = 0;
  std::int64_t via_c = 0;
  for (const CountedChanges& changed : one.outbox.changed) {
    (changed.change == ChangeId{0} ? stayed_b : stayed_c) += changed.agents;
  }
  for (const PassedChanges& passed : one.outbox.passed) {
    (passed.change == ChangeId{0} ? via_b : via_c) += passed.agents;
    CHECK_FALSE(passed.had_record);
  }
  // Alike ones are added up.
  CHECK(one.outbox.changed.size() == 2);
  CHECK(one.outbox.passed.size() == 2);
  CHECK(one.outbox.gone.size() == 2);
  std::int64_t out_of_b = 0;
  std::int64_t out_of_c = 0;
  for (const CountedExits& gone : one.outbox.gone)
    (gone.group == Group{1} ? out_of_b : out_of_c) += gone.agents;
  CHECK(stayed_b + via_b == agents);
  CHECK(via_b == stayed_c + via_c + out_of_b);
  CHECK(via_c == out_of_c);
  const double years = one.scenario.time.years(Step{0});
  CHECK(is_near(static_cast<double>(stayed_b), std::exp(-36 * years)));
  CHECK(is_near(static_cast<double>(out_of_b), (1 - std::exp(-36 * years)) / 6));
  CHECK(is_near(static_cast<double>(stayed_b + stayed_c), std::exp(-6 * years)));
}

TEST_CASE("what is left of the step follows the moment of the first change") {
  // All first changes of the same hazard as the next: of two events in [0, t] given at least one.
  constexpr double rate = 20;
  test::OnePart one(three_statuses(rate, 0));
  one.outbox.changed.push_back(to_b(rate));
  follow_changes(one.work());
  const double x = rate * one.scenario.time.years(Step{0});
  std::int64_t went_on = 0;
  for (const CountedChanges& changed : one.outbox.changed) {
    if (changed.change == ChangeId{1}) went_on += changed.agents;
  }
  CHECK(is_near(static_cast<double>(went_on), 1 - x * std::exp(-x) / (1 - std::exp(-x))));
}

}  // namespace event_following_test
