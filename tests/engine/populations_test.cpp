#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/engine/exact_law.hpp"
#include "tests/engine/leaving_world.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace populations_test {

TEST_SUITE_BEGIN("law: agents against exact probabilities");

/// Cells of nobody to ten thousand million people, from hazards at which hardly anybody leaves to those at
/// which everybody does. The numbers of expected events lie on both sides of where the engine goes over from
/// points on a line to one binomial number, wherever that is.
namespace {

using namespace sojourn;

const std::vector<double> expected_events = {0.01, 0.5, 0.95, 1, 1.05, 2, 4.8, 5.2, 6.5, 10, 16, 20, 100};

/// A region for each number of expected events, all with as many people of one cell. With records they are
/// movers, else counts.
Scenario world_of(double people, bool records, const std::string& end, const std::string& step) {
  Scenario scenario = test::leaving_world(expected_events.size(), end, step);
  const double years = scenario.time.years(Step{0});
  std::vector<double> pace;
  for (std::size_t r = 0; r < expected_events.size(); ++r) {
    pace.push_back(expected_events[r] / years / std::max(1.0, people));
    if (records) {
      test::add_movers(scenario, r, expected_events.size(), people);
    } else {
      test::stayers(scenario, r) = people;
    }
  }
  pace.push_back(1);
  test::add_pace(scenario, test::add_leaving(scenario, 1), pace);
  if (records) scenario.output.diaspora_every = 1;
  return scenario;
}

/// Runs all replicates to their end and holds each region against the binomial law.
void check_world(const Scenario& scenario, double people, std::uint32_t replicates) {
  Workers workers(1);
  std::vector<test::BinomialSeen> seen(expected_events.size());
  for (std::uint32_t i = 0; i < replicates; ++i) {
    Simulation simulation(scenario, scenario.variants[0], {scenario.seed, i}, workers);
    std::vector<std::int64_t> before = test::residents(simulation);
    while (!simulation.finished()) {
      const double share = scenario.time.years(Step{simulation.steps_done()}) / scenario.time.years(Step{0});
      const std::vector<std::int64_t> left = test::advance_leaving(simulation, before);
      for (std::size_t r = 0; r < seen.size(); ++r) {
        const double length = expected_events[r] / std::max(1.0, people) * share;
        seen[r].add(left[r], before[r], -std::expm1(-length));
      }
      before = test::residents(simulation);
    }
  }
  for (std::size_t r = 0; r < seen.size(); ++r) {
    CAPTURE(expected_events[r]);
    seen[r].check();
  }
}

}  // namespace

TEST_CASE("0 to 1e10 people in a cell, 0.01 to 100 expected events: leavers are binomial, as counts") {
  for (const double people : {0.0, 1.0, 15.0, 16.0, 17.0, 1e3, 1e6, 1e10}) {
    CAPTURE(people);
    check_world(world_of(people, false, "2010-02-01", "1 month"), people, people == 0 ? 3 : 15000);
  }
}

TEST_CASE("1 to 1000 people in a cell, 0.01 to 100 expected events: leavers are binomial, as records") {
  for (const double people : {1.0, 15.0, 16.0, 17.0, 1e3}) {
    CAPTURE(people);
    check_world(world_of(people, true, "2010-02-01", "1 month"), people, 6000);
  }
}

TEST_CASE("a million records in a cell, step after step: leavers are binomial") {
  check_world(world_of(1e6, true, "2018-01-01", "1 day"), 1e6, 1);
}

TEST_CASE("a hazard of 1e-12 a year: nobody of few moves, and of 1e10 a Poisson number") {
  Workers workers(1);
  for (const bool records : {false, true}) {
    Scenario scenario = test::leaving_world(1, "2110-01-01", "1 month", {}, 10);
    test::add_leaving(scenario, 1e-12);
    if (records) scenario.output.diaspora_every = 1;
    for (std::size_t a = 0; a < 10; ++a) {
      if (records) test::add_movers(scenario, 0, 1, 200, 0, a);
      test::stayers(scenario, 0, 0, a) = 1000;
    }
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    while (!simulation.finished()) simulation.advance();
    CHECK(simulation.checks().moves == 0);
  }
  // Ten cohorts of 1e9 for 50 years: half an event in a step.
  Scenario scenario = test::leaving_world(1, "2110-01-01", "50 years", {}, 10);
  test::add_leaving(scenario, 1e-12);
  for (std::size_t a = 0; a < 10; ++a) test::stayers(scenario, 0, 0, a) = 1e9;
  test::check_leaving(scenario, 20000, [](std::size_t r, auto...) { return r == 0 ? 1e-12 : 0.0; });
}

TEST_CASE("a hazard of 1e3 a year: by day some stay, by month nobody does") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    for (const double people : {1.0, 40.0, 500.0}) {
      const auto world = [&](const std::string& end, const std::string& step) {
        Scenario scenario = test::leaving_world(2, end, step);
        test::add_leaving(scenario, 1e3);
        if (records) scenario.output.diaspora_every = 1;
        for (std::size_t r = 0; r < 2; ++r) {
          if (records) {
            test::add_movers(scenario, r, 2, people);
          } else {
            test::stayers(scenario, r) = people;
          }
        }
        return scenario;
      };
      CAPTURE(people);
      const auto hazard = [](std::size_t r, auto...) { return r < 2 ? 1e3 : 0.0; };
      test::check_leaving(world("2010-01-04", "1 day"), people == 1 ? 20000 : 1500, hazard);
      Workers workers(1);
      const Scenario monthly = world("2010-03-01", "1 month");
      Simulation simulation(monthly, monthly.variants[0], {1, 0}, workers);
      simulation.advance();
      CHECK(simulation.checks().moves == std::llround(2 * people));
      simulation.advance();
      CHECK(simulation.checks().moves == std::llround(2 * people));
    }
  }
}

TEST_SUITE_END();

}  // namespace populations_test
