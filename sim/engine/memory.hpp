#pragma once

#include <cstddef>

#include "sim/base/parallel.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What a run will need, estimated before it starts.
struct MemoryEstimate {
  double agents = 0;
  /// Agents that have a record: at the start, and at the end if they go on moving as in the first step.
  double movers_at_start = 0;
  double movers_at_end = 0;
  std::size_t bytes_per_mover = 0;
  /// Moves expected in the first step.
  double moves_per_step = 0;
  /// At the end: records, counts, tallies, the moves of a step and what waits to be written.
  double bytes = 0;
};

/// Sets the first step up with few agents, and scales what it sees: after T years at m moves a year a share
/// 1 - exp(-m T) of the stayers has a record.
[[nodiscard]] MemoryEstimate estimate_memory(const Scenario& scenario, const Variant& variant,
                                             Workers& workers);

}  // namespace sojourn
