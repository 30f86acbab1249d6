#pragma once

#include <cstddef>
#include <vector>

#include "sim/model/cohorts.hpp"

namespace sojourn {

/// The groups of ages by which something is recorded, as cohorts have them at a time. Where a bound between
/// two groups cuts a cohort, its agents are of both: ages are spread evenly over a cohort. Bounds are whole
/// years, so that one at most cuts a cohort.
class AgeGroups {
 public:
  /// One group of all ages.
  AgeGroups() = default;
  /// `from`: the first ages of the groups; the first is 0.
  AgeGroups(const Cohorts& cohorts, std::vector<double> from);

  [[nodiscard]] std::size_t count() const { return from_.size(); }
  /// Moves on to a time, in years after the start.
  void set_time(double elapsed);

  /// The group of a cohort; of one that is cut, that of its younger agents: the older ones are of the next.
  [[nodiscard]] std::size_t of(Cohort cohort) const { return groups_.empty() ? 0 : groups_[cohort.index()]; }
  [[nodiscard]] bool cuts(Cohort cohort) const { return older_share(cohort) > 0; }
  /// The share of a cohort's agents that are of the next group; 0 for a cohort that is not cut.
  [[nodiscard]] double older_share(Cohort cohort) const {
    return older_.empty() ? 0 : older_[cohort.index()];
  }
  /// The bound that cuts a cohort.
  [[nodiscard]] double bound(Cohort cohort) const { return from_[of(cohort) + 1]; }

 private:
  Cohorts cohorts_;
  std::vector<double> from_ = {0.0};
  /// By cohort.
  std::vector<std::size_t> groups_;
  std::vector<double> older_;
};

/// The number of the age group in which an age lies.
[[nodiscard]] std::size_t age_group(const std::vector<double>& age_from, double age);

}  // namespace sojourn
