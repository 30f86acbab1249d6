#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/output/run_view.hpp"
#include "tests/support/both_engines.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace citizenship_test {

/// Citizenship and naturalisation, our engine beside the plain one.
namespace {

using namespace sojourn;

using test::view_of;

Scenario world() {
  Scenario scenario = test::small_scenario(3, "2013-01-01", "3 months", {{"status", {"a", "b"}}}, 60);
  Stream& stream = test::add_stream(scenario, "travel", 0.6);
  FactorTerm term;
  term.factor = test::add_factor(scenario, "visa", FactorPlaces::pair, {0, 3, 1, 1, 0, 4, 6, 1, 0});
  term.transform = Transform::log;
  term.comparison = Comparison::citizenship;
  term.coefficient = test::add_parameter(scenario, "visa", {0.8, 1.6}, true);
  term.own = 5;
  term.outside = 2;
  stream.destination.pull.emplace_back(term);
  stream.destination.pull.emplace_back(
      DiasporaTerm{"diaspora", Transform::log1p, test::add_parameter(scenario, "diaspora", {0.4}, true)});
  test::add_transition(scenario, "naturalise", 0.5, 0, 1).naturalises = true;
  test::add_transition(scenario, "lapse", 0.3, 0, 0);
  for (std::size_t age = 0; age < 60; age += 3) {
    test::stayers(scenario, 0, 0, age) = 4;
    test::stayers(scenario, 1, 1, age) = 3;
    test::add_movers(scenario, 1, 0, 2, age % 2, age);
    test::add_movers(scenario, 2, 1, 2, 0, age);
    scenario.population.movers.back().citizenship = Region{2};
  }
  test::add_inflow(scenario, "come", 10).ages = {{0, 60, 1}};
  test::add_births(scenario, 0.05);
  test::add_deaths(scenario, 0.03);
  scenario.output.citizens_every = 1;
  return scenario;
}

/// Foreign citizens, and people by region and status, at the end.
template <class Engine>
std::vector<test::Moments> run_many(const Scenario& scenario, std::uint32_t seed, std::uint32_t replicates) {
  std::vector<test::Moments> seen(12 + 6);
  Workers workers(1);
  for (std::uint32_t i = 0; i < replicates; ++i) {
    Engine run(scenario, scenario.variants[0], {seed, i}, workers);
    while (!run.finished()) run.advance();
    const RunView end = view_of(run);
    const DiasporaStock citizens = end.foreign_citizens();
    for (std::size_t k = 0; k < 12; ++k) seen[k].add(static_cast<double>(citizens.all()[k]));
    std::vector<std::int64_t> cells(6);
    for (std::size_t k = 0; k < end.residents.size(); ++k) {
      cells[k / scenario.cohort_count()] += end.residents[k];
    }
    for (std::size_t k = 0; k < 6; ++k) seen[12 + k].add(static_cast<double>(cells[k]));
  }
  return seen;
}

}  // namespace

TEST_CASE("long: citizenship and naturalisation agree with the plain engine") {
  const Scenario scenario = world();
  constexpr std::uint32_t replicates = 4000;
  const auto ours = run_many<Simulation>(scenario, 1, replicates);
  const auto plain = run_many<plain::Engine>(scenario, 2, replicates);
  CHECK(test::check_agreement(ours, plain, replicates) > 0);
  CHECK(ours[1].mean() > 5);   // in region 0, citizens of 1
  CHECK(ours[11].mean() > 5);  // in region 2, of outside
}

}  // namespace citizenship_test
