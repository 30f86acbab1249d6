#include "sim/scenario/scenario.hpp"

#include <algorithm>
#include <numeric>

namespace sojourn {

Persons StartPopulation::persons() const {
  Persons sum{std::accumulate(stayers.begin(), stayers.end(), 0.0), 0};
  for (const MoverRow& row : movers) sum.movers += row.persons;
  return sum;
}

double largest_rate(const Scenario& scenario, const Stream& stream) {
  const auto& by_group = scenario.parameters[stream.hazard.rate.index()].by_group;
  return *std::max_element(by_group.begin(), by_group.end());
}

}  // namespace sojourn
