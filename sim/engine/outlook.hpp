#pragma once

#include "sim/engine/start_sketch.hpp"

namespace sojourn {

/// What will become of the people of a run if they go on as in the first step: births, moves, deaths, inflow
/// and outflow at the rates of the start, region by region. In agents.
struct RunOutlook {
  double agents = 0;
  double most_agents = 0;
  /// Agents that have a record, where there are records: at the start, at the end, and when they are most.
  double movers_at_start = 0;
  double movers_at_end = 0;
  double most_movers = 0;
  /// Moves of the first step, of the step that has most of them, and of all steps; and in the step that has
  /// most of them, changes of attributes of those with a record.
  double moves = 0;
  double most_moves = 0;
  double all_moves = 0;
  double most_changes = 0;
  /// Hazard times the length of the first step, for each move: what is looked at as a candidate.
  double hazard_of_move = 1;
  /// The largest share of all moves that one thread must draw at once.
  double largest_share = 0;
};

[[nodiscard]] RunOutlook foretell(const StartSketch& sketch);

}  // namespace sojourn
