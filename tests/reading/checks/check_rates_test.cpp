#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace check_rates_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string told(const std::string& policies) {
  const Folder folder;
  Parts parts;
  parts.regions = "regions: [north, south]";
  parts.before_population = "factors: {m: {values: {north: 0.01, south: 0.02}, unit: per year}}";
  parts.population =
      "population: {stayers: {values: {north: 1000, south: 500}, age: 0-79}}\n"
      "demography: {deaths: {rate: {factor: m}}, births: {rate: 0.02 per year}}";
  parts.streams = "streams: {a: {hazard: {rate: 0.01 per year}, destination: {}}}\n" + policies;
  return mistakes_of(folder, parts.yaml());
}

std::string policy(const std::string& change) {
  return "policies: {p: {from: 2010-06-01, change: [{" + change + "}]}}\nvariants: {with: [p]}";
}

}  // namespace

TEST_CASE("rates that a policy makes negative are told, of streams, births and deaths") {
  CHECK(told("").empty());
  CHECK(told(policy("what: demography.deaths.rate, scale: 0.5")).empty());
  CHECK(told(policy("what: demography.births.rate, set: 0.03 per year")).empty());
  CHECK(contains(told(policy("what: streams.a.hazard.rate, add: -0.02 per year")),
                 "the rate of stream 'a' becomes -0.01 per year"));
  CHECK(contains(told(policy("what: demography.births.rate, add: -0.03 per year")),
                 "the rate of births becomes -0.01 per year"));
  CHECK(contains(told(policy("what: factors.m, add: -0.015")), "the rate of deaths becomes -0.005 per year"));
  CHECK(contains(told(policy("what: demography.deaths.rate, scale: -1")), "in variant 'with'"));
}

}  // namespace check_rates_test
