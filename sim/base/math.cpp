#include "sim/base/math.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>

#include "sim/base/series.hpp"

namespace sojourn::math {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

constexpr int exponent_bias = 1023;

/// 2 to the power k, for a k that needs no subnormal number.
double power_of_two(int k) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(k + exponent_bias) << 52);
}

/// exp(x) = 2^(k / 128) exp(r) with k the whole number nearest to 128 x / log(2) (Tang 1989), so that five
/// terms of the series of exp(r) are enough: the first omitted one is below 2^-60. The polynomials here and
/// below are in Estrin's order, because a processor works on several short sums at once but not on a long
/// one.
constexpr int exp_bits = 7;
constexpr std::uint64_t exp_cells = 1U << exp_bits;

/// 2^(i / 128) as head (1 + rest).
struct Power {
  double rest = 0;
  std::uint64_t head = 0;
};

constexpr std::array<Power, exp_cells> powers = [] {
  std::array<Power, exp_cells> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const long double exact = series::exp(static_cast<long double>(i) / exp_cells * series::log2);
    const auto head = static_cast<double>(exact);
    table[i] = {static_cast<double>((exact - head) / exact), std::bit_cast<std::uint64_t>(head)};
  }
  return table;
}();

/// exp(x) is scale (1 + rest) 2^exponent, and scale in [1, 2).
struct ExpParts {
  double scale;
  double rest;
  std::int64_t exponent;
};

/// For |x| < 750.
inline ExpParts exp_parts(double x) {
  // log(2) / 128 in two parts; the first has so many trailing zeros that its product with k is exact.
  constexpr double cell_high = 0x1.62e42fefc0000p-8;
  constexpr double cell_low = -0x1.c610ca86c3899p-44;
  // Adding this number rounds to whole numbers, and leaves the whole number in the lowest bits.
  constexpr double rounder = 0x1.8p52;
  const double shifted = x * (exp_cells * std::numbers::log2e) + rounder;
  const double k = shifted - rounder;
  const auto bits = std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(rounder);
  const Power& power = powers[static_cast<std::uint64_t>(bits) % exp_cells];
  const double r = (x - k * cell_high) - k * cell_low;
  const double r2 = r * r;
  const double rest = (power.rest + r) + r2 * ((0.5 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120)));
  return {std::bit_cast<double>(power.head), rest, bits >> exp_bits};
}

/// `scale` in [1, 2) times 2^exponent, for an exponent that needs no subnormal number.
inline double scaled(double scale, std::int64_t exponent) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(scale) +
                               (static_cast<std::uint64_t>(exponent) << 52));
}

/// exp(x) where it, or a factor of it, may overflow or be subnormal.
double exp_at_the_edge(double x) {
  if (!(x > -746)) return x < 0 ? 0.0 : x;  // the second: NaN
  if (x > 709.79) return infinity;
  const ExpParts parts = exp_parts(x);
  const double value = parts.scale + parts.scale * parts.rest;
  // Two steps, so that neither factor overflows or is subnormal.
  const int exponent = static_cast<int>(parts.exponent);
  const int half = exponent / 2;
  return value * power_of_two(half) * power_of_two(exponent - half);
}

/// (exp(x) - 1 - x) / x^2 by its Taylor series, for |x| < 1/4: the first omitted term is below 1e-18.
double exp_tail(double x) {
  const double x2 = x * x;
  const double x4 = x2 * x2;
  const double a = (1.0 / 2 + x * (1.0 / 6)) + x2 * (1.0 / 24 + x * (1.0 / 120));
  const double b = (1.0 / 720 + x * (1.0 / 5040)) + x2 * (1.0 / 40320 + x * (1.0 / 362880));
  const double c = (1.0 / 3628800 + x * (1.0 / 39916800)) + x2 * (1.0 / 479001600 + x * (1.0 / 6227020800));
  return a + x4 * (b + x4 * c);
}

}  // namespace

double exp(double x) {
  if (!(std::abs(x) < 700)) return exp_at_the_edge(x);
  const ExpParts parts = exp_parts(x);
  const double scale = scaled(parts.scale, parts.exponent);
  return scale + scale * parts.rest;
}

double expm1(double x) {
  if (std::abs(x) < 0.25) return x + x * x * exp_tail(x);
  if (!(std::abs(x) < 700)) return exp(x) - 1.0;
  const ExpParts parts = exp_parts(x);
  const double scale = scaled(parts.scale, parts.exponent);
  return (scale - 1.0) + scale * parts.rest;
}

