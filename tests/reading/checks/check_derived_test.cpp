#include <doctest/doctest.h>

#include <string>

#include "sim/reading/checks/check.hpp"
#include "tests/reading/reading.hpp"

namespace check_derived_test {

using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string told(const std::string& factors, const std::string& after = "") {
  Parts parts;
  parts.before_population = "factors:\n" + factors;
  parts.after_streams = after;
  const Folder folder;
  return mistakes_of(folder, parts.yaml());
}

}  // namespace

TEST_CASE("factors that need each other within a step are told") {
  CHECK(contains(told("  a: {expression: b + 1, unit: \"1\"}\n  b: {expression: a, unit: \"1\"}\n"),
                 "factor 'a' depends on itself within a step"));
  CHECK(contains(told("  a: {expression: a + 1, unit: \"1\"}\n"), "factor 'a' depends on itself"));
  CHECK(told("  a: {expression: b + 1, unit: \"1\"}\n"
             "  b: {expression: x, unit: \"1\", where: {x: {factor: a, lag: 1 month, initial: 0}}}\n")
            .empty());
}

TEST_CASE("a division by zero is told when the scenario is read, where, when and in which variant") {
  const std::string homes = "  homes: {values: {north: 100, south: 0, east: 50}}\n";
  const std::string crowd =
      "  crowd: {expression: people / homes, unit: \"1\", where: {people: {people: all}}}\n";
  CHECK(contains(told(homes + crowd), "factor 'crowd' is infinite (500 divided by 0) in south"));
  CHECK(contains(told("  shut: {values: {north: 0, south: 1, east: 1}}\n"
                      "  x: {expression: \"shut / shut\", unit: \"1\"}\n"),
                 "factor 'x' has no value (0 divided by 0) in north"));
  CHECK(told("  homes: {values: {north: 100, south: 1, east: 50}}\n" + crowd).empty());
  const std::string policy =
      "policies: {shut: {from: 2011-01-01, change: [{what: factors.homes, set: 0, regions: [east]}]}}\n"
      "variants: {baseline: [], shut: [shut]}\n";
  CHECK(contains(told("  homes: {values: {north: 100, south: 1, east: 50}}\n" + crowd, policy),
                 "in east, in the step from 2011-01-01 with the people of the start in variant 'shut'"));
  // A policy on a derived factor that another one divides by.
  CHECK(contains(told("  d: {expression: \"2\", unit: \"1\"}\n  e: {expression: 1 / d, unit: \"1\"}\n",
                      "policies: {none: {from: 2011-01-01, change: [{what: factors.d, set: 0}]}}\n"
                      "variants: {baseline: [], none: [none]}\n"),
                 "factor 'e' is infinite"));
}

TEST_CASE("what has no value is told by name; a whole power of a negative number has one") {
  const auto crowd = [](const std::string& power) {
    return told("  crowd: {expression: ((people - 700) / 700) ^ " + power +
                ", unit: \"1\", where: {people: {people: all}}}\n");
  };
  CHECK(crowd("2").empty());
  CHECK(crowd("-3").empty());
  CHECK(contains(crowd("0.6"),
                 "factor 'crowd' has no value (a negative number to the power 0.6) in south; expected"));
  const auto early = [](const std::string& expression) {
    return told("  a: {values: {north: 1, south: 1, east: -2}}\n  x: {expression: " + expression +
                ", unit: \"1\"}\n");
  };
  CHECK(contains(early("1 + log(a)"), "factor 'x' has no value (the logarithm of -2) in east"));
  CHECK(contains(early("log(a - 1)"), "factor 'x' is infinite (the logarithm of 0) in north"));
  CHECK(contains(early("sqrt(a)"), "factor 'x' has no value (the square root of -2) in east"));
  CHECK(contains(early("exp(1000 * a)"), "is infinite (exp of 1000, which is too large) in north"));
}
}  // namespace check_derived_test
