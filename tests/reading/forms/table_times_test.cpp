#include "sim/reading/forms/table_times.hpp"

#include <doctest/doctest.h>

#include <string>

namespace table_times_test {

using sojourn::Between;
using sojourn::parse_table_time;
using sojourn::TableKnots;
using sojourn::TableTime;
using sojourn::to_string;

TEST_CASE("a time in a table is a year or a day") {
  CHECK(parse_table_time("2010") == TableTime{true, 2010});
  CHECK(parse_table_time("1970-01-03") == TableTime{false, 2});
  for (const char* text : {"1970-01-03T00:00:00", "1970-01-03 12:30", "1970-01-03T00:00:00.000Z"}) {
    CAPTURE(text);
    CHECK(parse_table_time(text) == TableTime{false, 2});
  }
  for (const char* text : {"1970-01-03T", "1970-01-03 noon", "1970-01-03-05", "1970-02-30T00:00:00", "", "10",
                           "20100", "0000", "2010-02-30", "2010.0", "May 2010"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_table_time(text).has_value());
  }
}

TEST_CASE("with steps every year has a knot, on 1 January") {
  const TableKnots knots(true, {2012, 2010, 2012}, Between::step);
  CHECK(knots.count() == 3);
  CHECK(knots.label(1) == "2011");
  CHECK(to_string(knots.date(1)) == "2011-01-01");
  CHECK(knots.find(2012) == 2);
  CHECK(to_string(knots.covers_from()) == "2010-01-01");
  CHECK(to_string(knots.covers_until().value()) == "2013-01-01");
}

TEST_CASE("with lines years stand for their middle, and cover all of the first and last") {
  const TableKnots knots(true, {2010, 2015}, Between::linear);
  CHECK(knots.count() == 2);
  CHECK(to_string(knots.date(1)) == "2015-07-01");
  CHECK(to_string(knots.covers_from()) == "2010-01-01");
  CHECK(to_string(knots.covers_until().value()) == "2016-01-01");
}

TEST_CASE("days are instants; with steps the last value holds for ever") {
  const TableKnots steps(false, {100, 0}, Between::step);
  CHECK(to_string(steps.date(0)) == "1970-01-01");
  CHECK(steps.label(1) == "1970-04-11");
  CHECK_FALSE(steps.covers_until().has_value());
  const TableKnots lines(false, {100, 0}, Between::linear);
  CHECK(to_string(lines.covers_until().value()) == "1970-04-11");
}

}  // namespace table_times_test
