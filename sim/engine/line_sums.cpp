#include "sim/engine/line_sums.hpp"

#include <algorithm>

namespace sojourn {

LineSums::LineSums(const Population& population, const Hazards& hazards)
    : population_(&population),
      hazards_(&hazards),
      events_(hazards.events()),
      cohort_segments_((population.cohorts().count() + cohorts_per_segment - 1) / cohorts_per_segment),
      cells_(population.regions() * population.groups()),
      regions_(population.regions()) {}

void LineSums::refresh(Region region) {
  RegionSums& sums = regions_[region.index()];
  const bool all = sums.bounds_version != hazards_->bounds_version();
  if (!all && !sums.stale && sums.levels_version == hazards_->levels_version()) return;
  sums.bounds_version = hazards_->bounds_version();
  sums.levels_version = hazards_->levels_version();
  sums.bound = 0;
  for (std::size_t g = 0; g < population_->groups(); ++g) {
    const std::size_t cell_of_group = population_->cell(region, Group{g});
    if (all || cells_[cell_of_group].stale) refresh_cell(cell_of_group, all);
    sums.bound += cell(cell_of_group);
  }
  sums.stale = false;
}

void LineSums::refresh_cell(std::size_t cell, bool all) {
  CellSums& sums = cells_[cell];
  const std::size_t blocks = population_->movers().blocks(cell).size();
  const std::size_t segments = cohort_segments_ + (blocks + blocks_per_segment - 1) / blocks_per_segment;
  sums.stale_segments.resize(segments, 1);
  sums.weights.resize(segments * events_);
  sums.total.assign(events_, 0.0);
  for (std::size_t i = 0; i < segments; ++i) {
    const std::span<double> weights(sums.weights.data() + i * events_, events_);
    if (all || sums.stale_segments[i] != 0) {
      std::fill(weights.begin(), weights.end(), 0.0);
      if (i < cohort_segments_) {
        sum_cohorts(cell, i, weights);
      } else {
        sum_blocks(cell, i - cohort_segments_, weights);
      }
      sums.stale_segments[i] = 0;
    }
    for (std::size_t s = 0; s < events_; ++s) sums.total[s] += weights[s];
  }
  sums.stale = false;
}

void LineSums::sum_cohorts(std::size_t cell, std::size_t segment, std::span<double> sums) const {
  const std::size_t first = segment * cohorts_per_segment;
  const std::size_t count = std::min(population_->cohorts().count() - first, cohorts_per_segment);
  hazards_->add_stayer_bounds(cell, Cohort{first}, population_->counted(cell).subspan(first, count), sums);
}

void LineSums::sum_blocks(std::size_t cell, std::size_t segment, std::span<double> sums) const {
  const std::span<const Block> blocks = population_->movers().blocks(cell);
  const std::size_t first = segment * blocks_per_segment;
  const std::size_t last = std::min(blocks.size(), first + blocks_per_segment);
  for (std::size_t b = first; b < last; ++b) {
    hazards_->add_block_bounds(cell, blocks[b].key, static_cast<double>(blocks[b].size), sums);
  }
}

std::size_t LineSums::bytes() const {
  std::size_t sum = regions_.capacity() * sizeof(RegionSums) + cells_.capacity() * sizeof(CellSums);
  for (const CellSums& cell : cells_) {
    sum +=
        cell.stale_segments.capacity() + (cell.weights.capacity() + cell.total.capacity()) * sizeof(double);
  }
  return sum;
}

}  // namespace sojourn
