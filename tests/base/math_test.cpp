#include "sim/base/math.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

namespace math_test {

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
constexpr double smallest = std::numeric_limits<double>::denorm_min();
constexpr double smallest_normal = std::numeric_limits<double>::min();
constexpr double largest = std::numeric_limits<double>::max();

/// How many units in the last place `value` is from the exact number.
double error_in_ulps(double value, long double exact) {
  const double nearest = static_cast<double>(exact);
  const double ulp = std::nextafter(std::abs(nearest), inf) - std::abs(nearest);
  return static_cast<double>(std::abs(static_cast<long double>(value) - exact) /
                             static_cast<long double>(ulp));
}

/// The largest error over many points of [low, high], half of them evenly spread and half by their logarithm.
template <class Function, class Reference>
double worst(Function function, Reference reference, double low, double high, int points = 200000) {
  std::mt19937_64 random(1);
  double result = 0;
  for (int i = 0; i < points; ++i) {
    double x = std::uniform_real_distribution<double>(low, high)(random);
    if (i % 2 == 1) x *= std::exp2(-std::uniform_real_distribution<double>(0, 40)(random));
    if (x < low || x > high) continue;
    result = std::max(result, error_in_ulps(function(x), reference(static_cast<long double>(x))));
  }
  return result;
}

long double exact_exp(long double x) { return std::exp(x); }
long double exact_expm1(long double x) { return std::expm1(x); }
long double exact_log(long double x) { return std::log(x); }
long double exact_log1p(long double x) { return std::log1p(x); }
long double exact_sin_degrees(long double x) { return std::sin(x * std::numbers::pi_v<long double> / 180); }
long double exact_cos_degrees(long double x) { return std::cos(x * std::numbers::pi_v<long double> / 180); }

}  // namespace

using namespace sojourn;

TEST_CASE("exp is within 0.55 units in the last place") {
  CHECK(worst(math::exp, exact_exp, -1, 1) < 0.55);
  CHECK(worst(math::exp, exact_exp, -0.02, 0.02) < 0.55);
  CHECK(worst(math::exp, exact_exp, -708, -690) < 0.55);
  CHECK(worst(math::exp, exact_exp, -708, 709.7) < 0.55);
}

TEST_CASE("exp on both sides of the edge of every cell of its table, and at the centres") {
  double worst_error = 0;
  for (int i = -128 * 1020; i <= 128 * 1020; ++i) {
    const double centre = i * (std::numbers::ln2 / 128);
    const double edge = (i + 0.5) * (std::numbers::ln2 / 128);
    for (const double x : {centre, std::nextafter(edge, -inf), edge, std::nextafter(edge, inf)}) {
      worst_error = std::max(worst_error, error_in_ulps(math::exp(x), exact_exp(x)));
    }
  }
  CHECK(worst_error < 0.55);
}

TEST_CASE("exp at its edges") {
  CHECK(math::exp(0.0) == 1.0);
  CHECK(math::exp(-0.0) == 1.0);
  CHECK(math::exp(inf) == inf);
  CHECK(math::exp(-inf) == 0.0);
  CHECK(std::isnan(math::exp(no_number)));
  CHECK(error_in_ulps(math::exp(709.0), exact_exp(709)) < 2);
  CHECK(std::isfinite(math::exp(709.782712893384)));
  CHECK(math::exp(709.7827128933841) == inf);
  CHECK(math::exp(710.0) == inf);
  CHECK(math::exp(largest) == inf);
  CHECK(math::exp(-largest) == 0.0);
  CHECK(math::exp(smallest) == 1.0);
  // Subnormal results: the unit in the last place is the smallest number.
  for (const double x : {-708.5, -710.0, -720.0, -735.25, -744.0, -745.0, -745.13}) {
    CAPTURE(x);
    CHECK(error_in_ulps(math::exp(x), exact_exp(static_cast<long double>(x))) <= 1.01);
  }
  CHECK(math::exp(-745.0) == smallest);
  CHECK(math::exp(-745.14) == 0.0);
  CHECK(math::exp(-746.0) == 0.0);
}

