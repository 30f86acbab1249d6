#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace check_rates_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string told(const std::string& policies, bool with_status = false) {
  const Folder folder;
  Parts parts;
  parts.regions = "regions: [north, south]";
  parts.before_population = "factors: {m: {values: {north: 0.01, south: 0.02}, unit: per year}}";
  const std::string status = with_status ? ", status: {none: 1, worker: 0}" : "";
  parts.population = "population: {stayers: {values: {north: 1000, south: 500}, age: 0-79" + status +
                     "}}\ndemography: {deaths: {rate: {factor: m}}, births: {rate: 0.02 per year" +
                     (with_status ? ", newborn: {status: none}" : "") + "}}";
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

TEST_CASE("numbers of persons are told too: what comes in, and the limits of offices") {
  const auto office = [](const std::string& change) {
    return told(
        "attributes: {status: [none, worker]}\n"
        "transitions: {permit: {who: {status: none}, becomes: {status: worker}, rate: 1 per year, capacity: "
        "{limit: 5, every: month}}}\n"
        "inflow: {abroad: {rate: 10 per year, age: 20-39, status: none}}\n" +
            policy(change),
        true);
  };
  CHECK(
      contains(office("what: transitions.permit.capacity.limit, add: -7"),
               "the limit of transition 'permit' becomes -2 persons per month in the step from 2010-06-01"));
  CHECK(contains(office("what: inflow.abroad.rate, add: -11 per year"),
                 "the rate of inflow 'abroad' becomes -1 persons per year"));
  CHECK(contains(office("what: inflow.abroad.rate, scale: 1e10"), "expected 0 to 1e+09"));
}

}  // namespace check_rates_test
