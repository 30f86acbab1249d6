#pragma once

#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Value of the model migration schedule at an age in years (Rogers and Castro 1981).
[[nodiscard]] double rogers_castro(const RogersCastro& parameters, double age);

/// Mean of a schedule over the ages [age - width/2, age + width/2] in years (the part from age 0 on).
[[nodiscard]] double schedule_mean(const AgeSchedule& schedule, double age, double width = 1);

/// Integral of a schedule over those of the ages from `from` to `to`, in years, that `who` names.
[[nodiscard]] double exposed_schedule(const Who& who, const AgeSchedule& schedule, double from, double to);

/// Fewer persons than these do not say how old people are of whom a rate is told: the mean over them is
/// uncertain by as much as a tenth, and a few who are unlike the others move it by more.
inline constexpr double fewest_persons = 100;

/// People over whom the mean of a schedule is made 1.
struct ScheduleReference {
  double persons = 0;
  /// Their mean age, in years, and the mean of the schedule over their ages; 0 of nobody.
  double mean_age = 0;
  double mean = 0;
};

/// Those over whom a hazard's schedule is made 1: one entry for all regions, or, with `region`, one for each.
/// With `as_given`, those who are named at the start, whose mean is what it is.
[[nodiscard]] std::vector<ScheduleReference> schedule_references(const Scenario& scenario, const Who& who,
                                                                 const Hazard& hazard);

/// The numbers by which a hazard's schedule is divided so that its mean over those the scenario says is 1:
/// one entry for all regions, or, with `region`, one for each. 1 for `as_given`, and where there is nobody
/// (which no scenario that was checked has in a place where it matters).
[[nodiscard]] std::vector<double> schedule_divisors(const Scenario& scenario, const Who& who,
                                                    const Hazard& hazard);

}  // namespace sojourn
