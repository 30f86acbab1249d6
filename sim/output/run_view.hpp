#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/engine/simulation.hpp"

namespace sojourn {

/// What a recorder sees of a run at one instant, whatever engine computes it: `Simulation`, or the plain
/// engine that the benchmarks measure it against. Valid until the run goes on.
struct RunView {
  const Scenario& scenario;
  const Variant& variant;
  std::size_t steps_done = 0;
  const Numbers& numbers;
  /// Agents by cell and cohort, as `Population::residents`.
  std::span<const std::int64_t> residents;
  const DiasporaStock& diaspora;
  /// Moves since they were last taken.
  FlowTally& flows;
  /// Births, deaths and other changes, likewise.
  VitalTally& vitals;
  /// Requests, and who was served, likewise.
  QueueTally& queues;
  /// What became of limits, likewise.
  LimitLedger& limits;
  /// Flows by the twelve-month rule, if asked for.
  UsualTally& usual;
  /// Relocations of the running interval, [residence at its start][residence now]; begins the next interval.
  std::function<std::vector<std::int64_t>()> take_relocations;
  /// Foreign citizens by residence and citizenship, if asked for.
  std::function<DiasporaStock()> foreign_citizens;
  /// At least as many moves as are to be expected in the next step.
  std::function<double()> most_moves;
  Checks checks;
  RunKey key{};

  [[nodiscard]] bool finished() const { return steps_done == scenario.time.steps(); }
};

[[nodiscard]] inline RunView view(Simulation& simulation) {
  return {.scenario = simulation.scenario(),
          .variant = simulation.variant(),
          .steps_done = simulation.steps_done(),
          .numbers = simulation.numbers(),
          .residents = simulation.population().residents(),
          .diaspora = simulation.population().diaspora(),
          .flows = simulation.flows(),
          .vitals = simulation.vitals(),
          .queues = simulation.queues(),
          .limits = simulation.limits(),
          .usual = simulation.usual(),
          .take_relocations =
              [&simulation] {
                std::vector<std::int64_t> counts = simulation.relocations().counts();
                simulation.take_census();
                return counts;
              },
          .foreign_citizens = [&simulation] { return simulation.foreign_citizens(); },
          .most_moves = [&simulation] { return simulation.most_moves(); },
          .checks = simulation.checks(),
          .key = simulation.key()};
}

}  // namespace sojourn
