#pragma once

#include <string>

#include "sim/engine/simulation.hpp"
#include "sim/output/recorder.hpp"

namespace sojourn::test {

/// Runs a scenario to its end and records it at `path`, in place of what is there.
inline void record_run(const Scenario& scenario, const std::string& path, std::size_t variant = 0,
                       unsigned threads = 1) {
  Workers workers(threads);
  const RunKey key{scenario.seed, 0};
  Simulation simulation(scenario, scenario.variants[variant], key, workers);
  Recorder recorder(simulation, plan_output(path, true), {key, "sojourn run small.yaml", threads});
  recorder.observe(simulation);
  while (!simulation.finished()) {
    simulation.advance();
    recorder.observe(simulation);
  }
  recorder.finish(simulation);
}

}  // namespace sojourn::test
