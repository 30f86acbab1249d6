#include "sim/model/measure.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace measure_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

TEST_CASE("what a term measures") {
  CHECK(measured(Measure::level, 6, 2, 3) == 6);
  CHECK(measured(Measure::change_from_start, 6, 2, 3) == 4);
  CHECK(measured(Measure::ratio_to_start, 6, 2, 3) == 3);
  CHECK(measured(Measure::ratio_to_factor, 6, 2, 3) == 2);
  CHECK(transformed(Transform::log, 1) == 0);
  CHECK(transformed(Transform::log1p, 0) == 0);
  CHECK(transformed(Transform::sqrt, 9) == 3);
  CHECK(transformed(Transform::identity, 7) == 7);
}

TEST_CASE("values that differ are standardised to mean 0 and spread 1; others cannot be") {
  const std::vector<double> values = {10, 20, 60};
  const Standard standard = standard_of(values);
  CHECK(standard.differs());
  CHECK(standard.of(30) == doctest::Approx(0));
  double squares = 0;
  for (const double x : values) squares += standard.of(x) * standard.of(x);
  CHECK(squares / 3 == doctest::Approx(1));
  CHECK_FALSE(standard_of(std::vector<double>{5, 5, 5}).differs());
  CHECK_FALSE(standard_of(std::vector<double>{0, 0}).differs());
  // A third, and what rounding makes of it.
  CHECK_FALSE(standard_of(std::vector<double>{0.1 / 0.3, 0.2 / 0.6, 0.7 / 2.1}).differs());
  CHECK(standard_of(std::vector<double>{1, 1 + 1e-9}).differs());
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(standard_of(std::vector<double>{1, nan}).differs());
  CHECK_FALSE(standard_of(std::vector<double>{1e200, 2e200}).differs());  // its square overflows
}

}  // namespace measure_test
