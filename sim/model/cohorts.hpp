#pragma once

#include <algorithm>
#include <cstddef>

#include "sim/base/ids.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Width of a cohort in years.
inline constexpr double cohort_width = 1.0;

/// The cohorts of a run: people born between two anniversaries of the start. Cohort 0 is the oldest; those
/// from `ages` on are born after the start. Ageing costs nothing: cohorts are fixed, ages follow from the
/// time.
class Cohorts {
 public:
  /// Ages from the youngest to the oldest of a cohort, in years.
  struct Ages {
    double from = 0;
    double to = 0;
  };

  Cohorts() = default;
  /// `ages`: one more than the greatest completed age at the start; `born`: cohorts born after the start.
  explicit Cohorts(std::size_t ages, std::size_t born = 0) : ages_(ages), count_(ages + born) {}
  explicit Cohorts(const Scenario& scenario)
      : ages_(scenario.population.ages), count_(scenario.cohort_count()) {}

  [[nodiscard]] std::size_t count() const { return count_; }
  /// Ages of a cohort `elapsed` years after the start. One that is still being born has the ages from 0 on
  /// that those born already have; both are 0 for a cohort of the future.
  [[nodiscard]] Ages ages(Cohort cohort, double elapsed) const {
    const double from = static_cast<double>(ages_) - 1 - static_cast<double>(cohort.index()) + elapsed;
    return {std::max(0.0, from), std::max(0.0, from + cohort_width)};
  }
  /// Age in years of the cohort's middle.
  [[nodiscard]] double age(Cohort cohort, double elapsed) const {
    const Ages both = ages(cohort, elapsed);
    return 0.5 * (both.from + both.to);
  }
  /// The share of a cohort's agents who are of the ages from `from` to before `to`: a cohort's ages are
  /// spread evenly. Bounds next to the ends of a cohort are at them: a year that begins amid a leap year is
  /// not quite as long as others.
  [[nodiscard]] double share(Cohort cohort, double elapsed, double from, double to) const {
    constexpr double near = 0.002;
    const Ages both = ages(cohort, elapsed);
    if (both.to <= both.from) return from <= 0 && to > 0 ? 1 : 0;
    const double width = both.to - both.from;
    const double common = std::min(both.to, to) - std::max(both.from, from);
    if (common <= 0) return 0;
    if (width - common <= near) return 1;
    return common <= near ? 0 : common / width;
  }
  /// Cohorts from this number on are of people born so many whole calendar years after the start, or later.
  [[nodiscard]] std::size_t first_born_after(std::size_t years) const { return ages_ + years; }
  /// The cohort that is being born after so many anniversaries of the start, if the run has births.
  [[nodiscard]] Cohort newborn(std::size_t years) const {
    return Cohort{std::min(ages_ + years, count_ - 1)};
  }

 private:
  std::size_t ages_ = 0;
  std::size_t count_ = 0;
};

}  // namespace sojourn
