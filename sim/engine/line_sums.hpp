#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/model/hazard.hpp"
#include "sim/model/population.hpp"

namespace sojourn {

/// How long the stretches of the event line are, at most: sums over segments (some cohorts, or some blocks,
/// of a cell), cells and regions of agents times the bound on their hazard in the current year. With them a
/// step passes whatever has no point without a look at its agents. What has changed is summed anew by
/// `refresh`, in a fixed order, so that the sums depend on the population alone and not on its past.
/// Different regions may be touched and refreshed by different threads.
class LineSums {
 public:
  static constexpr std::size_t cohorts_per_segment = 16;
  static constexpr std::size_t blocks_per_segment = 32;

  /// All must outlive the sums.
  LineSums(const Population& population, const Hazards& hazards);

  /// Agents of a segment have come or gone.
  void touch(std::size_t cell, std::size_t segment) {
    CellSums& sums = cells_[cell];
    // Then its cell and region are known to be stale, too.
    if (segment < sums.stale_segments.size() && sums.stale_segments[segment] != 0) return;
    if (segment >= sums.stale_segments.size()) sums.stale_segments.resize(segment + 1, 0);
    sums.stale_segments[segment] = 1;
    sums.stale = true;
    regions_[cell / population_->groups()].stale = true;
  }
  /// An agent has come to a place.
  void touch(const PlaceInCell& place) {
    touch(place.cell, place.block ? segment_of_block(*place.block) : segment_of(place.cohort));
  }
  [[nodiscard]] static std::size_t segment_of(Cohort cohort) { return cohort.index() / cohorts_per_segment; }
  [[nodiscard]] std::size_t segment_of_block(std::uint32_t block) const {
    return cohort_segments_ + block / blocks_per_segment;
  }
  /// Brings the sums of a region up to date with its agents and the hazards of the step.
  void refresh(Region region);

  /// Segments of a cell: first its cohorts, then its blocks.
  [[nodiscard]] std::size_t cohort_segments() const { return cohort_segments_; }
  [[nodiscard]] std::size_t segment_count(std::size_t cell) const {
    return cells_[cell].weights.size() / events_;
  }
  /// Bounds on events in a year.
  [[nodiscard]] double region(Region region) const { return regions_[region.index()].bound; }
  [[nodiscard]] double cell(std::size_t cell) const { return combined(cell, cells_[cell].total.data()); }
  [[nodiscard]] double segment(std::size_t cell, std::size_t segment) const {
    return combined(cell, cells_[cell].weights.data() + segment * events_);
  }

  [[nodiscard]] std::size_t bytes() const;

 private:
  struct CellSums {
    bool stale = true;
    std::vector<std::uint8_t> stale_segments;
    /// [segment][event]: agents times bounds by event, without the levels; and their sum over segments.
    std::vector<double> weights;
    std::vector<double> total;
  };
  struct RegionSums {
    bool stale = true;
    /// Versions of the hazards that the sums were computed with.
    std::uint64_t bounds_version = 0;
    std::uint64_t levels_version = 0;
    double bound = 0;
  };

  void refresh_cell(std::size_t cell, bool all);
  void sum_cohorts(std::size_t cell, std::size_t segment, std::span<double> sums) const;
  void sum_blocks(std::size_t cell, std::size_t segment, std::span<double> sums) const;
  [[nodiscard]] double combined(std::size_t cell, const double* weights) const {
    const std::span<const double> levels = hazards_->levels(cell);
    double sum = 0;
    for (std::size_t s = 0; s < levels.size(); ++s) sum += levels[s] * weights[s];
    return sum;
  }

  const Population* population_;
  const Hazards* hazards_;
  std::size_t events_;
  std::size_t cohort_segments_;
  std::vector<CellSums> cells_;
  std::vector<RegionSums> regions_;
};

}  // namespace sojourn