TEST_CASE("expm1 is within 1.1 units in the last place") {
  CHECK(worst(math::expm1, exact_expm1, 0, 0.26) < 1.1);
  CHECK(worst(math::expm1, exact_expm1, 0.24, 1) < 1.1);
  const auto of_minus = [](double x) { return math::expm1(-x); };
  const auto exact_of_minus = [](long double x) { return std::expm1(-x); };
  CHECK(worst(of_minus, exact_of_minus, 0, 0.26) < 1.1);
  CHECK(worst(of_minus, exact_of_minus, 0.24, 1) < 1.1);
  CHECK(worst(of_minus, exact_of_minus, 0, 50) < 1.1);
  CHECK(worst(math::expm1, exact_expm1, 0, 700) < 1.1);
}

TEST_CASE("expm1 at its edges") {
  CHECK(math::expm1(0.0) == 0.0);
  CHECK(math::expm1(-1e-300) == -1e-300);
  CHECK(math::expm1(smallest) == smallest);
  CHECK(math::expm1(inf) == inf);
  CHECK(math::expm1(-inf) == -1.0);
  CHECK(math::expm1(-800) == -1.0);
  CHECK(math::expm1(710) == inf);
  CHECK(error_in_ulps(math::expm1(705.0), exact_expm1(705)) < 1);
  CHECK(std::isnan(math::expm1(no_number)));
}

TEST_CASE("log is within 0.55 units in the last place") {
  CHECK(worst(math::log, exact_log, 0.5, 2) < 0.55);
  CHECK(worst(math::log, exact_log, 0.99, 1.01) < 0.55);
  CHECK(worst(math::log, exact_log, 1e-12, 1e12) < 0.55);
  CHECK(worst(math::log, exact_log, 1e290, largest) < 0.55);
  CHECK(worst(math::log, exact_log, smallest, 1e-300) < 0.55);
}

TEST_CASE("log on both sides of the edge of every cell of its table, and at the centres") {
  double worst_error = 0;
  for (int i = 0; i < 512; ++i) {
    // Cells end at odd multiples of 1/512 below 1 and of 1/256 above.
    const double place = 0.5 + i / 256.0;
    for (const double edge : {place, place + 1.0 / 512}) {
      for (const double x : {std::nextafter(edge, 0.0), edge, std::nextafter(edge, 4.0)}) {
        for (const double scale : {1.0, 0x1p-1020, 0x1p1000, 0.5, 2.0}) {
          const double error = error_in_ulps(math::log(x * scale), exact_log(x * scale));
          worst_error = std::max(worst_error, error);
        }
        worst_error = std::max(worst_error, error_in_ulps(math::log1p(x - 1), exact_log1p(x - 1)));
      }
    }
  }
  CHECK(worst_error < 0.55);
}

TEST_CASE("log at its edges") {
  CHECK(math::log(1.0) == 0.0);
  CHECK(math::log(0.0) == -inf);
  CHECK(math::log(-0.0) == -inf);
  CHECK(std::isnan(math::log(-1.0)));
  CHECK(std::isnan(math::log(-inf)));
  CHECK(std::isnan(math::log(no_number)));
  CHECK(math::log(inf) == inf);
  for (const double x : {smallest, 3 * smallest, smallest_normal, std::nextafter(smallest_normal, 0.0),
                         largest, std::nextafter(1.0, 0.0), std::nextafter(1.0, 2.0), std::numbers::sqrt2,
                         std::nextafter(std::numbers::sqrt2, 2.0)}) {
    CAPTURE(x);
    CHECK(error_in_ulps(math::log(x), exact_log(static_cast<long double>(x))) < 0.55);
  }
}

