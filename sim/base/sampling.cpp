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
#include "sim/base/series.hpp"

namespace sojourn {

namespace {

/// Beyond this count the sum of the probabilities of a mean below 10 lacks less than 1e-18.
constexpr std::size_t last_by_inversion = 110;

constexpr std::array<double, last_by_inversion + 2> inverses = [] {
  std::array<double, last_by_inversion + 2> table{};
  for (std::size_t i = 1; i < table.size(); ++i) table[i] = 1.0 / static_cast<double>(i);
  return table;
}();

/// Inversion: walks the probabilities from 0 up. Needs (1 - p)^n not to underflow, so a small mean.
std::int64_t binomial_by_inversion(std::int64_t n, double p, RandomNumbers& random) {
  const auto size = static_cast<double>(n);
  double u = random.uniform();
  // Most often 0 for a small mean, and (1 - p)^n >= 1 - n p (Bernoulli) is enough to know it.
  if (u <= 1 - size * p) return 0;
  const double odds = p / (1.0 - p);
  const double none = math::exp(size * math::log1p(-p));
  const std::size_t last = std::min(static_cast<std::size_t>(n), last_by_inversion);
  while (true) {
    double probability = none;
    for (std::size_t k = 0; k <= last; ++k) {
      if (u <= probability) return static_cast<std::int64_t>(k);
      u -= probability;
      probability *= (size - static_cast<double>(k)) * odds * inverses[k + 1];
    }
    u = random.uniform();  // what was left of it was rounding
  }
}

/// Inversion for a mean below 10.
std::int64_t poisson_by_inversion(double mean, RandomNumbers& random) {
  const double none = math::exp(-mean);
  while (true) {
    double u = random.uniform();
    double probability = none;
    for (std::size_t k = 0; k <= last_by_inversion; ++k) {
      if (u <= probability) return static_cast<std::int64_t>(k);
      u -= probability;
      probability *= mean * inverses[k + 1];
    }
    // What was left of u was rounding.
  }
}

/// log(k!) - (k + 1/2) log(k + 1) + (k + 1) - log(2 pi)/2: what Stirling's formula lacks, as in Hormann
/// (1993).
double stirling_rest(double k) {
  constexpr std::array<double, 10> first = [] {
    std::array<double, 10> table{};
    long double log_factorial = 0;
    for (std::size_t i = 0; i < table.size(); ++i) {
      const auto number = static_cast<long double>(i);
      if (i > 1) log_factorial += series::log(number);
      constexpr long double half_log_two_pi = 0.918938533204672741780329736405617640L;
      table[i] = static_cast<double>(log_factorial - (number + 0.5L) * series::log(number + 1) +
                                     (number + 1) - half_log_two_pi);
    }
    return table;
  }();
  if (k < 10) return first[static_cast<std::size_t>(k)];
  const double m = 1.0 / (k + 1);
  const double z = m * m;
  return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - z / 1680) * z) * z) * m;
}

/// Transformed rejection (algorithm PTRS of Hormann 1993), for a mean of 10 or more.
std::int64_t poisson_by_rejection(double mean, RandomNumbers& random) {
  constexpr double half_log_two_pi = 0.91893853320467274178;
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double squeeze = 0.9277 - 3.6224 / (b - 2);
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  while (true) {
    const double u = random.uniform() - 0.5;
    const double v = random.uniform();
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return static_cast<std::int64_t>(k);
    if (k < 0 || (us < 0.013 && v > us)) continue;
    // log(k!) by Stirling's formula; k log(mean) - log(k!) - mean written so that nothing large cancels.
    const double log_probability = (k + 0.5) * math::log(mean / (k + 1)) + (k + 1 - mean) -
                                   0.5 * math::log(mean) - half_log_two_pi - stirling_rest(k);
    if (math::log(v * inverse_alpha / (a / (us * us) + b)) <= log_probability) {
      return static_cast<std::int64_t>(k);
    }
  }
}

/// A binomial law with its mode, for what its probabilities are relative to that of the mode.
struct BinomialLaw {
  double size;
  double odds;
  double variance;
  double mode;

  BinomialLaw(double n, double p)
      : size(n), odds(p / (1 - p)), variance(n * p * (1 - p)), mode(std::floor((n + 1) * p)) {}

  /// P(i) / P(i - 1) is (n + 1 - i) odds / i: as two products, for a division takes much longer. Both are
  /// kept close to 1.
  [[nodiscard]] bool is_below_by_product(double v, double k) const {
    const double unit = 1 / mode;
    double numerator = 1;
    double denominator = 1;
    double i = std::min(k, mode) + 1;
    while (i <= std::max(k, mode)) {
      numerator *= (size + 1 - i) * (odds * unit);
      denominator *= i * unit;
      ++i;
    }
    return k > mode ? v * denominator <= numerator : v * numerator <= denominator;
  }

