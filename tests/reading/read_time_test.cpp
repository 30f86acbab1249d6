#include "sim/reading/read_time.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "tests/reading/reading.hpp"

namespace read_time_test {

using sojourn::read_time;
using sojourn::test::Text;

namespace {

std::string told(const std::string& yaml, const std::optional<std::string>& until = {}) {
  Text text(yaml);
  const auto time = read_time(text.reader, text.node, until);
  CHECK(time.has_value() == text.mistakes().empty());
  return text.mistakes();
}

}  // namespace

TEST_CASE("time has a start, an end and steps") {
  Text text("{start: 2010-01-01, end: 2012-01-01, step: 1 quarter}");
  const auto time = read_time(text.reader, text.node, {});
  REQUIRE(time.has_value());
  CHECK(time->grid.steps() == 8);
  CHECK(sojourn::to_string(time->written_end) == "2012-01-01");
}

TEST_CASE("the end may be brought forward, and what the file says is kept") {
  Text text("{start: 2010-01-01, end: 2012-01-01, step: 1 month}");
  const auto time = read_time(text.reader, text.node, "2010-07-01");
  REQUIRE(time.has_value());
  CHECK(time->grid.steps() == 6);
  CHECK(sojourn::to_string(time->written_end) == "2012-01-01");
}

TEST_CASE("an end off the steps is told with the nearest two") {
  CHECK(told("{start: 2009-01-01, end: 2010-01-15, step: 1 month}") ==
        "s.yaml:1:26: the end 2010-01-15 is no step boundary (steps of 1 month from 2009-01-01); expected "
        "2010-01-01 or "
        "2010-02-01\n");
  CHECK(told("{start: 2010-01-01, end: 2012-01-01, step: 1 month}", "2010-01-05") ==
        "--until: the end 2010-01-05 is no step boundary (steps of 1 month from 2010-01-01); expected "
        "2010-02-01\n");
}

TEST_CASE("an end that is none") {
  CHECK(told("{start: 2010-01-01, end: 2012-01-01, step: 1 month}", "2009-01-01") ==
        "--until: 2009-01-01 is not after the start; expected a date after 2010-01-01\n");
  CHECK(told("{start: 2010-01-01, end: 2010-01-01, step: 1 month}").find("is not after the start") !=
        std::string::npos);
  CHECK(told("{start: 0001-01-01, end: 9999-12-31, step: 1 day}").find("more than 75000 steps") !=
        std::string::npos);
}

TEST_CASE("steps above a year are warned of") {
  const auto warned = [](const std::string& step, const std::string& end = "2020-01-01") {
    Text text("{start: 2010-01-01, end: " + end + ", step: " + step + "}");
    CHECK(read_time(text.reader, text.node, {}).has_value());
    return text.warnings();
  };
  CHECK(warned("2 years") ==
        "s.yaml:1:44: warning: steps of 2 years are longer than a year; this may mean that who comes of age, "
        "moves "
        "twice or dies within a step is not followed; if it is meant, write 'accept: [step-above-a-year]'\n");
  CHECK_FALSE(warned("5 years").empty());
  CHECK_FALSE(warned("13 months", "2019-10-01").empty());
  CHECK(warned("12 months").empty());
  CHECK(warned("1 year").empty());
  CHECK(warned("1 month").empty());
}

}  // namespace read_time_test
