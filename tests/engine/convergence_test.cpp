#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>

#include "sim/engine/simulation.hpp"
#include "tests/support/derived_factor.hpp"
#include "tests/support/vital_world.hpp"

namespace convergence_test {

/// Births, deaths, moves, transitions and feedback at once, by quarter, month and week, against the
/// differential equation that they come to as steps get shorter. That a move ends a step, and numbers of its
/// beginning, make a difference in proportion to the step.
namespace {

using namespace sojourn;

constexpr double there = 0.9;
constexpr double back = 0.5;
constexpr double spontaneous = 0.3;
constexpr double contagious = 1.1;
constexpr double lapse = 0.4;
constexpr double birth = 0.12;
constexpr double death = 0.07;
constexpr double years = 2.0;

/// People by [region][aware], as shares of those of the start.
using State = std::array<double, 4>;
constexpr State start = {0.7, 0.1, 0.2, 0.0};

State rate_of_change(const State& n) {
  State change{};
  const auto flow = [&](std::size_t from, std::size_t to, double rate) {
    change[from] -= rate * n[from];
    change[to] += rate * n[from];
  };
  for (std::size_t r = 0; r < 2; ++r) {
    const double all = n[2 * r] + n[2 * r + 1];
    flow(2 * r, 2 * r + 1, spontaneous + contagious * n[2 * r + 1] / all);
    flow(2 * r + 1, 2 * r, lapse);
    change[2 * r] += birth * all;  // nobody is born aware
    for (std::size_t s = 0; s < 2; ++s) {
      change[2 * r + s] -= death * n[2 * r + s];
      flow(2 * r + s, 2 * (1 - r) + s, r == 0 ? there : back);
    }
  }
  return change;
}

/// By the method of Runge and Kutta of fourth order, in steps so short that nothing is left of its error.
State exact() {
  constexpr int steps = 4000;
  constexpr double h = years / steps;
  State n = start;
  const auto moved = [](const State& from, const State& along, double by) {
    State to = from;
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += by * along[i];
    return to;
  };
  for (int i = 0; i < steps; ++i) {
    const State a = rate_of_change(n);
    const State b = rate_of_change(moved(n, a, 0.5 * h));
    const State c = rate_of_change(moved(n, b, 0.5 * h));
    const State d = rate_of_change(moved(n, c, h));
    for (std::size_t k = 0; k < n.size(); ++k) n[k] += h / 6 * (a[k] + 2 * b[k] + 2 * c[k] + d[k]);
  }
  return n;
}

/// How far a run ends from it.
State error_of(const std::string& step, const std::string& end) {
  constexpr double people = 1e7;
  Scenario scenario = test::small_scenario(2, end, step, {{"aware", {"no", "yes"}}});
  for (std::size_t cell = 0; cell < 4; ++cell)
    test::stayers(scenario, cell / 2, cell % 2) = people * start[cell];
  test::add_stream(scenario, "there", there).who.residences = {true, false};
  test::add_stream(scenario, "back", back).who.residences = {false, true};
  const FactorId contagion =
      test::add_derived(scenario, "contagion", "0.3 + 1.1 * aware / all",
                        {test::people(scenario, "aware", {false, true}), test::people(scenario, "all")});
  test::add_transition(scenario, "hear", 1.0, 0, 1).hazard.rate_factor = contagion;
  test::add_transition(scenario, "forget", lapse, 0, 0);
  for (auto& children : test::add_births(scenario, birth).newborn) children = {{Group{0}, 1.0}};
  test::add_deaths(scenario, death);
  Workers workers(2);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  while (!simulation.finished()) simulation.advance();
  // The run by weeks is some days longer or shorter than two years.
  const State wanted = exact();
  const double late = scenario.time.elapsed(scenario.time.steps()) - years;
  const State drift = rate_of_change(wanted);
  State error{};
  for (std::size_t cell = 0; cell < 4; ++cell) {
    error[cell] =
        static_cast<double>(simulation.population().noted(cell)) / people - wanted[cell] - late * drift[cell];
  }
  return error;
}

double size(const State& error) {
  double sum = 0;
  for (const double e : error) sum += e * e;
  return std::sqrt(sum);
}

}  // namespace

TEST_CASE("long: runs by quarter, month and week come closer to the limit in proportion to the step") {
  const double quarter = size(error_of("1 quarter", "2012-01-01"));
  const double month = size(error_of("1 month", "2012-01-01"));
  const double week = size(error_of("1 week", "2011-12-30"));
  MESSAGE("errors by quarter, month, week: " << quarter << ' ' << month << ' ' << week);
  CHECK(quarter < 0.1);
  CHECK(quarter / month == doctest::Approx(3).epsilon(0.2));
  CHECK(month / week == doctest::Approx(365.25 / 12 / 7).epsilon(0.2));
}

}  // namespace convergence_test