namespace {

/// x = 2^k z with z between 0.685 and 1.375, and z close to the centre c of one of 128 cells, 1 being a
/// centre. log(x) = k log(2) + log(c) + log(z / c), where z / c = 1 + r and |r| < 0.004 (Tang 1990).
constexpr int log_bits = 7;
constexpr std::size_t log_cells = 1U << log_bits;
constexpr std::uint64_t cell_width = std::uint64_t{1} << (52 - log_bits);
constexpr std::uint64_t first_centre = 0x3fe6000000000000;  // 0.6875
constexpr std::uint64_t first_edge = first_centre - cell_width / 2;

/// 1 / c has 18 bits, so that its products with the upper 35 bits of z and with the lower 18 are both exact.
/// What it misses of 1 / c is in the logarithm, which is minus that of 1 / c, in two parts; the first is a
/// multiple of 2^-42, so that it can be added to k log(2) without rounding.
struct LogCell {
  double inverse = 0;
  double log_high = 0;
  double log_low = 0;
};

constexpr std::array<LogCell, log_cells> log_table = [] {
  std::array<LogCell, log_cells> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto centre = std::bit_cast<double>(first_centre + i * cell_width);
    // The nearest of the numbers with 17 bits after the point; 2^52 rounds to whole ones.
    const double inverse = ((0x1p17 / centre + 0x1p52) - 0x1p52) * 0x1p-17;
    const long double exact = -series::log(inverse);
    const auto high = static_cast<double>(static_cast<std::int64_t>(exact * 0x1p42L)) * 0x1p-42;
    table[i] = {inverse, high, static_cast<double>(exact - high)};
  }
  return table;
}();

/// x = 2^exponent (z_high + z_low), in its cell.
struct LogParts {
  LogCell cell;
  std::int64_t exponent = 0;
  double z_high = 0;
  double z_low = 0;
};

/// By the bits of a normal positive x.
inline LogParts log_parts(std::uint64_t bits) {
  const std::uint64_t from_edge = bits - first_edge;
  const std::int64_t exponent = static_cast<std::int64_t>(from_edge) >> 52;
  const std::uint64_t z_bits = bits - (static_cast<std::uint64_t>(exponent) << 52);
  // Rounded, not cut: for z close to 1, below or above, z_high is 1.
  const auto z_high = std::bit_cast<double>((z_bits + (1U << 17)) & ~((std::uint64_t{1} << 18) - 1));
  return {log_table[(from_edge >> (52 - log_bits)) % log_cells], exponent, z_high,
          std::bit_cast<double>(z_bits) - z_high};
}

inline double log_of(const LogParts& parts) {
  // log(2) in two parts; the first has so many trailing zeros that its product with any exponent is exact.
  constexpr double log2_high = 0x1.62e42fee00000p-1;
  constexpr double log2_low = 0x1.a39ef35793c76p-33;
  const double r_high = parts.z_high * parts.cell.inverse - 1.0;
  const double r_low = parts.z_low * parts.cell.inverse;
  const double r = r_high + r_low;
  const double r2 = r * r;
  const double series =
      (-1.0 / 2 + r * (1.0 / 3)) + r2 * ((-1.0 / 4 + r * (1.0 / 5)) + r2 * (-1.0 / 6 + r * (1.0 / 7)));
  const auto k = static_cast<double>(parts.exponent);
  const double whole = k * log2_high + parts.cell.log_high;  // exact, and either 0 or greater than r
  const double sum = whole + r;
  const double lost = ((whole - sum) + r) + ((r_high - r) + r_low);  // what rounding took from r and sum
  return sum + ((lost + (parts.cell.log_low + k * log2_low)) + r2 * series);
}

/// log(x) where x is no normal positive number.
double log_at_the_edge(double x) {
  if (!(x > 0)) return x == 0 ? -infinity : not_a_number;
  if (x == infinity) return x;
  LogParts parts = log_parts(std::bit_cast<std::uint64_t>(x * 0x1p54));
  parts.exponent -= 54;
  return log_of(parts);
}

}  // namespace

double log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  constexpr auto least = std::bit_cast<std::uint64_t>(std::numeric_limits<double>::min());
  constexpr auto end = std::bit_cast<std::uint64_t>(infinity);
  if (bits - least >= end - least) return log_at_the_edge(x);
  return log_of(log_parts(bits));
}

double log1p(double x) {
  if (x <= -1 || x >= 0x1p60 || std::isnan(x)) return log(1.0 + x);
  const double sum = 1.0 + x;
  if (sum == 1.0) return x;
  // What rounding took from the sum (Knuth's two-sum) goes into the lower part of z.
  const double x_in_sum = sum - 1.0;
  const double lost = (1.0 - (sum - x_in_sum)) + (x - x_in_sum);
  LogParts parts = log_parts(std::bit_cast<std::uint64_t>(sum));
  parts.z_low += lost * power_of_two(-static_cast<int>(parts.exponent));
  return log_of(parts);
}

