#include "sim/model/age_groups.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace sojourn {

std::size_t age_group(const std::vector<double>& age_from, double age) {
  const auto above = std::upper_bound(age_from.begin(), age_from.end(), age);
  return above == age_from.begin() ? 0 : static_cast<std::size_t>(above - age_from.begin()) - 1;
}

AgeGroups::AgeGroups(const Cohorts& cohorts, std::vector<double> from)
    : cohorts_(cohorts), from_(std::move(from)), groups_(cohorts.count(), 0), older_(cohorts.count(), 0.0) {}

void AgeGroups::set_time(double elapsed) {
  if (from_.size() < 2) return;
  for (std::size_t c = 0; c < groups_.size(); ++c) {
    const Cohort cohort{c};
    groups_[c] = age_group(from_, cohorts_.age(cohort, elapsed));
    older_[c] = 0;
    // The bound nearest to the middle: above it, or below.
    if (groups_[c] + 1 < from_.size()) {
      older_[c] =
          cohorts_.share(cohort, elapsed, from_[groups_[c] + 1], std::numeric_limits<double>::infinity());
    }
    if (older_[c] > 0 || groups_[c] == 0) continue;
    const double younger = cohorts_.share(cohort, elapsed, 0, from_[groups_[c]]);
    if (younger <= 0) continue;
    --groups_[c];
    older_[c] = 1 - younger;
  }
}

}  // namespace sojourn
