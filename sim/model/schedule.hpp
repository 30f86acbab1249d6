#pragma once

#include <vector>

#include "sim/base/ids.hpp"
#include "sim/model/cohorts.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Mean of a schedule over the ages [age - width/2, age + width/2] (the part from age 0 on).
[[nodiscard]] double schedule_mean(const AgeSchedule& schedule, double age, double width = cohort_width);

/// Integral of a schedule over those of the ages from `from` to `to` that are named.
[[nodiscard]] double exposed_schedule(const Who& who, const AgeSchedule& schedule, double from, double to);

/// Value of the model migration schedule at an age in years (Rogers and Castro 1981).
[[nodiscard]] double rogers_castro(const RogersCastro& parameters, double age);

/// The number by which a hazard's schedule is divided so that its mean over those the scenario says is 1 at
/// the start, weighted by the persons of the start. 1 for `as_given`. Where nobody is named at the start, all
/// ages from 0 to 100 that `who` names weigh the same.
[[nodiscard]] double schedule_divisor(const Scenario& scenario, const Who& who, const Hazard& hazard);

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
