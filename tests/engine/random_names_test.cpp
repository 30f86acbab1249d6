#include "sim/base/random_names.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "sim/engine/simulation.hpp"
#include "tests/support/small_scenario.hpp"

namespace random_names_test {

namespace {

using namespace sojourn;

/// Two streams, one of them by diaspora; regions large enough to be cut into parts; arrivals to be drawn.
Scenario large_scenario() {
  Scenario scenario = test::small_scenario(3, "2011-01-01", "1 month", {{"sex", {"f", "m"}}}, 50);
  for (std::size_t age = 0; age < 50; ++age) {
    for (std::size_t g = 0; g < 2; ++g) test::stayers(scenario, 0, g, age) = 20000.5;
  }
  test::stayers(scenario, 2, 0, 30) = 500;
  test::add_movers(scenario, 2, 0, 1000.5, 1, 20);
  test::add_movers(scenario, 0, 1, 1000.5, 0, 40);
  scenario.population.arrival = UniformArrival{10};
  const ParameterId network = test::add_parameter(scenario, "network", {0.4}, true);
  test::add_stream(scenario, "labour", 0.5).destination.pull = {
      DiasporaTerm{"diaspora", Transform::log1p, network}};
  test::add_stream(scenario, "return", 0.1, BirthRegion{});
  scenario.output.diaspora_every = 1;
  return scenario;
}

void run(const Scenario& scenario, RunKey key) {
  Workers workers(2);
  Simulation simulation(scenario, scenario.variants[0], key, workers);
  for (int i = 0; i < 4; ++i) simulation.advance();
}

}  // namespace

TEST_CASE("a run opens each name of random numbers once, and a second run of the same key opens them again") {
  const Scenario scenario = large_scenario();
  RandomNameLog log;
  run(scenario, {scenario.seed, 0, &log});
  const std::size_t names = log.size();
  CHECK(names > 4 * 3);  // several parts in each step
  run(scenario, {scenario.seed, 1, &log});
  CHECK(log.size() > names);
  CHECK_THROWS_AS(run(scenario, {scenario.seed, 0, &log}), std::logic_error);
}

}  // namespace random_names_test
