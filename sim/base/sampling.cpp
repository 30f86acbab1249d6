#include "sim/base/sampling.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
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

namespace {

/// Four sums side by side, because each addition waits for the one before.
double sum_of(std::span<const double> weights, double factor) {
  std::array<double, 4> sums{};
  std::size_t i = 0;
  for (; i + sums.size() <= weights.size(); i += sums.size()) {
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += weights[i + k] * factor;
  }
  for (; i < weights.size(); ++i) sums[0] += weights[i] * factor;
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// A power of 2 by which the weights can be multiplied so that neither their sum overflows nor its inverse.
double factor_for(std::span<const double> weights) {
  const double largest = *std::max_element(weights.begin(), weights.end());
  if (largest > 0x1p900) return 0x1p-200;
  return largest < 0x1p-900 ? 0x1p900 : 1.0;
}

}  // namespace

void AliasTable::rebuild(std::span<const double> weights) {
  const std::size_t n = weights.size();
  slots_.resize(n);
  if (n == 0) return;
  double factor = 1;
  double total = sum_of(weights, factor);
  if (!(total > 0x1p-900 && total < 0x1p900)) {
    factor = factor_for(weights);
    total = sum_of(weights, factor);
  }
  const double scale = static_cast<double>(n) / total;

  // Each entry's mass, of which a slot holds 1. Both ends of the order are written, and one of them is kept:
  // which of the two cannot be foreseen, so a branch would cost more.
  std::size_t poor = 0;
  std::size_t rich = n;
  for (std::size_t i = 0; i < n; ++i) {
    const double mass = (weights[i] * factor) * scale;
    const bool is_poor = mass < 1;
    slots_[i].keep = std::bit_cast<std::uint64_t>(mass);
    slots_[poor].order = static_cast<std::uint32_t>(i);
    slots_[rich - 1].order = static_cast<std::uint32_t>(i);
    poor += is_poor ? 1 : 0;
    rich -= is_poor ? 0 : 1;
  }

  // Each rich entry fills the slots of the poor until it is poor itself; then the next rich one fills its
  // slot.
  constexpr std::uint64_t whole = std::uint64_t{1} << 63;
  const auto mass_of = [&](std::uint32_t entry) { return std::bit_cast<double>(slots_[entry].keep); };
  const auto share = [&](std::uint32_t entry, double mass, std::uint32_t alias) {
    slots_[entry].keep = static_cast<std::uint64_t>(static_cast<std::int64_t>(mass * 0x1p63));
    slots_[entry].alias = alias;
  };
  std::size_t next_poor = 0;
  std::uint32_t last_giver = 0;
  for (std::size_t place = n; place-- > rich;) {
    const std::uint32_t giver = slots_[place].order;
    double left = mass_of(giver);
    for (; left >= 1 && next_poor < poor; ++next_poor) {
      const std::uint32_t taker = slots_[next_poor].order;
      const double mass = mass_of(taker);
      share(taker, mass, giver);
      left -= 1 - mass;
    }
    if (left < 1 && place > rich) {
      const std::uint32_t next = slots_[place - 1].order;
      share(giver, left, next);
      slots_[next].keep = std::bit_cast<std::uint64_t>(mass_of(next) - (1 - left));
    } else {
      slots_[giver].keep = whole;
      last_giver = giver;
    }
  }
  // Only rounding leaves the poor without a rich partner; a slot of weight 0 must not be drawn even so.
  for (; next_poor < poor; ++next_poor) {
    const std::uint32_t entry = slots_[next_poor].order;
    slots_[entry].keep = weights[entry] > 0 ? whole : 0;
    slots_[entry].alias = last_giver;
  }
}

}  // namespace sojourn
