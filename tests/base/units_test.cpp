#include "sim/base/units.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

namespace units_test {

using sojourn::parse_in_unit;
using sojourn::parse_length_km;
using sojourn::parse_number;
using sojourn::parse_rate;
using sojourn::parse_whole_number;
using sojourn::to_text;
using sojourn::with_commas;

TEST_CASE("numbers are decimal, whole and finite") {
  CHECK(parse_number("12") == 12);
  CHECK(parse_number("-0.5") == -0.5);
  CHECK(parse_number("+3") == 3);
  CHECK(parse_number("1e6") == 1e6);
  CHECK(parse_number("0.1") == 0.1);
  CHECK(parse_number(".5") == 0.5);
  CHECK(parse_number("1.7976931348623157e308") == 1.7976931348623157e308);
  for (const char* text : {"", "+", "-", "+-3", "1,000", "1 000", "12 ", " 12", "0x10", "nan", "inf", "-inf",
                           "1e999", "1e", "twelve", "1_000", "3%"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_number(text).has_value());
  }
}

TEST_CASE("whole numbers are digits") {
  CHECK(parse_whole_number("0") == 0U);
  CHECK(parse_whole_number("9007199254740992") == 9007199254740992U);
  for (const char* text : {"", "-1", "+1", "1.0", "9007199254740993", "99999999999999999999", "a"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_whole_number(text).has_value());
  }
}

TEST_CASE("rates are kept per year") {
  CHECK(parse_rate("0.004 per year") == 0.004);
  CHECK(parse_rate("0.3 per month") == 0.3 * 12);
  CHECK(parse_rate("1 per quarter") == 4);
  CHECK(parse_rate("1 per week") == 365.25 / 7);
  CHECK(parse_rate("2  per  day") == 2 * 365.25);
  CHECK(parse_rate("-1 per year") == -1);
  for (const char* text : {"0.004", "per year", "0.004 per", "0.004 per years", "0.004 year", "x per year",
                           "1e308 per day", "0.004per year"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_rate(text).has_value());
  }
}

TEST_CASE("of persons a rate may say so") {
  using sojourn::parse_persons_per_year;
  CHECK(parse_persons_per_year("400 per year") == 400);
  CHECK(parse_persons_per_year("400 persons per year") == 400);
  CHECK(parse_persons_per_year("100 persons  per month") == 1200);
  for (const char* text :
       {"400 persons", "persons per year", "400 people per year", "400 persons persons per year"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_persons_per_year(text).has_value());
  }
}

TEST_CASE("a number may carry its unit, a rate another one of rates") {
  CHECK(parse_in_unit("12 USD per month", "USD per month") == 12);
  CHECK(parse_in_unit(" -1e3  % ", "%") == -1000);
  CHECK(parse_in_unit("0.3 per year", "per year") == 0.3);
  CHECK(parse_in_unit("0.3 per month", "per year") == 0.3 * 12);
  CHECK(parse_in_unit("6 per year", "per month") == 0.5);
  CHECK(parse_in_unit("5 100 km", "100 km") == 5);
  for (const char* text :
       {"12", "12 USD", "12 USD per year", "USD per month", "12 per month", "x USD per month",
        "12USD per month", "12 usd per month", "1 2 USD per month", ""}) {
    CAPTURE(text);
    CHECK_FALSE(parse_in_unit(text, "USD per month").has_value());
  }
  CHECK_FALSE(parse_in_unit("5100 km", "100 km").has_value());
}

TEST_CASE("lengths are kept in kilometres") {
  CHECK(parse_length_km("120 km") == 120);
  CHECK(parse_length_km("0.5km") == 0.5);
  CHECK(parse_length_km("800 m") == 0.8);
  for (const char* text : {"120", "km", "120 miles", "120 km 3", ""}) {
    CAPTURE(text);
    CHECK_FALSE(parse_length_km(text).has_value());
  }
}

TEST_CASE("a number as text is read as the same number") {
  for (const double number : {0.1, -3.0, 1e22, 1.0 / 3, 5e-324, 123456789.0})
    CHECK(parse_number(to_text(number)) == number);
  CHECK(to_text(0.1) == "0.1");
}

TEST_CASE("numbers have commas") {
  CHECK(with_commas(std::int64_t{0}) == "0");
  CHECK(with_commas(std::int64_t{999}) == "999");
  CHECK(with_commas(std::int64_t{1000}) == "1,000");
  CHECK(with_commas(std::int64_t{8200000000}) == "8,200,000,000");
  CHECK(with_commas(std::int64_t{-123}) == "-123");
  CHECK(with_commas(std::int64_t{-123456}) == "-123,456");
}

}  // namespace units_test
