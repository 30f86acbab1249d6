#include "sim/scenario/values_read.hpp"

#include <algorithm>
#include <vector>

namespace sojourn {

namespace {

/// Whether a class of ages has any that `who` names.
bool concerns_age(const Who& who, const std::vector<double>& age_from, std::size_t number) {
  if (age_from.empty()) return true;
  const bool ends_before = number + 1 < age_from.size() && age_from[number + 1] <= who.age_from;
  return age_from[number] < who.age_to && !ends_before;
}

}  // namespace

LeastAndLargest values_read(const Effective& number, const Who& who, std::optional<RegionAndGroup> only) {
  const Shape& shape = number.shape();
  const auto reads = [&](std::size_t i) {
    const std::size_t region = shape.place_of(i);
    const std::size_t group = shape.group_of(i);
    if (number.places() == FactorPlaces::region) {
      if (!who.residences[region] || (only && only->region != region)) return false;
    }
    if (number.by_group() && (!who.groups[group] || (only && only->group != group))) return false;
    return concerns_age(who, number.age_from(), i % shape.ages);
  };
  LeastAndLargest found;
  for (std::size_t i = 0; i < number.values().size(); ++i) {
    if (!reads(i)) continue;
    found.least = std::min(found.least, number.values()[i]);
    found.largest = std::max(found.largest, number.values()[i]);
  }
  return found;
}

}  // namespace sojourn
