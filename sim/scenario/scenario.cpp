#include "sim/scenario/scenario.hpp"

#include <algorithm>
#include <numeric>

namespace sojourn {

Persons StartPopulation::persons() const {
  Persons sum{std::accumulate(stayers.begin(), stayers.end(), 0.0), 0};
  for (const MoverRow& row : movers) sum.movers += row.persons;
  return sum;
}

std::size_t Scenario::citizenship_count() const {
  std::size_t count = birth_count();
  const auto include = [&](const std::optional<Region>& citizenship) {
    if (citizenship) count = std::max(count, citizenship->index() + 1);
  };
  for (const MoverRow& row : population.movers) include(row.citizenship);
  for (const Inflow& inflow : inflows) include(inflow.citizenship);
  return count;
}

double largest_rate(const Scenario& scenario, const Stream& stream) {
  const auto& by_group = scenario.parameters[stream.hazard.rate.index()].by_group;
  if (by_group.size() == 1) return by_group.front();
  double largest = 0;
  for (std::size_t g = 0; g < by_group.size(); ++g) {
    if (stream.who.groups[g]) largest = std::max(largest, by_group[g]);
  }
  return largest;
}

}  // namespace sojourn
