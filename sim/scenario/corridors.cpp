#include "sim/scenario/corridors.hpp"

#include <algorithm>
#include <variant>

namespace sojourn {

Corridors::Corridors(const Scenario& scenario, const Stream& stream)
    : residences_(stream.who.residences),
      listed_(scenario.region_count(), true),
      origins_(scenario.region_count()),
      destinations_(scenario.region_count()) {
  const std::size_t regions = scenario.region_count();
  const ChoiceSet& set = stream.destination.choice_set;
  if (const auto* listed = std::get_if<Listed>(&set)) {
    listed_.assign(regions, false);
    for (const Region region : listed->regions) listed_[region.index()] = true;
  }
  if (std::holds_alternative<Neighbours>(set)) {
    neighbours_.resize(regions);
    for (const Link& link : scenario.links) {
      neighbours_[link.from.index()].push_back(link.to.index());
      neighbours_[link.to.index()].push_back(link.from.index());
    }
    for (std::vector<std::size_t>& list : neighbours_) std::sort(list.begin(), list.end());
  }
  for (std::size_t o = 0; o < regions; ++o) {
    for (std::size_t d = 0; residences_[o] && d < regions; ++d) {
      if (!has(o, d)) continue;
      origins_[o] = true;
      destinations_[d] = true;
    }
  }
}

bool Corridors::has(std::size_t origin, std::size_t destination) const {
  if (origin == destination || !residences_[origin]) return false;
  if (neighbours_.empty()) return listed_[destination];
  return std::binary_search(neighbours_[origin].begin(), neighbours_[origin].end(), destination);
}

}  // namespace sojourn
