#include "sim/base/anniversary.hpp"

#include <doctest/doctest.h>

#include <chrono>

namespace anniversary_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

Date date_of(const char* text) { return *parse_date(text); }

}  // namespace

TEST_CASE("whole years are counted by the calendar, whatever the lengths of the years") {
  CHECK(whole_years(date_of("2000-07-01"), date_of("2005-07-01")) == 5);
  CHECK(whole_years(date_of("2000-07-01"), date_of("2005-06-30")) == 4);
  CHECK(whole_years(date_of("2000-07-01"), date_of("2000-07-01")) == 0);
  CHECK(whole_years(date_of("2000-07-01"), date_of("1999-07-01")) == 0);
  CHECK(whole_years(date_of("2000-02-29"), date_of("2001-02-28")) == 1);
  CHECK(whole_years(date_of("2000-02-29"), date_of("2004-02-28")) == 3);
  CHECK(whole_years(date_of("2000-02-29"), date_of("2004-02-29")) == 4);
  CHECK(is_anniversary(date_of("2000-02-29"), date_of("2001-02-28")));
  CHECK_FALSE(is_anniversary(date_of("2000-02-29"), date_of("2004-02-28")));
  CHECK_FALSE(is_anniversary(date_of("2000-02-29"), date_of("2000-02-29")));
  CHECK_FALSE(is_anniversary(date_of("2001-02-28"), date_of("2000-02-28")));
}

TEST_CASE("a step belongs to the year in which its middle lies") {
  for (const char* start : {"2000-07-01", "2001-01-01", "2003-02-28", "2004-02-29", "1999-12-31"}) {
    for (const char* step : {"1 day", "2 days", "1 week", "1 month", "1 quarter", "1 year"}) {
      const Duration length = *parse_duration(step);
      const TimeGrid grid(date_of(start), advance(date_of(start), length, 20'000 / (length.count * 30)),
                          length);
      for (std::size_t s = 0; s < grid.steps(); ++s) {
        const Date middle = grid.boundary(s) + (grid.boundary(s + 1) - grid.boundary(s)) / 2;
        std::size_t years = 0;
        while (advance(grid.start(), {1, Duration::Unit::years}, static_cast<int>(years) + 1) <= middle)
          ++years;
        REQUIRE(whole_years(grid, Step{s}) == years);
      }
    }
  }
}

}  // namespace anniversary_test
