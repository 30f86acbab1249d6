#include "sim/engine/schedule_warnings.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace schedule_warnings_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

/// A hundred old people at the start, and young people who enter.
Parts old_ones(const std::string& age, const std::string& inflow = "age: 20-39") {
  Parts parts;
  parts.population = "population: {stayers: {values: {north: 100, south: 0, east: 0}, age: 70-71}}";
  parts.streams =
      "streams: {go: {who: {age: 15-79}, hazard: {rate: 0.1 per year, age: " + age + "}, destination: {}}}";
  parts.after_streams = "inflow: {w: {number: 12000 per year, into: [north], " + inflow + "}}";
  return parts;
}

std::string warned(const Parts& parts) {
  const Folder folder;
  const Scenario scenario = read(folder, parts.yaml());
  Workers workers(1);
  const StartRates rates = start_rates(StartSketch(scenario, scenario.variants[0], workers));
  std::string text;
  for (const Warning& warning : warnings_of_schedules(scenario, rates))
    text += folder.shortened(to_string(warning)) + '\n';
  return text;
}

}  // namespace

TEST_CASE("a mean over a few who are unlike the many that enter is told, with what to write") {
  CHECK(
      warned(old_ones("{values: {0: 8, 60: 1}}")) ==
      "s.yaml:7:69: warning: the schedule of stream 'go' is divided by 1, its mean over those named at the "
      "start (100 persons of mean age 71.0); over those whom inflow 'w' brings, 24000 persons in the run, of "
      "mean age 30.0, its mean is 8, so that for them the rate is 8 times the one told; this may mean that "
      "the rate was meant as that of those who enter: write 'over: {values: {20-39: 1}}' with the ages of "
      "inflow 'w', 'over: {table: ...}', 'over: everybody', or 'over: as_given' if values are ratios as they "
      "stand; if it is meant, write 'accept: [mean-of-others]'\n");
  CHECK(contains(warned(old_ones("{values: {0: 1, 60: 4}}")), "the rate is 0.25 times the one told"));
  CHECK(contains(warned(old_ones("rogers_castro")), "stream 'go' is divided by 0.003"));
}

TEST_CASE(
    "nothing is told where the mean is alike, is over others by the scenario's word, or the old are more") {
  CHECK(warned(old_ones("flat")).empty());
  CHECK(warned(old_ones("{values: {0: 1.9, 60: 1}}")).empty());
  CHECK(warned(old_ones("{values: {0: 8, 60: 1}, over: {values: {20-39: 1}}}")).empty());
  CHECK(warned(old_ones("{values: {0: 8, 60: 1}, over: everybody}")).empty());
  CHECK(warned(old_ones("{values: {0: 8, 60: 1}, over: as_given}")).empty());
  CHECK(warned(old_ones("{values: {0: 8, 60: 1}}", "age: 0-14")).empty());  // whom the stream does not name
  Parts few = old_ones("{values: {0: 8, 60: 1}}");
  few.population = "population: {stayers: {values: {north: 24000, south: 0, east: 0}, age: 70-71}}";
  CHECK(warned(few).empty());
}

TEST_CASE("only people of a hazard's groups, regions and birth count") {
  Parts parts = old_ones("{values: {0: 8, 60: 1}}", "age: 20-39, sex: {f: 0.01, m: 0.99}");
  parts.before_population = "attributes: {sex: [f, m]}";
  parts.population = "population: {stayers: {values: {north: 300, south: 0, east: 0}, age: 70-71, sex: f}}";
  CHECK_FALSE(warned(parts).empty());
  const std::string of_all = parts.streams;
  parts.streams = of_all;
  parts.streams.replace(parts.streams.find("age: 15-79"), 10, "age: 15-79, sex: f");
  CHECK(warned(parts).empty());  // 240 in two years
  parts.streams = of_all;
  parts.streams.replace(parts.streams.find("age: 15-79"), 10, "foreign_born: false");
  CHECK(warned(parts).empty());
}

TEST_CASE("births, deaths, transitions and outflows are told alike, and several inflows together") {
  Parts parts = old_ones("flat", "age: {20-29: 3, 35-35: 1}, sex: f");
  parts.before_population = "attributes: {sex: [f, m]}";
  parts.population = "population: {stayers: {values: {north: 300, south: 0, east: 0}, age: 70-71, sex: f}}";
  const std::string age = "age: {values: {0: 8, 60: 1}}";
  parts.after_streams += "\ndemography: {deaths: {rate: 0.01 per year, " + age +
                         "}, births: {rate: 0.01 per year, " + age + ", newborn: {sex: inherit}}}" +
                         "\ntransitions: {turn: {who: {sex: f}, becomes: {sex: m}, rate: 0.1 per year, " +
                         age + "}}\noutflow: {out: {rate: 0.1 per year, " + age + "}}";
  const std::string told = warned(parts);
  for (const char* of : {"s.yaml:9:49: warning: the schedule of deaths", "the schedule of births",
                         "the schedule of transition 'turn'", "the schedule of outflow 'out'"}) {
    CHECK_MESSAGE(contains(told, of), told);
  }
  CHECK(contains(told, "'over: {values: {20-29: 3, 35-35: 1}}'"));
  parts.after_streams.replace(parts.after_streams.find("{w: {"), 5,
                              "{v: {number: 100 per year, age: 40-49, sex: f}, w: {");
  CHECK(contains(warned(parts), "over those whom inflows such as 'w' bring, 24600 persons in the run"));
}

}  // namespace schedule_warnings_test
