#pragma once

#include <vector>

#include "sim/model/cohorts.hpp"
#include "sim/model/schedule_mean.hpp"

namespace sojourn {

/// Mean ratio of the hazard over a step of `step` years for someone whose years since arrival, when the step
/// begins, are spread evenly over [shortest, shortest + width); width and step are positive. Before 0 years
/// the first ratio holds.
[[nodiscard]] double stay_ratio(const StayTable& table, double shortest, double width, double step);

/// The least and the largest ratio between two durations in years: every `stay_ratio` of durations between
/// them lies between those.
struct StayRange {
  double least = 1;
  double largest = 1;
};
[[nodiscard]] StayRange stay_range(const StayTable& table, double shortest, double longest);

/// Values of the schedule by cohort at one instant: its mean over the ages of the cohort, 0 at those that
/// `who` does not name, divided by the divisor. 0 for cohorts that are not born yet.
[[nodiscard]] std::vector<double> schedule_by_cohort(const Who& who, const Hazard& hazard, double divisor,
                                                     const Cohorts& cohorts, double elapsed);

}  // namespace sojourn
