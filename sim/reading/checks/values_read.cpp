#include "sim/reading/checks/values_read.hpp"

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

LeastAndLargest values_read(const Field& field, const std::vector<double>& age_from, const Who& who,
                            std::optional<RegionAndGroup> only) {
  const std::size_t groups = field.by_group ? field.groups : 1;
  const auto reads = [&](std::size_t i) {
    const std::size_t region = i / (groups * field.ages);
    const std::size_t group = i / field.ages % groups;
    if (field.places == FactorPlaces::region) {
      if (!who.residences[region] || (only && only->region != region)) return false;
    }
    if (field.by_group && (!who.groups[group] || (only && only->group != group))) return false;
    return concerns_age(who, age_from, i % field.ages);
  };
  LeastAndLargest found;
  for (std::size_t i = 0; i < field.values.size(); ++i) {
    if (!reads(i)) continue;
    found.least = std::min(found.least, field.values[i]);
    found.largest = std::max(found.largest, field.values[i]);
  }
  return found;
}

}  // namespace sojourn
