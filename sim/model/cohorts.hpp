#pragma once

#include <cstddef>

#include "sim/base/ids.hpp"

namespace sojourn {

/// Width of a cohort in years.
inline constexpr double cohort_width = 1.0;

/// The cohorts of a run: people born between two anniversaries of the start. Cohort 0 is the oldest; the last
/// was born in the year before the start. Ageing costs nothing: cohorts are fixed, ages follow from the time.
class Cohorts {
 public:
  Cohorts() = default;
  /// `ages`: one more than the greatest completed age at the start.
  explicit Cohorts(std::size_t ages) : ages_(ages) {}

  [[nodiscard]] std::size_t count() const { return ages_; }
  /// Age in years of the cohort's middle, `elapsed` years after the start.
  [[nodiscard]] double age(Cohort cohort, double elapsed) const {
    return static_cast<double>(ages_ - 1 - cohort.index()) + 0.5 * cohort_width + elapsed;
  }

 private:
  std::size_t ages_ = 0;
};

}  // namespace sojourn
