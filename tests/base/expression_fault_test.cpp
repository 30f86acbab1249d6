#include "sim/base/expression_fault.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace expression_fault_test {

using namespace sojourn;

TEST_CASE("a number remembers a fault through whatever is computed from it") {
  const double none = fault_as_number(ExpressionFault::power_of_negative, 0.6);
  CHECK(std::isnan(none));
  CHECK(fault_in_number(none) == "a negative number to the power 0.6");
  CHECK(fault_in_number(-(2 * none - 7)) == "a negative number to the power 0.6");
  const auto to_the_power = [](double exponent) {
    return fault_in_number(fault_as_number(ExpressionFault::power_of_negative, exponent));
  };
  CHECK(to_the_power(2.0000000001) == "a negative number to the power 2.0000000001");
  CHECK(to_the_power(-3.00001) == "a negative number to the power -3.00001");
  CHECK(to_the_power(2.00000000000001) ==
        "a negative number to a power that is almost 2, and no whole number");
  CHECK(fault_in_number(fault_as_number(ExpressionFault::quotient_by_zero, -0.0)) == "0 divided by 0");
  CHECK(fault_in_number(fault_as_number(ExpressionFault::quotient_by_zero, 1e300)) == "1e+300 divided by 0");
  CHECK(fault_in_number(fault_as_number(ExpressionFault::logarithm, -1e-300)) == "the logarithm of -1e-300");
  CHECK(fault_in_number(fault_as_number(ExpressionFault::product, 0)) == "a product that is too large");
}

TEST_CASE("other numbers remember nothing") {
  for (const double value : {0.0, 3.5, std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::max()}) {
    CHECK(fault_in_number(value).empty());
  }
}

}  // namespace expression_fault_test
