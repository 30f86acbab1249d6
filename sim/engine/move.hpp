#pragma once

#include <cstddef>
#include <vector>

#include "sim/base/ids.hpp"

namespace sojourn {

/// An agent that leaves its region for another.
struct Move {
  Region destination;
  Region birth;
  /// Residence at the last census, and whether it had moved since already.
  Region census;
  Group leaves_as;
  Cohort cohort;
  StreamId stream;
  bool moved_since_census = false;
};
static_assert(sizeof(Move) == 20);

/// Moves of an outbox to one destination: [first, last).
struct Bundle {
  Region destination;
  std::size_t first = 0;
  std::size_t last = 0;
};

/// A segment of a cell's line; see `LineSums`.
struct TouchedSegment {
  std::size_t cell = 0;
  std::size_t segment = 0;
};

/// All who leave one part of a region in a step. Kept from step to step for its memory.
struct Outbox {
  Region origin;
  /// As they were drawn: first those who were counted, then those with a record.
  std::vector<Move> drawn;
  std::size_t counted = 0;
  /// Where they were.
  std::vector<TouchedSegment> touched;
  /// Sorted by destination (stable).
  std::vector<Move> moves;
  std::vector<Bundle> bundles;
};

}  // namespace sojourn