TEST_CASE("log1p is within 0.55 units in the last place") {
  CHECK(worst(math::log1p, exact_log1p, 0, 0.01) < 0.55);
  CHECK(worst(math::log1p, exact_log1p, 0, 1) < 0.55);
  CHECK(worst(math::log1p, exact_log1p, 0, 1e12) < 0.55);
  CHECK(worst(math::log1p, exact_log1p, 1e12, 1e30) < 0.55);
  const auto of_minus = [](double x) { return math::log1p(-x); };
  const auto exact_of_minus = [](long double x) { return std::log1p(-x); };
  CHECK(worst(of_minus, exact_of_minus, 0, 0.01) < 0.55);
  CHECK(worst(of_minus, exact_of_minus, 0, 0.999) < 0.55);
  CHECK(worst(of_minus, exact_of_minus, 0.999, 1) < 0.55);
}

TEST_CASE("log1p at its edges") {
  CHECK(math::log1p(0.0) == 0.0);
  CHECK(math::log1p(smallest) == smallest);
  CHECK(math::log1p(-1e-300) == -1e-300);
  CHECK(math::log1p(1e-17) == 1e-17);
  CHECK(math::log1p(-1.0) == -inf);
  CHECK(std::isnan(math::log1p(-1.5)));
  CHECK(std::isnan(math::log1p(no_number)));
  CHECK(math::log1p(inf) == inf);
  CHECK(error_in_ulps(math::log1p(largest), std::log(static_cast<long double>(largest))) < 0.55);
  const double least = -std::nextafter(1.0, 0.0);
  CHECK(error_in_ulps(math::log1p(least), exact_log1p(least)) < 0.55);
}

TEST_CASE("the bits of exp, expm1, log and log1p are the same on every machine") {
  // All bits of 40,000 results, by Fowler's, Noll's and Vo's hash: a contracted sum would change it.
  std::uint64_t hash = 0xcbf29ce484222325;
  for (int i = 1; i <= 10000; ++i) {
    const double x = i / 1024.0;
    for (const double y : {math::exp(-x), math::expm1(-x / 32), math::log(x), math::log1p(-x / 10)}) {
      hash = (hash ^ std::bit_cast<std::uint64_t>(y)) * 0x100000001b3;
    }
  }
  CHECK(hash == 7671841565359694383);
}

TEST_CASE("pow is within 3e-16 (1 + |y log x|)") {
  std::mt19937_64 random(2);
  for (int i = 0; i < 100000; ++i) {
    const double x = std::exp2(std::uniform_real_distribution<double>(-60, 60)(random));
    const double y = std::uniform_real_distribution<double>(-8, 8)(random);
    const auto exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    const auto error = std::abs(static_cast<long double>(math::pow(x, y)) - exact) / exact;
    REQUIRE(static_cast<double>(error) <= 3e-16 * (1 + std::abs(y * std::log(x))));
  }
}

TEST_CASE("pow at its edges") {
  CHECK(math::pow(0.0, 0.0) == 1.0);
  CHECK(math::pow(5.0, 0.0) == 1.0);
  CHECK(math::pow(no_number, 0.0) == 1.0);
  CHECK(math::pow(0.0, 0.5) == 0.0);
  CHECK(math::pow(0.0, -1.0) == inf);
  CHECK(math::pow(1.0, 123.0) == 1.0);
  CHECK(math::pow(inf, 0.5) == inf);
  CHECK(math::pow(inf, -0.5) == 0.0);
  CHECK(std::isnan(math::pow(-1.0, 0.5)));
  CHECK(std::isnan(math::pow(no_number, 2)));
  CHECK(std::isnan(math::pow(2.0, no_number)));
}