namespace {

/// A positive number as (high + low) 2^exponent, with high in [1/2, 1) and low its next 53 bits.
struct Wide {
  double high = 0.5;
  double low = 0;
  std::int64_t exponent = 1;
};

/// What is larger has no double, whatever it is multiplied with on the way.
constexpr std::int64_t largest_exponent = std::int64_t{1} << 32;

/// The product of two numbers below 1 without loss, as a rounded part and the rest (Dekker 1971).
Wide product(double a, double b) {
  constexpr double splitter = 0x1p27 + 1;
  const auto upper = [](double x) {
    const double scaled = splitter * x;
    return scaled - (scaled - x);
  };
  const double a_high = upper(a);
  const double b_high = upper(b);
  const double a_low = a - a_high;
  const double b_low = b - b_high;
  const double high = a * b;
  return {high, ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low, 0};
}

Wide product(const Wide& a, const Wide& b) {
  const Wide exact = product(a.high, b.high);
  const double low = exact.low + (a.high * b.low + a.low * b.high);
  const double high = exact.high + low;
  const double rest = low - (high - exact.high);
  // The product of two numbers in [1/2, 1) may be below 1/2.
  int shift = 0;
  const double unit = std::frexp(high, &shift);
  const std::int64_t exponent = a.exponent + b.exponent + shift;
  return {unit, std::ldexp(rest, -shift), std::clamp(exponent, -largest_exponent, largest_exponent)};
}

double rounded(double high, double low, std::int64_t exponent) {
  constexpr std::int64_t beyond = 5000;
  return std::ldexp(high + low, static_cast<int>(std::clamp(exponent, -beyond, beyond)));
}

/// x to a whole power, for finite x > 0, by squaring with 106 bits: exact wherever the result is a double.
double whole_power(double x, double y) {
  // So large a power is of 1, or beyond all doubles.
  if (std::abs(y) >= 0x1p63) return x == 1 ? 1.0 : ((x > 1) == (y > 0) ? infinity : 0.0);
  int exponent = 0;
  const double unit = std::frexp(x, &exponent);
  Wide square{unit, 0, exponent};
  Wide result;
  for (auto rest = static_cast<std::uint64_t>(std::abs(y)); rest > 0; rest >>= 1U) {
    if ((rest & 1U) != 0) result = product(result, square);
    if (rest > 1) square = product(square, square);
  }
  if (y > 0) return rounded(result.high, result.low, result.exponent);
  const double inverse = 1.0 / result.high;
  const Wide back = product(inverse, result.high);
  const double lost = ((1.0 - back.high) - back.low) - inverse * result.low;
  return rounded(inverse, inverse * lost, -result.exponent);
}

}  // namespace

double pow(double x, double y) {
  if (y == 0) return 1.0;
  const bool is_whole = std::isfinite(y) && std::floor(y) == y;
  const double sign = is_whole && std::signbit(x) && std::fmod(y, 2.0) != 0 ? -1.0 : 1.0;
  if (x == 0) return y > 0 ? sign * 0.0 : sign * infinity;
  if (std::isinf(x) && is_whole) return y > 0 ? sign * infinity : sign * 0.0;
  if (is_whole && !std::isnan(x)) return sign * whole_power(std::abs(x), y);
  return exp(y * log(x));
}

namespace {

/// The sine of r in [0, pi/4] by its Taylor series.
double sin_series(double r) {
  const double z = r * r;
  double sum = 0;
  for (int i = 17; i >= 3; i -= 2) sum = (1.0 - sum) * z / static_cast<double>(i * (i - 1));
  return r - r * sum;
}

double cos_series(double r) {
  const double z = r * r;
  double sum = 0;
  for (int i = 18; i >= 2; i -= 2) sum = (1.0 - sum) * z / static_cast<double>(i * (i - 1));
  return 1.0 - sum;
}

constexpr double radians_per_degree = std::numbers::pi / 180;

}  // namespace

double sin_degrees(double degrees) {
  // The reduction is exact in degrees; it would not be in radians.
  double d = std::abs(degrees);
  d -= 360.0 * std::floor(d / 360.0);
  double sign = degrees < 0 ? -1.0 : 1.0;
  if (d >= 180) {
    d -= 180;
    sign = -sign;
  }
  if (d > 90) d = 180 - d;
  const double value =
      d <= 45 ? sin_series(d * radians_per_degree) : cos_series((90 - d) * radians_per_degree);
  return sign * value;
}

double cos_degrees(double degrees) { return sin_degrees(90 - std::abs(degrees)); }

double atan2_first_quadrant(double y, double x) {
  if (y > x) return std::numbers::pi / 2 - atan2_first_quadrant(x, y);
  double t = y / x;
  double halvings = 1;
  // tan(a/2) = tan(a) / (1 + sqrt(1 + tan(a)^2)), until the series is short.
  while (t > 0.2) {
    t = t / (1.0 + std::sqrt(1.0 + t * t));
    halvings *= 2;
  }
  const double z = t * t;
  double sum = 0;
  for (int i = 25; i >= 3; i -= 2) sum = (1.0 / i - sum) * z;
  return halvings * (t - t * sum);
}

}  // namespace sojourn::math
