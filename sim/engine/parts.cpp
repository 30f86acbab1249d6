#include "sim/engine/parts.hpp"

namespace sojourn {

namespace {

/// A part is full from this many expected events on: enough to be worth a task of its own.
constexpr double events_per_part = 4096;

void cut_region(const Population& population, const LineSums& sums, Region region, double years,
                std::vector<Part>& parts) {
  const LinePlace end{population.groups(), 0};
  Part part{region, 0, {0, 0}, end, sums.region(region) * years};
  if (part.expected_events < 2 * events_per_part) {
    if (part.expected_events > 0) parts.push_back(part);
    return;
  }
  part.expected_events = 0;
  for (std::size_t g = 0; g < population.groups(); ++g) {
    const std::size_t cell = population.cell(region, Group{g});
    for (std::size_t i = 0; i < sums.segment_count(cell); ++i) {
      if (part.expected_events >= events_per_part) {
        part.to = {g, i};
        parts.push_back(part);
        part = {region, part.number + 1, {g, i}, end, 0};
      }
      part.expected_events += sums.segment(cell, i) * years;
    }
  }
  if (part.expected_events > 0) parts.push_back(part);
}

}  // namespace

std::vector<Part> make_parts(const Population& population, LineSums& sums, double years, Workers& workers,
                             bool in_parallel) {
  workers.for_each(
      population.regions(), [&](std::size_t r) { sums.refresh(Region{r}); }, in_parallel);
  std::vector<Part> parts;
  for (std::size_t r = 0; r < population.regions(); ++r)
    cut_region(population, sums, Region{r}, years, parts);
  return parts;
}

}  // namespace sojourn
