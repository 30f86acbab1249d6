#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"

namespace sojourn {

/// An agent that leaves its region for another.
struct Move {
  Region destination;
  Region birth;
  /// Residence at the last census, and whether it had moved since already.
  Region census;
  Cohort cohort;
  Group leaves_as;
  Group arrives_as;
  StreamId stream;
  bool moved_since_census = false;
};

/// Moves of an outbox to one destination: [first, last).
struct Bundle {
  Region destination;
  std::size_t first = 0;
  std::size_t last = 0;
};

/// All who leave one part of a region in a step, sorted by destination (stable).
struct Outbox {
  Region origin;
  std::vector<Move> moves;
  std::vector<Bundle> bundles;
};

}  // namespace sojourn
