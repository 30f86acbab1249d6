#include "sim/model/population.hpp"

#include <numeric>

namespace sojourn {

Population::Population(const Scenario& scenario)
    : regions_(scenario.region_count()),
      groups_(scenario.groups.count()),
      unqueued_(scenario.groups.unqueued()),
      cohorts_(scenario),
      layout_(scenario),
      has_records_(layout_.needs().records()),
      counted_(scenario.cell_count() * cohorts_.count()),
      waiting_(scenario.groups, regions_, cohorts_.count()),
      movers_(layout_, scenario.cell_count()),
      residents_(counted_.size()) {
  if (layout_.needs().birth) diaspora_ = DiasporaStock(regions_, scenario.birth_count());
}

std::int64_t Population::noted(std::size_t cell) const {
  const auto first = residents_.begin() + static_cast<std::ptrdiff_t>(cell * cohorts_.count());
  return std::accumulate(first, first + static_cast<std::ptrdiff_t>(cohorts_.count()), std::int64_t{0});
}

std::int64_t Population::recounted(std::size_t cell) const {
  const std::span<const std::int64_t> agents = counted(cell);
  return std::accumulate(agents.begin(), agents.end(), static_cast<std::int64_t>(movers_.count(cell)));
}

bool Population::tickets_fit(std::size_t cell) const {
  if (cell % groups_ < unqueued_) return true;
  const std::span<const std::int64_t> agents = counted(cell);
  return waiting_.count(cell) == std::accumulate(agents.begin(), agents.end(), std::int64_t{0});
}

std::int64_t Population::noted(Region region) const {
  std::int64_t sum = 0;
  for (std::size_t g = 0; g < groups_; ++g) sum += noted(cell(region, Group{g}));
  return sum;
}

std::int64_t Population::recounted(Region region) const {
  std::int64_t sum = 0;
  for (std::size_t g = 0; g < groups_; ++g) sum += recounted(cell(region, Group{g}));
  return sum;
}

std::size_t Population::bytes() const {
  return (counted_.capacity() + residents_.capacity() + diaspora_.all().size()) * sizeof(std::int64_t) +
         waiting_.bytes() + movers_.bytes();
}

}  // namespace sojourn
