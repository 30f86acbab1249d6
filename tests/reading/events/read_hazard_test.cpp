#include "sim/reading/events/read_hazard.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace read_hazard_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string yaml_with(const std::string& hazard) {
  Parts parts;
  parts.regions = "regions: {north: {latitude: 60, longitude: 25}, south: {latitude: 50, longitude: 25}}";
  parts.before_population =
      "factors:\n"
      "  leaving: {values: {north: 0.01, south: 0.02}, unit: per year}\n"
      "  wage: {values: {north: 10, south: 20}, unit: EUR}\n"
      "  distance: {pairs: great_circle, unit: per year}\n"
      "  by_age: {table: t.csv, age: age, value: rate, unit: per year}\n"
      "  below: {values: {north: 0.01, south: -0.02}, unit: per year}";
  parts.population = "population: {stayers: {values: {north: 1000, south: 500}, age: 0-79}}";
  parts.streams = "streams: {a: {hazard: {" + hazard + "}, destination: {}}}";
  return parts.yaml();
}

std::string told(const std::string& hazard) {
  const Folder folder;
  folder.write("t.csv", "age,rate\n0-19,0.01\n20+,0.05\n");
  return mistakes_of(folder, yaml_with(hazard));
}

}  // namespace

TEST_CASE("a rate may be a factor, which policies scale by the parameter") {
  const Folder folder;
  folder.write("t.csv", "age,rate\n0-19,0.01\n20+,0.05\n");
  const Scenario s = read(folder, yaml_with("rate: {factor: by_age}"));
  const Hazard& hazard = s.streams[0].hazard;
  REQUIRE(hazard.rate_factor.has_value());
  CHECK(s.factors[hazard.rate_factor->index()].name == "by_age");
  CHECK(s.factors[hazard.rate_factor->index()].age_from == std::vector<double>{0, 20});
  CHECK(s.parameters[hazard.rate.index()].by_group == std::vector<double>{1});
  CHECK(hazard.by_age());
  CHECK(told("rate: {factor: leaving}, age: rogers_castro").empty());
}

TEST_CASE("factors that cannot be rates are told") {
  CHECK(contains(told("rate: {factor: wage}"), "factor 'wage' is in 'EUR' and cannot be a rate"));
  CHECK(contains(told("rate: {factor: distance}"), "factor 'distance' varies over pairs of regions"));
  CHECK(contains(told("rate: {factor: leavin}"), "did you mean leaving?"));
  CHECK(contains(told("rate: {factor: by_age}, age: rogers_castro"), "varies by age, and so has a schedule"));
  CHECK(contains(told("rate: {factor: below}"),
                 "'factors.below', the rate of stream 'a', becomes -0.02 per year"));
}

TEST_CASE("a factor by age is no term") {
  CHECK(contains(told("rate: 0.1 per year, push: [{factor: by_age, coefficient: 1}]"),
                 "factor 'by_age' varies by age, which terms cannot"));
}

}  // namespace read_hazard_test
