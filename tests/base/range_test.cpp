#include "sim/base/range.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace range_test {

using sojourn::Range;

TEST_CASE("a range holds its ends, unless it begins above the least") {
  const Range share{.least = 0, .most = 1};
  CHECK(share.contains(0));
  CHECK(share.contains(1));
  CHECK_FALSE(share.contains(-1e-300));
  CHECK_FALSE(share.contains(std::nextafter(1.0, 2.0)));
  CHECK_FALSE(share.contains(std::nan("")));
  const Range above{.least = 0, .above_least = true};
  CHECK_FALSE(above.contains(0));
  CHECK(above.contains(1e-300));
  CHECK(Range{}.contains(-1e300));
  CHECK_FALSE(Range{}.contains(std::nan("")));
}

TEST_CASE("a range is told as messages and references tell it") {
  CHECK(to_string(Range{}).empty());
  CHECK(to_string(sojourn::from_zero) == "0 or more");
  CHECK(to_string(Range{.least = 0, .above_least = true}) == "a number above 0");
  CHECK(to_string(Range{.least = 0, .most = 1, .above_least = true}) == "a number above 0 and up to 1");
  CHECK(to_string(Range{.least = 0, .most = 1e9}) == "0 to 1e+09");
  CHECK(to_string(Range{.most = 5}) == "at most 5");
}

}  // namespace range_test
