// What must not be told wrongly; what must be told stands in tests/scenario/broken.

#include <doctest/doctest.h>

#include <string>

#include "reading.hpp"
#include "sim/scenario/check.hpp"

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
  CHECK(contains(told("rate: 1000001 per year"), "the hazard of stream 'a' is 1e+06 per year for people of"));
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

}  // namespace check_hazards_test
