#include "sim/base/series.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace series_test {

using namespace sojourn;

// The compiler evaluates them.
static_assert(series::log(1.0L) == 0);
static_assert(series::exp(0.0L) == 1);

TEST_CASE("the series are within 1.5e-19, or some roundings of a long double, of the functions") {
  long double worst_log = 0;
  long double worst_exp = 0;
  for (int i = 1; i < 20000; ++i) {
    const long double x = static_cast<long double>(i) / 1000;
    const long double log = std::log(x);
    worst_log = std::max(worst_log, std::abs(series::log(x) - log) / std::max(std::abs(log), 0.5L));
    for (const long double y : {x, -x}) {
      worst_exp = std::max(worst_exp, std::abs(series::exp(y) / std::exp(y) - 1) / (1 + x));
    }
  }
  CHECK(static_cast<double>(worst_log) < 3e-19);
  CHECK(static_cast<double>(worst_exp) < 3e-19);
}

}  // namespace series_test
