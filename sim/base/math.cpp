#include "sim/base/math.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numbers>

namespace sojourn::math {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

// log(2) in two parts; the first has so many trailing zeros that its product with any exponent is exact.
constexpr double log2_high = 0x1.62e42fee00000p-1;
constexpr double log2_low = 0x1.a39ef35793c76p-33;

constexpr std::uint64_t fraction_mask = (std::uint64_t{1} << 52) - 1;
constexpr int exponent_bias = 1023;

/// 2 to the power k, for a k that needs no subnormal number.
double power_of_two(int k) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(k + exponent_bias) << 52);
}

/// (exp(r) - 1 - r) / r^2 by its Taylor series, for |r| <= 0.35: the first omitted term is below 1e-17.
double exp_tail(double r) {
  constexpr std::array<double, 13> inverse_factorial = {1.0 / 2,
                                                        1.0 / 6,
                                                        1.0 / 24,
                                                        1.0 / 120,
                                                        1.0 / 720,
                                                        1.0 / 5040,
                                                        1.0 / 40320,
                                                        1.0 / 362880,
                                                        1.0 / 3628800,
                                                        1.0 / 39916800,
                                                        1.0 / 479001600,
                                                        1.0 / 6227020800.0,
                                                        1.0 / 87178291200.0};
  double sum = inverse_factorial.back();
  for (std::size_t i = inverse_factorial.size() - 1; i-- > 0;) sum = sum * r + inverse_factorial[i];
  return sum;
}

}  // namespace

double exp(double x) {
  if (!(x > -746)) return x < 0 ? 0.0 : x;  // the second: NaN
  if (x > 709.79) return infinity;
  const double k = std::nearbyint(x * std::numbers::log2e);
  const double high = x - k * log2_high;
  const double low = k * log2_low;
  const double r = high - low;
  const double correction = (high - r) - low;
  const double value = 1.0 + (r + (r * r * exp_tail(r) + correction));
  const int exponent = static_cast<int>(k);
  if (exponent > -1000 && exponent < 1000) return value * power_of_two(exponent);
  // Two steps, so that neither factor overflows or is subnormal.
  const int half = exponent / 2;
  return value * power_of_two(half) * power_of_two(exponent - half);
}

double expm1(double x) {
  if (std::abs(x) < 0.35) return x + x * x * exp_tail(x);
  if (std::abs(x) >= 0.7) return exp(x) - 1.0;
  // Between, exp(x) - 1 would lose two bits.
  const double half = 0.5 * x + 0.25 * x * x * exp_tail(0.5 * x);
  return half * (half + 2.0);
}

double log(double x) {
  if (!(x > 0)) return x == 0 ? -infinity : not_a_number;
  if (x == infinity) return x;
  int exponent = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    exponent = -54;
  }
  const auto bits = std::bit_cast<std::uint64_t>(x);
  exponent += static_cast<int>(bits >> 52) - exponent_bias;
  auto m = std::bit_cast<double>((bits & fraction_mask) | (std::uint64_t{exponent_bias} << 52));
  if (m > std::numbers::sqrt2) {
    m *= 0.5;
    ++exponent;
  }
  // log(1 + f) = 2 atanh(s) with s = f / (2 + f), and f itself kept apart so that its bits are not lost.
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  constexpr std::array<double, 11> coefficient = {2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11, 2.0 / 13,
                                                  2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23};
  double series = coefficient.back();
  for (std::size_t i = coefficient.size() - 1; i-- > 0;) series = series * z + coefficient[i];
  series *= z;
  const double half_square = 0.5 * f * f;
  const double k = exponent;
  return k * log2_high - ((half_square - (s * (half_square + series) + k * log2_low)) - f);
}

double log1p(double x) {
  const double u = 1.0 + x;
  if (u == 1.0) return x;
  if (!(u > 0) || u == infinity) return log(u);
  return log(u) + (x - (u - 1.0)) / u;  // the second term: what rounding took from 1 + x
}

double pow(double x, double y) {
  if (y == 0) return 1.0;
  if (x == 0) return y > 0 ? 0.0 : infinity;
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
