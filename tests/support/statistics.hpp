#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sojourn::test {

/// Beyond this many standard deviations a deviation is a mistake: by chance it happens once in 3.5 million
/// cases. Seeds are fixed, so a test that passes goes on passing.
inline constexpr double five_sigma = 5;

/// How far counts are from what is expected of them, in standard deviations: Pearson's chi-square, made
/// normal by the cube root of Wilson and Hilferty (1931). Neighbouring cells are merged until each expects at
/// least 10. Infinite where something was seen that has probability 0.
inline double chi_square_sigmas(const std::vector<std::int64_t>& seen, const std::vector<double>& expected) {
  constexpr double least = 10;
  double chi_square = 0;
  double cells = 0;
  double pooled_seen = 0;
  double pooled_expected = 0;
  double total = 0;
  for (const double number : expected) total += number;
  double left = total;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (expected[i] == 0 && seen[i] != 0) return INFINITY;
    pooled_seen += static_cast<double>(seen[i]);
    pooled_expected += expected[i];
    const bool is_last = i + 1 == seen.size();
    if (!is_last && (pooled_expected < least || left - pooled_expected < least)) continue;
    left -= pooled_expected;
    if (pooled_expected > 0) {
      chi_square += (pooled_seen - pooled_expected) * (pooled_seen - pooled_expected) / pooled_expected;
      ++cells;
    }
    pooled_seen = 0;
    pooled_expected = 0;
  }
  const double freedom = cells - 1;
  if (freedom < 1) return 0;
  const double spread = 2 / (9 * freedom);
  return (std::cbrt(chi_square / freedom) - (1 - spread)) / std::sqrt(spread);
}

/// Mean and variance of numbers as they come (Welford 1962).
class Moments {
 public:
  void add(double x) {
    ++count_;
    const double step = x - mean_;
    mean_ += step / count_;
    squares_ += step * (x - mean_);
  }
  [[nodiscard]] double mean() const { return mean_; }
  [[nodiscard]] double variance() const { return squares_ / (count_ - 1); }
  /// How far the mean is from `expected`, in standard deviations, where one number has this variance.
  [[nodiscard]] double mean_sigmas(double expected, double variance_of_one) const {
    return std::abs(mean_ - expected) / std::sqrt(variance_of_one / count_);
  }
  /// How far the variance is from `expected`, in standard deviations, for numbers that are about normal.
  [[nodiscard]] double variance_sigmas(double expected) const {
    return std::abs(variance() - expected) / (expected * std::sqrt(2 / (count_ - 1)));
  }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

}  // namespace sojourn::test
