#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/flow_tally.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/engine/move.hpp"
#include "sim/engine/queue_tally.hpp"
#include "sim/engine/relocation_tally.hpp"
#include "sim/engine/usual_tally.hpp"
#include "sim/engine/vital_tally.hpp"
#include "sim/model/event_ages.hpp"
#include "sim/model/population.hpp"

namespace sojourn {

/// What is counted as moves are delivered, and of what ages.
struct Tallies {
  FlowTally flows;
  RelocationTally relocations;
  VitalTally vitals;
  UsualTally usual;
  QueueTally queues;
  EventAges ages{};
  /// The run whose ages are drawn.
  RunKey key{};
};

/// What came into each cell in a step minus what left it, moves by region and stream, and what must never be:
/// moves from a region to itself.
struct StepBalance {
  std::vector<std::int64_t> change;
  /// Moves by [region][stream]; empty unless a derived factor reads them.
  std::vector<std::int64_t> arrivals;
  std::vector<std::int64_t> departures;
  /// Agents by [region][way out].
  std::vector<std::int64_t> outflows;
  /// Regions in which anything can have changed.
  std::vector<Region> visited;
  std::int64_t moves = 0;
  std::int64_t moves_to_self = 0;
};

/// Lets all movers of a step settle at their destinations, and those whose group changes in their new cells,
/// in the order of the outboxes, and counts them and the dead. `changes`: those of the scenario.
[[nodiscard]] StepBalance deliver(const Scenario& scenario, const std::vector<GroupChange>& changes,
                                  const std::vector<Outbox>& outboxes, Step step, Population& population,
                                  LineSums& sums, Tallies& tallies, Workers& workers, bool in_parallel);

}  // namespace sojourn
