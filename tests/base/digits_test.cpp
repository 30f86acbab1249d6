#include "sim/base/digits.hpp"

#include <doctest/doctest.h>

namespace digits_test {

using namespace sojourn;

TEST_CASE("as many digits as tell a number from another, and no fewer than asked for") {
  CHECK(digits_apart(1e10, 1e9, 4) == "1e+10");
  CHECK(digits_apart(1.0 / 3, 0, 6) == "0.333333");
  CHECK(digits_apart(1.00000001e9, 1e9, 4) == "1.00000001e+09");
  CHECK(digits_apart(2.0000000001, 2, 6) == "2.0000000001");
  CHECK(digits_apart(1.0000000000000002, 1, 6) == "1.0000000000000002");
  CHECK(digits_apart(-1.00001, -1, 2) == "-1.00001");
  CHECK(digits_apart(2, 2, 6) == "2");
}

}  // namespace digits_test
