#include "sim/output/recorder.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/recorded_scenario.hpp"

using namespace sojourn;

TEST_CASE("a whole run") {
  const Scenario scenario = test::recorded_scenario();
  Workers workers(2);
  Simulation simulation(scenario, scenario.variants[1], {scenario.seed, 0}, workers);
  Recorder recorder(simulation, plan_output("/tmp/rec_try.h5", true),
                    {{scenario.seed, 0}, "sojourn run small.yaml", 2});
  recorder.observe(simulation);
  while (!simulation.finished()) {
    simulation.advance();
    recorder.observe(simulation);
  }
  recorder.finish(simulation);
  CHECK(std::filesystem::exists("/tmp/rec_try.h5"));
}
