#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/model/population.hpp"

namespace sojourn {

/// A place on a region's line, between two segments of a cell.
struct LinePlace {
  std::size_t group = 0;
  std::size_t segment = 0;
  friend bool operator==(const LinePlace&, const LinePlace&) = default;
};

/// A stretch of a region's line that one thread works through with random numbers of its own. A region is cut
/// at places that depend on its agents and their hazards alone, never on the threads.
struct Part {
  Region region;
  /// Number of the part within its region.
  std::uint32_t number = 0;
  LinePlace from;
  LinePlace to;
  /// Bound on the events to expect in the step.
  double expected_events = 0;
};

/// Brings the sums of all regions up to date and cuts the regions in which anything may happen into parts for
/// one step of `years`, in order of regions.
[[nodiscard]] std::vector<Part> make_parts(const Population& population, LineSums& sums, double years,
                                           Workers& workers, bool in_parallel);

}  // namespace sojourn