TEST_CASE("a whole power is exact where the result is a double") {
  CHECK(math::pow(3.0, 2) == 9.0);
  CHECK(math::pow(10.0, 2) == 100.0);
  CHECK(math::pow(0.1, 1) == 0.1);
  CHECK(math::pow(10.0, 22) == 1e22);
  CHECK(math::pow(3.0, 33) == 5559060566555523.0);
  CHECK(math::pow(1.7, 2) == 1.7 * 1.7);
  CHECK(math::pow(0.3, -1) == 1 / 0.3);
  for (int k = -1074; k < 1024; ++k) {
    const double exact = std::ldexp(1.0, k);
    REQUIRE(math::pow(2.0, k) == exact);
    REQUIRE(math::pow(0.5, -k) == exact);
    REQUIRE(math::pow(-2.0, k) == (k % 2 == 0 ? exact : -exact));
  }
  for (std::int64_t m = -200; m <= 200; ++m) {
    std::int64_t exact = 1;
    for (int n = 0; std::abs(exact) <= (std::int64_t{1} << 53) && n < 60; ++n, exact *= m) {
      REQUIRE(math::pow(static_cast<double>(m), n) == static_cast<double>(exact));
      REQUIRE(math::pow(static_cast<double>(m) / 1024, n) == std::ldexp(static_cast<double>(exact), -10 * n));
    }
  }
}

TEST_CASE("a whole power is within one unit in the last place, for any base and however large") {
  std::mt19937_64 random(3);
  double worst = 0;
  for (int i = 0; i < 100000; ++i) {
    const double n = std::floor(std::exp2(std::uniform_real_distribution<double>(0, 40)(random)));
    // So that the result is a normal number.
    const double x = std::exp2(std::uniform_real_distribution<double>(-1000, 1000)(random) / n);
    const double y = i % 2 == 0 ? n : -n;
    const auto exact = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    // The reference has 64 bits and errs by a few of its own units times |y log x| at most.
    const auto error =
        static_cast<double>(std::abs(static_cast<long double>(math::pow(x, y)) - exact) / exact);
    worst = std::max(worst, error);
    REQUIRE(math::pow(-x, y) == (std::fmod(n, 2) == 0 ? 1 : -1) * math::pow(x, y));
  }
  CHECK(worst < 0x1p-52);
}

TEST_CASE("whole powers at their edges") {
  CHECK(math::pow(-2.0, 3) == -8.0);
  CHECK(math::pow(-2.0 / 7, 2) == (2.0 / 7) * (2.0 / 7));
  CHECK(math::pow(-4.0, -1) == -0.25);
  CHECK(math::pow(-inf, 3) == -inf);
  CHECK(math::pow(-inf, 2) == inf);
  CHECK(math::pow(-inf, -3) == 0.0);
  CHECK(math::pow(inf, 2) == inf);
  CHECK(math::pow(0.0, 3) == 0.0);
  CHECK(math::pow(-0.0, -3) == -inf);
  CHECK(math::pow(-0.0, -2) == inf);
  CHECK(math::pow(0x1p-1074, 1) == 0x1p-1074);
  CHECK(math::pow(0x1p-1074, -1) == inf);
  CHECK(math::pow(0x1p-1000, 2) == 0.0);
  CHECK(math::pow(1.5, 1e300) == inf);
  CHECK(math::pow(1.5, -1e300) == 0.0);
  CHECK(math::pow(0.5, 1e300) == 0.0);
  CHECK(math::pow(-1.0, 1e300) == 1.0);
  CHECK(math::pow(-1.0, 0x1p52 + 1) == -1.0);
  CHECK(math::pow(1 + 0x1p-52, 0x1p62) == inf);
  CHECK(math::pow(1 - 0x1p-53, 0x1p63) == 0.0);
  CHECK(math::pow(1 - 0x1p-53, 0x1p62) == doctest::Approx(std::exp(-512.0)).epsilon(1e-12));
  CHECK(math::pow(1 + 0x1p-52, 0x1p52) == doctest::Approx(std::exp(1.0)).epsilon(1e-15));
}

