#include <doctest/doctest.h>

#include <string>

#include "sim/reading/checks/check.hpp"
#include "tests/reading/reading.hpp"

namespace check_schedules_test {

using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string told(const std::string& demography) {
  Parts parts;
  parts.population += "\n" + demography;
  const Folder folder;
  return mistakes_of(folder, parts.yaml());
}

}  // namespace

TEST_CASE("a schedule of births or deaths that is 0 for all who are named has no mean") {
  const std::string zero =
      "the schedule is 0 at all ages of the people whose mean it shall have; expected a value above 0 for "
      "some of them, or 'over: as_given'";
  CHECK(told("demography: {deaths: {rate: 0.01 per year, age: {values: {0: 0, 90: 1}}}}").find(zero) !=
        std::string::npos);
  CHECK(told("demography: {births: {who: {age: 15-49}, rate: 0.01 per year, age: {values: {0: 1, 15: 0, 50: "
             "1}}}}")
            .find(zero) != std::string::npos);
  CHECK(told("demography: {deaths: {rate: 0.01 per year, age: {values: {0: 0, 70: 1}}}}").empty());
}

namespace {

/// Foreign workers who enter at 20 to 39, and those who are there at the start.
std::string told_of_workers(const std::string& number, const std::string& age_of_workers,
                            const std::string& age, const std::string& more = "") {
  Parts parts;
  parts.regions = "regions: [n, s]";
  parts.before_population = "attributes: {status: [citizen, worker]}";
  parts.population =
      "population:\n  stayers:\n    - {values: {n: 5000, s: 50}, age: 0-79, status: citizen}\n    - "
      "{values: {n: " +
      number + ", s: 0}, age: " + age_of_workers + ", status: worker}";
  parts.streams = "streams: {go: {who: {status: worker}, hazard: {rate: 0.1 per year, age: " + age +
                  "}, destination: {}}}";
  parts.after_streams =
      "inflow: {w: {number: 12000 per year, into: [n], age: 20-39, status: worker}}\n" + more;
  const Folder folder;
  return mistakes_of(folder, parts.yaml());
}

bool tells(const std::string& told, const std::string& part) { return told.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a mean over nobody, or a few, is a mistake that says what to write") {
  const std::string none = told_of_workers("0", "30-30", "rogers_castro");
  CHECK(tells(
      none,
      "the mean of the schedule of stream 'go' is made 1 over those named at the start: nobody; expected "
      "at least 100 persons; or"));
  CHECK(tells(none,
              "'age: {rogers_castro: standard, over: {values: {20-39: 1}}}' with the ages of inflow 'w'"));
  CHECK(tells(told_of_workers("1", "70-70", "rogers_castro"), "over those named at the start: 1 person;"));
  CHECK(tells(told_of_workers("99", "20-39", "rogers_castro"), "over those named at the start: 99 persons;"));
  CHECK(told_of_workers("100", "20-39", "rogers_castro").empty());
  SUBCASE("and what it says to write is right") {
    for (const char* over : {"{values: {20-39: 1}}", "everybody", "as_given"}) {
      CAPTURE(over);
      CHECK(told_of_workers("1", "70-70", std::string("{rogers_castro: standard, over: ") + over + "}")
                .empty());
    }
  }
  SUBCASE("nothing is said of a schedule that is flat") {
    CHECK(told_of_workers("0", "30-30", "flat").empty());
  }
}

TEST_CASE("the same holds for transitions, outflows, births and deaths") {
  const std::string age = "{values: {0: 1, 30: 2}}";
  const std::string over = "{values: {0: 1, 30: 2}, over: {values: {0-79: 1}}}";
  for (const std::string& given : {age, over}) {
    const bool right = given == over;
    CAPTURE(given);
    const std::string change = told_of_workers(
        "0", "30-30", "flat",
        "transitions: {lapse: {who: {status: worker}, becomes: {status: citizen}, rate: 0.1 per year, age: " +
            given + "}}");
    CHECK(right == change.empty());
    CHECK(right != tells(change, "of transition 'lapse' is made 1 over those named at the start: nobody"));
    const std::string leave =
        told_of_workers("0", "30-30", "flat",
                        "outflow: {home: {who: {status: worker}, rate: 0.1 per year, age: " + given + "}}");
    CHECK(right == leave.empty());
    CHECK(right != tells(leave, "of outflow 'home' is made 1 over those named at the start: nobody"));
    const std::string births =
        told_of_workers("0", "30-30", "flat",
                        "demography: {births: {who: {status: worker}, rate: 0.1 per year, age: " + given +
                            ", newborn: {status: citizen}}}");
    CHECK(right == births.empty());
    CHECK(right != tells(births, "of births is made 1 over those named at the start: nobody"));
  }
  const auto deaths = [](const std::string& number, const std::string& schedule) {
    Parts parts;
    parts.population =
        "population:\n  stayers: {values: {north: " + number + ", south: 0, east: 0}, age: 0-79}";
    parts.after_streams = "demography: {deaths: {rate: 0.01 per year, age: " + schedule + "}}";
    const Folder folder;
    return mistakes_of(folder, parts.yaml());
  };
  CHECK(tells(deaths("20", age), "of deaths is made 1 over those named at the start: 20 persons"));
  CHECK_FALSE(tells(deaths("20", age), "'over: everybody'"));
  CHECK(deaths("20", over).empty());
  CHECK(deaths("200", age).empty());
}

TEST_CASE("with 'region', each region that is named needs people of its own") {
  Parts parts;
  parts.population = "population:\n  stayers: {values: {north: 1000, south: 7, east: 0}, age: 0-79}";
  const auto told_of = [&](const std::string& who) {
    parts.streams =
        "streams: {go: {" + who +
        "hazard: {rate: 0.1 per year, age: {rogers_castro: standard, over: region}}, destination: {}}}";
    const Folder folder;
    return mistakes_of(folder, parts.yaml());
  };
  CHECK(tells(told_of(""),
              "over those named at the start in each region: 7 persons in south and nobody in east;"));
  CHECK(told_of("who: {residence: north}, ").empty());
}

TEST_CASE("a standard population must have someone of the ages that are named") {
  Parts parts;
  const auto told_of = [&](const std::string& who) {
    parts.streams =
        "streams: {go: {who: {age: " + who +
        "}, hazard: {rate: 0.1 per year, age: {rogers_castro: standard, over: {values: {20-39: 1}}}}, "
        "destination: {}}}";
    const Folder folder;
    return mistakes_of(folder, parts.yaml());
  };
  CHECK(tells(told_of("0-14"),
              "stream 'go': the standard population of 'over' has nobody of the ages that 'who' names"));
  CHECK(told_of("15-24").empty());
}

}  // namespace check_schedules_test
