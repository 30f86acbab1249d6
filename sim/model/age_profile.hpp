#pragma once

#include <cstddef>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/model/age_rates.hpp"
#include "sim/model/cohorts.hpp"
#include "sim/model/event_kind.hpp"
#include "sim/model/numbers.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Steps from `first` to before `last`, between two anniversaries of the start: ages go from one to the next.
struct YearOfSteps {
  std::size_t first = 0;
  std::size_t last = 0;

  [[nodiscard]] bool holds(Step step) const { return step.index() >= first && step.index() < last; }
};

/// What the hazard of a kind of event is multiplied with by age: a value by cohort. Where the rate is a
/// factor by age, each cell has values of its own, which follow the factor step by step; else they are those
/// of the schedule, the same in all cells, known for a year. A stride between cells, 0 where they do not
/// differ, makes both one. Bounds hold in any step of the year.
class AgeProfile {
 public:
  /// `divisor`: what values of the schedule are divided by. The scenario must outlive the profile.
  AgeProfile(const Scenario& scenario, const EventKind& kind, double divisor);

  [[nodiscard]] bool differs_between_cells() const { return stride_ > 0; }

  /// Moves on to a step of a year. Returns whether bounds have changed.
  bool update(const Numbers& now, Step step, const YearOfSteps& year, bool new_year);

  /// By cohort, in the current step; and bounds on them.
  [[nodiscard]] const double* values(std::size_t cell) const {
    return values_.data() + current_ + cell * stride_;
  }
  [[nodiscard]] const double* bounds(std::size_t cell) const { return bounds_.data() + cell * stride_; }

 private:
  void take_schedule(const YearOfSteps& year);
  /// Returns whether the values are within the bounds.
  [[nodiscard]] bool take_factor(const Field& field, Step step);
  void bound_factor(const Field& field, Step step, const YearOfSteps& year);

  /// [step of the year][cohort] of a schedule; [cell][cohort] of a factor.
  std::vector<double> values_;
  /// Where the values of the current step begin.
  std::size_t current_ = 0;
  std::size_t stride_ = 0;
  /// [cohort] or [cell][cohort].
  std::vector<double> bounds_;

  const Scenario* scenario_;
  EventKind kind_;
  double divisor_;
  Cohorts cohorts_;
  /// The classes of the factor as cohorts have them.
  AgeRates ages_;
};

}  // namespace sojourn
