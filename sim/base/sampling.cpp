#include "sim/base/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/base/math.hpp"

namespace sojourn {

namespace {

/// Inversion: walks the probabilities from 0 up. Needs (1 - p)^n not to underflow, so a small mean.
std::int64_t binomial_by_inversion(std::int64_t n, double p, RandomNumbers& random) {
  const double odds = p / (1.0 - p);
  const double none = math::exp(static_cast<double>(n) * math::log1p(-p));
  while (true) {
    double u = random.uniform();
    double probability = none;
    // Beyond this count the sum of the probabilities lacks less than 1e-18; what is left of u is rounding.
    const std::int64_t last = std::min<std::int64_t>(n, 110);
    for (std::int64_t k = 0; k <= last; ++k) {
      if (u <= probability) return k;
      u -= probability;
      probability *= odds * static_cast<double>(n - k) / static_cast<double>(k + 1);
    }
  }
}

/// log(k!) - (k + 1/2) log(k + 1) + (k + 1) - log(2 pi)/2: what Stirling's formula lacks, as in Hormann
/// (1993).
double stirling_rest(double k) {
  if (k < 10) {
    double log_factorial = 0;
    for (int i = 2; i <= static_cast<int>(k); ++i) log_factorial += math::log(i);
    constexpr double half_log_two_pi = 0.91893853320467274178;
    return log_factorial - (k + 0.5) * math::log(k + 1) + (k + 1) - half_log_two_pi;
  }
  const double m = 1.0 / (k + 1);
  const double z = m * m;
  return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - z / 1680) * z) * z) * m;
}

/// Transformed rejection with squeeze (algorithm BTRS of Hormann 1993), for n p >= 10 and p <= 1/2.
std::int64_t binomial_by_rejection(std::int64_t n, double p, RandomNumbers& random) {
  const auto size = static_cast<double>(n);
  const double spread = std::sqrt(size * p * (1 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double centre = size * p + 0.5;
  const double inner = 0.92 - 4.2 / b;
  const double odds = p / (1 - p);
  const double alpha = (2.83 + 5.1 / b) * spread;
  const double mode = std::floor((size + 1) * p);
  while (true) {
    const double u = random.uniform() - 0.5;
    double v = random.uniform();
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + centre);
    if (k < 0 || k > size) continue;
    if (us >= 0.07 && v <= inner) return static_cast<std::int64_t>(k);
    v = math::log(v * alpha / (a / (us * us) + b));
    const double bound =
        (mode + 0.5) * math::log((mode + 1) / (odds * (size - mode + 1))) + stirling_rest(mode) +
        stirling_rest(size - mode) + (size + 1) * math::log((size - mode + 1) / (size - k + 1)) +
        (k + 0.5) * math::log(odds * (size - k + 1) / (k + 1)) - stirling_rest(k) - stirling_rest(size - k);
    if (v <= bound) return static_cast<std::int64_t>(k);
  }
}

}  // namespace

std::int64_t draw_binomial(std::int64_t n, double p, RandomNumbers& random) {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - draw_binomial(n, 1 - p, random);
  return static_cast<double>(n) * p < 10 ? binomial_by_inversion(n, p, random)
                                         : binomial_by_rejection(n, p, random);
}

std::vector<std::int64_t> round_systematically(std::span<const double> weights, RandomNumbers& random) {
  std::vector<std::int64_t> counts(weights.size());
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  const double whole = std::nearbyint(total);
  const bool keep_total = std::abs(total - whole) <= 1e-6;
  const double limit = keep_total ? whole : std::numeric_limits<double>::infinity();
  const double offset = random.uniform();
  double sum = 0;
  double below = 0;
  std::size_t last_positive = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += weights[i];
    const double here = std::min(std::floor(sum + offset), limit);
    counts[i] = static_cast<std::int64_t>(here - below);
    below = here;
    if (weights[i] > 0) last_positive = i;
  }
  // Sums of rounded numbers may stay just short of the whole number.
  if (keep_total && !counts.empty()) counts[last_positive] += static_cast<std::int64_t>(whole - below);
  return counts;
}

void AliasTable::rebuild(std::span<const double> weights) {
  const std::size_t n = weights.size();
  slots_.resize(n);
  const auto heaviest = static_cast<std::uint32_t>(
      std::distance(weights.begin(), std::max_element(weights.begin(), weights.end())));
  // Relative to the heaviest first: sums of huge weights overflow, and inverses of subnormal ones.
  std::vector<double> mass(n);
  double total = 0;
  for (std::size_t i = 0; i < n; ++i) {
    mass[i] = weights[i] / weights[heaviest];
    total += mass[i];
  }
  const double scale = static_cast<double>(n) / total;
  std::vector<std::uint32_t> poor;
  std::vector<std::uint32_t> rich;
  for (std::size_t i = 0; i < n; ++i) {
    mass[i] *= scale;
    (mass[i] < 1 ? poor : rich).push_back(static_cast<std::uint32_t>(i));
  }
  while (!poor.empty() && !rich.empty()) {
    const std::uint32_t small = poor.back();
    const std::uint32_t large = rich.back();
    poor.pop_back();
    slots_[small] = {mass[small], large};
    mass[large] -= 1 - mass[small];
    if (mass[large] < 1) {
      rich.pop_back();
      poor.push_back(large);
    }
  }
  for (const std::uint32_t i : rich) slots_[i] = {1, i};
  // Only rounding leaves the poor without a rich partner; a slot of weight 0 must not be drawn even so.
  for (const std::uint32_t i : poor) slots_[i] = {weights[i] > 0 ? 1.0 : 0.0, weights[i] > 0 ? i : heaviest};
}

}  // namespace sojourn
