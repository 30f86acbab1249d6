// What must not be told wrongly; what must be told stands in tests/reading/broken.

#include <doctest/doctest.h>

#include <string>

#include "sim/reading/checks/check.hpp"
#include "tests/reading/reading.hpp"

namespace check_hazards_test {

using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string told(const std::string& hazard, const std::string& who = "{}") {
  const Folder folder;
  Parts parts;
  parts.before_population = "factors: {x: {values: {north: 10, south: 20, east: 60}}, one: {value: 2}}";
  parts.streams = "streams: {a: {who: " + who + ", hazard: {" + hazard + "}, destination: {}}}";
  return mistakes_of(folder, parts.yaml());
}

}  // namespace

TEST_CASE("large hazards are numbers like others, up to a million a year") {
  CHECK(told("rate: 1000 per year").empty());
  CHECK(told("rate: 1000000 per year").empty());
  CHECK(
      contains(told("rate: 1000001 per year"), "the hazard of stream 'a' is 1000001 per year for people of"));
}

TEST_CASE("push terms count as the model takes them") {
  // exp(0.25 * 60) is 3.3e6, exp(0.2 * 60) is 1.6e5.
  CHECK(told("rate: 1 per year, push: [{factor: x, coefficient: 0.2}]").empty());
  CHECK(contains(told("rate: 1 per year, push: [{factor: x, coefficient: 0.25}]"),
                 "is 3.3e+06 per year for people of east"));
  CHECK(told("rate: 1 per year, push: [{factor: x, coefficient: 0.25}]", "{residence: [north, south]}")
            .empty());
  CHECK(
      told(
          "rate: 1 per year, push: [{factor: x, coefficient: 0.25}, {factor: x, name: y, coefficient: -0.1}]")
          .empty());
  CHECK(told("rate: 1 per year, push: [{factor: x, as: log, coefficient: 3}]").empty());
  CHECK(contains(told("rate: 1 per year, push: [{factor: x, as: log, coefficient: 4}]"), "people of east"));
  // (60 - 30) / 21.6 is 1.39 standard deviations.
  CHECK(told("rate: 1 per year, push: [{factor: x, as: standardised, coefficient: 9}]").empty());
  CHECK(contains(told("rate: 1 per year, push: [{factor: x, as: standardised, coefficient: 10}]"),
                 "people of east"));
  CHECK(told("rate: 1 per year, push: [{factor: x, measure: change_from_start, coefficient: 100}]").empty());
  CHECK(told("rate: 1 per year, push: [{factor: x, measure: {ratio_to: one}, coefficient: 0.4}]").empty());
  CHECK(contains(told("rate: 1 per year, push: [{factor: one, as: sqrt, coefficient: 500}]"),
                 "is 1.2e+307 per year for people of north"));
  CHECK(contains(told("rate: 1 per year, push: [{factor: one, coefficient: 500}]"),
                 "is infinite for people of north"));
}

TEST_CASE("the term that makes a hazard too large is told at its own place") {
  const std::string text = told(
      "rate: 1 per year, push: [{factor: one, coefficient: 0.1}, {factor: x, coefficient: 0.3}, {factor: x, "
      "name: y, "
      "coefficient: -0.01}]");
  CHECK(contains(text, ", of which the term 'x' makes exp(18); expected a smaller coefficient, or"));
  const std::string alone = told("rate: 2e6 per year, push: [{factor: one, coefficient: -0.1}]");
  CHECK(contains(alone, "; expected a smaller rate"));
  // Not at the same place.
  CHECK(text.substr(0, text.find(": the")) != alone.substr(0, alone.find(": the")));
}

TEST_CASE("ages that are taken as given and ratios by stay count") {
  const std::string age = "rate: 0.1 per year, age: {values: {0: 1, 20: 1e308}, over: as_given}";
  CHECK(contains(told(age),
                 "is 1e+307 per year for people of north in the step from 2010-01-01; expected a smaller "
                 "rate, or smaller ratios by 'age' and 'stay'"));
  CHECK(told(age, "{age: 0-19}").empty());
  CHECK(told("rate: 0.1 per year, age: {values: {0: 1, 20: 1e100}}").empty());  // the mean is 1
  CHECK(contains(told("rate: 0.1 per year, stay: [{from: 0 years, ratio: 1e300}]"), "is 1e+299 per year"));
  CHECK(told("rate: 0.1 per year, stay: [{from: 0 years, ratio: 1e6}]").empty());
}

TEST_CASE("a rate by table counts for those who live where it is large") {
  const Folder folder;
  const auto with = [&](const std::string& who) {
    Parts parts;
    parts.before_population = "factors: {x: {values: {north: 10, south: 20, east: 1e9}, unit: per year}}";
    parts.streams = "streams: {a: {" + who + "hazard: {rate: {factor: x}}, destination: {}}}";
    return mistakes_of(folder, parts.yaml());
  };
  CHECK(contains(with(""), "is 1e+09 per year for people of east"));
  CHECK(with("who: {residence: [north, south]}, ").empty());
}

}  // namespace check_hazards_test
