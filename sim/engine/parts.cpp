#include "sim/engine/parts.hpp"

#include <algorithm>
#include <utility>

namespace sojourn {

namespace {

constexpr std::uint32_t cohorts_per_segment = 16;
constexpr std::uint32_t blocks_per_segment = 256;
/// A part is full from this many expected events on: enough to be worth a task of its own.
constexpr double events_per_part = 4096;

double expected_of_cohorts(const Population& population, const Hazards& hazards, std::size_t cell,
                           const Segment& segment, std::vector<double>& rates) {
  double sum = 0;
  for (std::uint32_t c = segment.first; c < segment.last; ++c) {
    const std::int64_t agents = population.counted(cell, Cohort{c});
    if (agents > 0) sum += static_cast<double>(agents) * hazards.stayer(cell, Cohort{c}, rates);
  }
  return sum;
}

double expected_of_blocks(const Population& population, const Hazards& hazards, std::size_t cell,
                          const Segment& segment) {
  double sum = 0;
  const auto blocks = population.movers().blocks(cell);
  for (std::uint32_t b = segment.first; b < segment.last; ++b) {
    if (blocks[b].size > 0) sum += static_cast<double>(blocks[b].size) * hazards.bound(cell, blocks[b].key);
  }
  return sum;
}

class RegionCutter {
 public:
  RegionCutter(Region region, double years, std::vector<Part>& parts)
      : region_(region), years_(years), parts_(parts) {}

  /// Segments without any event to expect are left out.
  void add(const Segment& segment, double expected_per_year) {
    if (!(expected_per_year > 0)) return;
    if (parts_.empty() || parts_.back().expected_events >= events_per_part) {
      parts_.push_back({region_, static_cast<std::uint32_t>(parts_.size()), {}, 0});
    }
    parts_.back().segments.push_back(segment);
    parts_.back().expected_events += expected_per_year * years_;
  }

 private:
  Region region_;
  double years_;
  std::vector<Part>& parts_;
};

void cut_region(const Population& population, const Hazards& hazards, Region region, double years,
                std::vector<Part>& parts) {
  RegionCutter cutter(region, years, parts);
  std::vector<double> rates(hazards.streams());
  const auto cohorts = static_cast<std::uint32_t>(population.cohorts().count());
  for (std::size_t g = 0; g < population.groups(); ++g) {
    const std::size_t cell = population.cell(region, Group{g});
    for (std::uint32_t c = 0; c < cohorts; c += cohorts_per_segment) {
      const Segment segment{Segment::Kind::cohorts, Group{g}, c, std::min(cohorts, c + cohorts_per_segment)};
      cutter.add(segment, expected_of_cohorts(population, hazards, cell, segment, rates));
    }
    const auto blocks = static_cast<std::uint32_t>(population.movers().blocks(cell).size());
    for (std::uint32_t b = 0; b < blocks; b += blocks_per_segment) {
      const Segment segment{Segment::Kind::blocks, Group{g}, b, std::min(blocks, b + blocks_per_segment)};
      cutter.add(segment, expected_of_blocks(population, hazards, cell, segment));
    }
  }
}

}  // namespace

std::vector<Part> make_parts(const Population& population, const Hazards& hazards, double years,
                             Workers& workers) {
  std::vector<std::vector<Part>> by_region(population.regions());
  workers.for_each(population.regions(),
                   [&](std::size_t r) { cut_region(population, hazards, Region{r}, years, by_region[r]); });
  std::vector<Part> parts;
  for (auto& list : by_region) std::move(list.begin(), list.end(), std::back_inserter(parts));
  return parts;
}

}  // namespace sojourn
