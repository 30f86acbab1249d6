#pragma once

#include <cstddef>

#include "sim/engine/start_sketch.hpp"

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

/// From a sketch, with all that this process holds while the sketch stands, and from `foretell`: never too
/// little and at most 15 % too much (and a few megabytes), unless policies, feedback or ageing make rates
/// other than those of the start.
[[nodiscard]] MemoryEstimate estimate_memory(const StartSketch& sketch);

}  // namespace sojourn