  [[nodiscard]] bool is_below_by_logarithm(double log_v, double k, double distance) const {
    // Bounds of the logarithm of the ratio (Kachitvichyanukul and Schmeiser 1988), which hold in this range.
    if (distance < variance / 2 - 1) {
      const double middle = -distance * distance / (2 * variance);
      const double width =
          distance / variance * (((distance / 3 + 0.625) * distance + 1.0 / 6) / variance + 0.5);
      if (log_v < middle - width) return true;
      if (log_v > middle + width) return false;
    }
    const double bound =
        (mode + 0.5) * math::log((mode + 1) / (odds * (size - mode + 1))) + stirling_rest(mode) +
        stirling_rest(size - mode) + (size + 1) * math::log1p((k - mode) / (size - k + 1)) +
        (k + 0.5) * math::log(odds * (size - k + 1) / (k + 1)) - stirling_rest(k) - stirling_rest(size - k);
    return log_v <= bound;
  }

  /// Whether v <= P(k) / P(mode).
  [[nodiscard]] bool is_below(double v, double k) const {
    const double distance = std::abs(k - mode);
    return distance <= 20 ? is_below_by_product(v, k) : is_below_by_logarithm(math::log(v), k, distance);
  }
};

/// Transformed rejection (algorithm BTRD of Hormann 1993), for n p >= 10 and p <= 1/2.
std::int64_t binomial_by_rejection(std::int64_t n, double p, RandomNumbers& random) {
  const auto size = static_cast<double>(n);
  const double spread = std::sqrt(size * p * (1 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double centre = size * p + 0.5;
  const double by_height = b / (0.92 * b - 4.2);  // 1 / (0.92 - 4.2 / b), Hormann's v_r
  const auto count_at = [&](double u, double us) { return std::floor((2 * a / us + b) * u + centre); };
  while (true) {
    // One number serves as u where v is at once known to be small: in 86 of 100 cases of v below v_r.
    double v = random.uniform();
    const double share = v * by_height;
    if (share <= 0.86) {
      const double u = share - 0.43;
      return static_cast<std::int64_t>(count_at(u, 0.5 - std::abs(u)));
    }
    double u = 0;
    if (share >= 1) {
      u = random.uniform() - 0.5;
    } else {
      // The other 14 of 100: u is within 0.07 of either end of (-0.5, 0.5), and v a new number below v_r.
      u = share - 0.93;
      u = (u < 0 ? -0.5 : 0.5) - u;
      v = random.uniform() / by_height;
    }
    const double us = 0.5 - std::abs(u);
    const double k = count_at(u, us);
    if (k < 0 || k > size) continue;
    // v alpha / (a / us^2 + b) with alpha = (2.83 + 5.1 / b) spread, by one division.
    const double height = v * spread * (2.83 * b + 5.1) * us * us / (b * (a + b * us * us));
    if (BinomialLaw(size, p).is_below(height, k)) return static_cast<std::int64_t>(k);
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

std::int64_t draw_poisson(double mean, RandomNumbers& random) {
  if (mean <= 0) return 0;
  return mean < 10 ? poisson_by_inversion(mean, random) : poisson_by_rejection(mean, random);
}

std::int64_t draw_hypergeometric(std::int64_t all, std::int64_t marked, std::int64_t draws,
                                 RandomNumbers& random) {
  // Marks and draws may change places, and each may be told by those that are left.
  if (marked > all - marked) return draws - draw_hypergeometric(all, all - marked, draws, random);
  if (draws > all - draws) return marked - draw_hypergeometric(all, marked, all - draws, random);
  if (marked < draws) std::swap(marked, draws);
  std::int64_t found = 0;
  for (; draws > 0 && marked > found; --draws, --all) {
    if (random.below(static_cast<std::uint64_t>(all)) < static_cast<std::uint64_t>(marked - found)) ++found;
  }
  return found;
}

double draw_moment(double rate, double end, RandomNumbers& random) {
  // By inversion; accurate for the rarest events too.
  const double moment = -math::log1p(random.uniform() * math::expm1(-rate * end)) / rate;
  return std::clamp(moment, 0.0, end);
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
  if (total <= 0x1p-900 || total >= 0x1p900 || std::isnan(total)) {
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
      slots_[giver].alias = giver;  // never drawn, but no number of a larger table that was here before
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

std::vector<double> AliasTable::probabilities() const {
  std::vector<double> result(slots_.size());
  const double share = 1 / static_cast<double>(slots_.size());
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const double own = static_cast<double>(slots_[i].keep) * 0x1p-63;
    result[i] += own * share;
    result[slots_[i].alias] += (1 - own) * share;
  }
  return result;
}

}  // namespace sojourn