TEST_CASE("whole powers are the same bits as ever") {
  std::uint64_t hash = 0;
  std::mt19937_64 random(4);
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t sign_and_fraction = random() & 0x800FFFFFFFFFFFFFU;
    const std::uint64_t exponent = 1000 + random() % 50;
    const auto x = std::bit_cast<double>(sign_and_fraction | exponent << 52U);
    const double y = static_cast<double>(random() % 81) - 40;
    hash = hash * 6364136223846793005U + std::bit_cast<std::uint64_t>(math::pow(x, y));
  }
  CHECK(hash == 3723696424153061770);
}

TEST_CASE("sine and cosine of degrees") {
  for (double degrees = -720; degrees <= 720; degrees += 0.0625) {
    CAPTURE(degrees);
    const auto exact_sine = exact_sin_degrees(static_cast<long double>(degrees));
    const auto exact_cosine = exact_cos_degrees(static_cast<long double>(degrees));
    REQUIRE(std::abs(static_cast<double>(static_cast<long double>(math::sin_degrees(degrees)) - exact_sine)) <
            2.3e-16);
    REQUIRE(std::abs(static_cast<double>(static_cast<long double>(math::cos_degrees(degrees)) -
                                         exact_cosine)) < 2.3e-16);
  }
  CHECK(worst(math::sin_degrees, exact_sin_degrees, 0, 90) < 2);
  CHECK(worst([](double x) { return math::sin_degrees(-x); },
              [](long double x) { return exact_sin_degrees(-x); }, 0, 90) < 2);
  CHECK(worst([](double x) { return math::cos_degrees(90 - x); },
              [](long double x) { return exact_cos_degrees(static_cast<double>(90 - x)); }, 1, 90) < 2.5);
}

TEST_CASE("sine and cosine are exact where they are 0, a half or 1") {
  for (const double turn : {-360.0, 0.0, 360.0, 3600.0}) {
    CAPTURE(turn);
    CHECK(math::sin_degrees(turn) == 0.0);
    CHECK(math::sin_degrees(turn + 180) == 0.0);
    CHECK(math::cos_degrees(turn + 90) == 0.0);
    CHECK(math::sin_degrees(turn + 90) == 1.0);
    CHECK(math::sin_degrees(turn + 270) == -1.0);
    CHECK(math::cos_degrees(turn) == 1.0);
    CHECK(math::cos_degrees(turn + 180) == -1.0);
  }
  CHECK(math::sin_degrees(30) == doctest::Approx(0.5).epsilon(1e-15));
  CHECK(math::sin_degrees(-30) == doctest::Approx(-0.5).epsilon(1e-15));
  CHECK(math::cos_degrees(60) == doctest::Approx(0.5).epsilon(1e-15));
  CHECK(std::isnan(math::sin_degrees(inf)));
  CHECK(std::isnan(math::cos_degrees(no_number)));
}

TEST_CASE("the angle in the first quadrant") {
  std::mt19937_64 random(3);
  double worst_error = 0;
  for (int i = 0; i < 100000; ++i) {
    const double y = std::exp2(std::uniform_real_distribution<double>(-30, 30)(random));
    const double x = std::exp2(std::uniform_real_distribution<double>(-30, 30)(random));
    const auto exact = std::atan2(static_cast<long double>(y), static_cast<long double>(x));
    worst_error = std::max(worst_error, error_in_ulps(math::atan2_first_quadrant(y, x), exact));
  }
  for (double x = 0; x <= 1; x += 1e-4) {
    const auto exact = std::atan2(static_cast<long double>(x), static_cast<long double>(1 - x));
    worst_error = std::max(worst_error, error_in_ulps(math::atan2_first_quadrant(x, 1 - x), exact));
  }
  CHECK(worst_error < 4);
  CHECK(math::atan2_first_quadrant(0, 1) == 0.0);
  CHECK(math::atan2_first_quadrant(1, 0) == std::numbers::pi / 2);
  CHECK(math::atan2_first_quadrant(1, 1) == doctest::Approx(std::numbers::pi / 4).epsilon(1e-15));
  CHECK(math::atan2_first_quadrant(smallest, 1) == smallest);
}

}  // namespace math_test
