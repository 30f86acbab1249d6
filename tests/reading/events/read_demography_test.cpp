#include "sim/reading/events/read_demography.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_demography_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Parts parts_with(const std::string& demography, const std::string& factors = "") {
  Parts parts;
  parts.regions = "regions: [north, south]";
  parts.before_population = "attributes: {sex: [f, m], status: [citizen, worker]}\n" + factors;
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500}, sex: {f: 0.5, m: 0.5}, status: citizen, "
      "age: "
      "0-79}\n" +
      demography;
  return parts;
}

Scenario with_demography(const std::string& demography) {
  const Folder folder;
  return read(folder, parts_with(demography).yaml());
}

std::string told(const std::string& demography, const std::string& factors = "",
                 const std::string& table = "") {
  const Folder folder;
  folder.write("m.csv", table);
  return mistakes_of(folder, parts_with(demography, factors).yaml());
}

}  // namespace

TEST_CASE("without the section nobody is born and nobody dies") {
  const Scenario s = with_demography("");
  CHECK_FALSE(s.demography.births.has_value());
  CHECK_FALSE(s.demography.deaths.has_value());
  CHECK(s.cohort_count() == s.population.ages);
}

TEST_CASE("crude rates, and groups of the new-born") {
  const Scenario s = with_demography(
      "demography:\n"
      "  births: {who: {sex: f, age: 15-49}, rate: 0.1 per year, newborn: {sex: {f: 100, m: 105}, status: "
      "inherit}}\n"
      "  deaths: {rate: {by: sex, f: 0.01 per year, m: 0.02 per year}}\n");
  REQUIRE(s.demography.births.has_value());
  const Births& births = *s.demography.births;
  CHECK(births.who.groups == std::vector<bool>{true, true, false, false});
  CHECK(births.who.age_from == 15);
  // Parent f, worker: children f or m, workers.
  REQUIRE(births.newborn[1].size() == 2);
  CHECK(births.newborn[1][0].group == Group{1});
  CHECK(births.newborn[1][0].probability == doctest::Approx(100.0 / 205));
  CHECK(births.newborn[1][1].group == Group{3});
  CHECK(births.newborn[1][1].probability == doctest::Approx(105.0 / 205));
  CHECK(s.parameters[births.hazard.rate.index()].name == "demography.births.rate");
  REQUIRE(s.demography.deaths.has_value());
  const Parameter& deaths = s.parameters[s.demography.deaths->hazard.rate.index()];
  CHECK(deaths.name == "demography.deaths.rate");
  CHECK(deaths.by_group == std::vector<double>{0.01, 0.01, 0.02, 0.02});
  CHECK(s.cohort_count() > s.population.ages);
}

TEST_CASE("every attribute of the new-born must be told") {
  CHECK(contains(told("demography: {births: {rate: 0.01 per year}}\n"), "'births' needs 'newborn'"));
  CHECK(contains(told("demography: {births: {rate: 0.01 per year, newborn: {sex: f}}}\n"),
                 "'newborn' needs 'status'"));
  CHECK(
      contains(told("demography: {births: {rate: 0.01 per year, newborn: {sex: {f: 0}, status: inherit}}}\n"),
               "the weights sum to 0"));
  CHECK(contains(told("demography: {births: {rate: 0.01 per year, newborn: {sex: x, status: inherit}}}\n"),
                 "there is no value of sex 'x'"));
}

TEST_CASE("unknown keys are told") {
  CHECK(contains(told("demography: {death: {rate: 0.01 per year}}\n"), "did you mean deaths?"));
}

TEST_CASE("deaths by age need a last age without an end, and a unit of rates") {
  const std::string factor = "factors: {m: {table: m.csv, age: age, value: mx, unit: per year}}\n";
  const std::string deaths = "demography: {deaths: {rate: {factor: m}}}\n";
  CHECK(told(deaths, factor, "age,mx\n0-4,0.1\n5+,0.2\n").empty());
  CHECK(contains(told(deaths, factor, "age,mx\n0-4,0.1\n5-9,0.2\n"),
                 "nobody dies from age 10 on by factor 'm'"));
  CHECK(contains(
      told(deaths, "factors: {m: {table: m.csv, age: age, value: mx}}\n", "age,mx\n0-4,0.1\n5+,0.2\n"),
      "factor 'm' is in '1' and cannot be a rate"));
}

}  // namespace read_demography_test
