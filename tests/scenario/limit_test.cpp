#include "sim/scenario/limit.hpp"

#include <doctest/doctest.h>

#include <string>

namespace limit_test {

using namespace sojourn;

TEST_CASE("days, months, quarters and years have numbers of their own") {
  const auto of = [](Period period, const std::string& date) { return period_of(period, *parse_date(date)); };
  CHECK(of(Period::month, "2010-01-31") + 1 == of(Period::month, "2010-02-01"));
  CHECK(of(Period::month, "2009-12-31") + 1 == of(Period::month, "2010-01-31"));
  CHECK(of(Period::quarter, "2010-01-01") == of(Period::quarter, "2010-03-31"));
  CHECK(of(Period::quarter, "2010-03-31") + 1 == of(Period::quarter, "2010-04-01"));
  CHECK(of(Period::quarter, "2009-12-31") + 1 == of(Period::quarter, "2010-01-01"));
  CHECK(of(Period::year, "2010-12-31") == 2010);
  CHECK(of(Period::day, "2009-12-31") + 1 == of(Period::day, "2010-01-01"));
}

}  // namespace limit_test
