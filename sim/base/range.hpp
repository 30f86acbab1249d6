#pragma once

#include <limits>
#include <string>

namespace sojourn {

/// The numbers that a value may be.
struct Range {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  /// Whether it must be more than the least.
  bool above_least = false;

  /// Not a NaN.
  [[nodiscard]] bool contains(double x) const { return x <= most && (above_least ? x > least : x >= least); }
  /// Whether any number will do.
  [[nodiscard]] bool is_everything() const;
};

/// `0 or more`, `a number above 0 and up to 1`; "" if any number will do.
[[nodiscard]] std::string to_string(const Range& range);

/// Shares, and whatever is never negative.
inline constexpr Range from_zero{.least = 0};

}  // namespace sojourn
