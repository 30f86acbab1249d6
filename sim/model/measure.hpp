#pragma once

#include <cmath>
#include <span>

#include "sim/scenario/hazard.hpp"

namespace sojourn {

/// The arithmetic of terms, which checks before a run and the model share: what a term measures of a factor,
/// and how that is transformed.

/// What of a factor counts: its value now, that at the start, and that of the reference now.
[[nodiscard]] inline double measured(Measure measure, double now, double start, double reference) {
  switch (measure) {
    case Measure::change_from_start:
      return now - start;
    case Measure::ratio_to_start:
      return now / start;
    case Measure::ratio_to_factor:
      return now / reference;
    case Measure::level:
      break;
  }
  return now;
}

/// The value of a transform other than `standardised`.
[[nodiscard]] double transformed(Transform transform, double x);

/// Mean and spread (the root of the mean square deviation) of what is standardised, over all regions or pairs
/// at the start.
struct Standard {
  double mean = 0;
  double spread = 1;

  [[nodiscard]] double of(double x) const { return (x - mean) / spread; }
  /// Whether the values it is of differ at all, by more than the rounding of their arithmetic; not if they
  /// have no mean.
  [[nodiscard]] bool differs() const { return spread > 1e-12 * std::abs(mean) && std::isfinite(spread); }
};
[[nodiscard]] Standard standard_of(std::span<const double> values);

}  // namespace sojourn
