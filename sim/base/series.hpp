#pragma once

/// The exponential function and the logarithm as series that the compiler evaluates, for the tables of
/// constants in sim/base. Compilers fold `long double` with the 64 bits of x87 in software, so the tables do
/// not depend on the machine that builds them. Not for run time: they are slow.
namespace sojourn::series {

inline constexpr long double log2 = 0.693147180559945309417232121458176568L;

/// log(x) for positive x, by the series of the inverse hyperbolic tangent.
constexpr long double log(long double x) {
  int exponent = 0;
  while (x > 1.42L) {
    x /= 2;
    ++exponent;
  }
  while (x < 0.71L) {
    x *= 2;
    --exponent;
  }
  const long double s = (x - 1) / (x + 1);
  long double power = s;
  long double sum = 0;
  for (int i = 1; i < 60; i += 2) {
    sum += power / i;
    power *= s * s;
  }
  return static_cast<long double>(exponent) * log2 + 2 * sum;
}

/// exp(x) by its Taylor series, within 2^-63 of it for |x| < 1 and little more for |x| < 20.
constexpr long double exp(long double x) {
  int exponent = static_cast<int>(x / log2 + (x < 0 ? -0.5L : 0.5L));
  x -= static_cast<long double>(exponent) * log2;
  long double term = 1;
  long double sum = 0;
  for (int i = 1; i < 26; ++i) {
    sum += term;
    term *= x / i;
  }
  for (; exponent > 0; --exponent) sum *= 2;
  for (; exponent < 0; ++exponent) sum /= 2;
  return sum;
}

}  // namespace sojourn::series
