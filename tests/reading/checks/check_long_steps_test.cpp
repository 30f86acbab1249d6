#include "sim/reading/checks/check.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace check_long_steps_test {

namespace {

using namespace sojourn;

std::string told_of_steps(const std::string& step, const std::string& demography,
                          const std::string& end = "2020-01-01") {
  test::Parts parts;
  parts.time = "time: {start: 2000-01-01, end: " + end + ", step: " + step + "}";
  parts.before_population = "factors: {mortality: {table: m.csv, age: age, value: m, unit: per year}}";
  parts.after_streams = "demography:\n" + demography;
  const test::Folder folder;
  (void)folder.write("m.csv", "age,m\n0,0.05\n1-79,0.01\n80+,0.2\n");
  return test::mistakes_of(folder, parts.yaml());
}

}  // namespace

TEST_CASE("births, and deaths by age, need steps of at most a year") {
  const std::string births = "  births: {rate: 0.02 per year}\n";
  const std::string deaths = "  deaths: {rate: 0.02 per year}\n";
  const std::string by_age = "  deaths: {rate: {factor: mortality}}\n";
  const std::string by_schedule = "  deaths: {rate: 0.02 per year, age: {values: {0: 0.1, 60: 3}}}\n";
  for (const char* step : {"1 year", "12 months", "4 quarters", "1 quarter"}) {
    CAPTURE(step);
    CHECK(told_of_steps(step, births + by_age).empty());
  }
  CHECK(told_of_steps("366 days", births, "2001-01-01").empty());
  CHECK(told_of_steps("5 years", deaths).empty());
  CHECK(
      told_of_steps("5 years", births) ==
      "s.yaml:13:3: steps of 5 years are too long for births: infants would live through them at the rates "
      "of "
      "other ages; expected 'step: 1 year' or a shorter one under 'time' ('output: {every: ...}' may stay as "
      "it is)");
  for (const char* step : {"2 years", "24 months", "8 quarters"}) {
    CAPTURE(step);
    CHECK(told_of_steps(step, births + deaths).find("too long for births") != std::string::npos);
    CHECK(told_of_steps(step, by_age).find("too long for deaths by age") != std::string::npos);
    CHECK(told_of_steps(step, by_schedule).find("too long for deaths by age") != std::string::npos);
  }
}

}  // namespace check_long_steps_test
