#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/model/hazard.hpp"
#include "sim/model/population.hpp"

namespace sojourn {

/// A stretch of a region's line: cohorts of counted agents, or blocks of movers, of one group.
struct Segment {
  enum class Kind : std::uint8_t { cohorts, blocks };
  Kind kind = Kind::cohorts;
  Group group;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// Segments of one region that one thread works through with random numbers of their own. A region is cut at
/// places that depend on its agents and their hazards alone, never on the threads.
struct Part {
  Region region;
  /// Number of the part within its region.
  std::uint32_t number = 0;
  std::vector<Segment> segments;
  double expected_events = 0;
};

/// Cuts all regions into parts for one step of `years`, in order of regions.
[[nodiscard]] std::vector<Part> make_parts(const Population& population, const Hazards& hazards, double years,
                                           Workers& workers);

}  // namespace sojourn
