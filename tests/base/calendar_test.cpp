#include "sim/base/calendar.hpp"

#include <doctest/doctest.h>

#include <string>

namespace calendar_test {

using sojourn::advance;
using sojourn::Date;
using sojourn::Duration;
using sojourn::parse_date;
using sojourn::parse_duration;
using sojourn::Step;
using sojourn::TimeGrid;
using sojourn::to_string;
using sojourn::years_between;

namespace {
Date day(const std::string& text) { return parse_date(text).value(); }
Duration length(const std::string& text) { return parse_duration(text).value(); }
}  // namespace

TEST_CASE("a date is read only if the calendar has it") {
  CHECK(to_string(day("2010-01-31")) == "2010-01-31");
  CHECK(to_string(day("2000-02-29")) == "2000-02-29");
  CHECK(to_string(day("0001-01-01")) == "0001-01-01");
  CHECK(to_string(day("9999-12-31")) == "9999-12-31");
  for (const char* text :
       {"2010-02-29", "1900-02-29", "2010-13-01", "2010-00-10", "2010-01-00", "0000-01-01", "2010-1-1",
        "2010/01/01", "20100101", "", "2010-01-01 ", "+010-01-01", "2010-01--1", "10000-01-01"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text).has_value());
  }
  CHECK(sojourn::to_days(day("1970-01-02")) == 1);
}

TEST_CASE("a duration is a whole number from 1 and a unit") {
  CHECK(length("6 months") == Duration{6, Duration::Unit::months});
  CHECK(length("1 year") == Duration{1, Duration::Unit::years});
  CHECK(length("1 quarters") == Duration{1, Duration::Unit::quarters});
  CHECK(length("10days") == Duration{10, Duration::Unit::days});
  CHECK(to_string(length("1 week")) == "1 week");
  CHECK(to_string(length("2 week")) == "2 weeks");
  for (const char* text : {"", "month", "0 months", "-1 month", "1.5 years", "1 decade", "1 month ",
                           "99999999999 days", "10001 years", "one month"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_duration(text).has_value());
  }
}

TEST_CASE("months keep the day of the month, or take the last one there is") {
  CHECK(advance(day("2010-01-31"), length("1 month")) == day("2010-02-28"));
  CHECK(advance(day("2010-01-31"), length("1 month"), 2) == day("2010-03-31"));
  CHECK(advance(day("2012-02-29"), length("1 year")) == day("2013-02-28"));
  CHECK(advance(day("2012-02-29"), length("1 year"), 4) == day("2016-02-29"));
  CHECK(advance(day("2010-11-30"), length("1 quarter")) == day("2011-02-28"));
  CHECK(advance(day("2010-03-31"), length("1 month"), -1) == day("2010-02-28"));
  CHECK(advance(day("2010-12-31"), length("2 weeks")) == day("2011-01-14"));
  CHECK(advance(day("2012-02-28"), length("1 day"), 2) == day("2012-03-01"));
  CHECK(advance(day("2010-01-01"), length("1 month"), 0) == day("2010-01-01"));
}

TEST_CASE("years between dates count the days of each calendar year") {
  CHECK(years_between(day("2010-01-01"), day("2013-01-01")) == doctest::Approx(3).epsilon(1e-15));
  CHECK(years_between(day("2011-01-01"), day("2011-07-02")) == 182.0 / 365);
  CHECK(years_between(day("2012-01-01"), day("2012-07-01")) == 182.0 / 366);
  CHECK(years_between(day("2011-12-31"), day("2012-01-02")) == 1.0 / 365 + 1.0 / 366);
  CHECK(years_between(day("2012-07-01"), day("2012-01-01")) == -182.0 / 366);
  CHECK(years_between(day("2012-07-01"), day("2012-07-01")) == 0);
}

TEST_CASE("a grid has a boundary at each step, and years that add up to calendar years") {
  const TimeGrid grid(day("2011-01-31"), day("2013-01-31"), length("1 month"));
  CHECK(grid.steps() == 24);
  CHECK(grid.start() == day("2011-01-31"));
  CHECK(grid.end() == day("2013-01-31"));
  CHECK(grid.boundary(1) == day("2011-02-28"));
  CHECK(grid.boundary(2) == day("2011-03-31"));
  CHECK(grid.boundary(13) == day("2012-02-29"));
  CHECK(grid.years(Step(0)) == 28.0 / 365);
  CHECK(grid.years(Step(12)) == 29.0 / 366);
  CHECK(grid.elapsed(0) == 0);
  CHECK(grid.elapsed(24) == doctest::Approx(2).epsilon(1e-14));
  CHECK(grid.middle(Step(0)) == 14.0 / 365);
  CHECK(grid.boundary_at(day("2011-03-31")) == 2);
  CHECK_FALSE(grid.boundary_at(day("2011-03-30")).has_value());
  CHECK_FALSE(grid.boundary_at(day("2020-01-31")).has_value());
}

TEST_CASE("the nearest ends are the boundaries on either side") {
  const auto nearest = [](const char* start, const char* end, const char* step) {
    const auto ends = sojourn::nearest_ends(day(start), day(end), length(step));
    return to_string(ends.before) + ' ' + to_string(ends.after);
  };
  CHECK(nearest("2010-01-01", "2010-03-15", "1 month") == "2010-03-01 2010-04-01");
  CHECK(nearest("2010-01-01", "2010-03-01", "1 month") == "2010-03-01 2010-03-01");
  CHECK(nearest("2010-01-01", "2010-01-10", "1 year") == "2010-01-01 2011-01-01");
  CHECK(nearest("2010-01-31", "2110-02-27", "1 month") == "2110-01-31 2110-02-28");
  CHECK(nearest("2010-01-01", "2310-01-02", "3 weeks") == "2309-12-17 2310-01-07");
  CHECK(nearest("2010-01-01", "2009-01-01", "1 day") == "2010-01-01 2010-01-01");
  // By going through the steps one by one.
  for (int days = 1; days < 3000; days += 7) {
    const Date end = day("2011-08-31") + std::chrono::days(days);
    int i = 0;
    while (advance(day("2011-08-31"), length("1 month"), i + 1) <= end) ++i;
    const auto ends = sojourn::nearest_ends(day("2011-08-31"), end, length("1 month"));
    CHECK(ends.before == advance(day("2011-08-31"), length("1 month"), i));
    CHECK((ends.after == ends.before || ends.after == advance(day("2011-08-31"), length("1 month"), i + 1)));
  }
}

}  // namespace calendar_test
