#include "sim/reading/factors/read_factors.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_factors_test {

using sojourn::Factor;
using sojourn::FactorPlaces;
using sojourn::Scenario;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Factor only_factor(const std::string& definition,
                   const std::string& regions = "regions: [north, south, east]") {
  const Folder folder;
  Parts parts;
  parts.regions = regions;
  parts.before_population = "attributes: {sex: [female, male], status: [x, y]}\nfactors:\n  f: " + definition;
  parts.population =
      "population:\n  stayers: {values: {north: 1, south: 1, east: 1}, sex: female, status: x}";
  return read(folder, parts.yaml()).factors.at(0);
}

}  // namespace

TEST_CASE("a constant is everywhere and always") {
  const Factor f = only_factor("{value: -3.5, unit: EUR}");
  CHECK(f.name == "f");
  CHECK(f.unit == "EUR");
  CHECK(f.places == FactorPlaces::everywhere);
  CHECK(f.values == std::vector<double>{-3.5});
  CHECK(f.knots.size() == 1);
}

TEST_CASE("inline values by region, in the order of the regions") {
  const Factor f = only_factor("{values: {south: 2, east: 3, north: 1}}");
  CHECK(f.places == FactorPlaces::region);
  CHECK_FALSE(f.by_group);
  CHECK(f.unit == "1");
  CHECK(f.values == std::vector<double>{1, 2, 3});
}

TEST_CASE("inline values by an attribute are by group") {
  const Factor f = only_factor("{by: sex, values: {male: 2, female: 1}}");
  CHECK(f.places == FactorPlaces::everywhere);
  CHECK(f.by_group);
  CHECK(f.values == std::vector<double>{1, 1, 2, 2});
}

TEST_CASE("great-circle distances are symmetric, 0 on the diagonal") {
  const Factor f = only_factor("{pairs: great_circle, unit: km}",
                               "regions: {north: {latitude: 1, longitude: 0}, south: {latitude: 0, "
                               "longitude: 0}, east: {latitude: 0, longitude: 2}}");
  CHECK(f.places == FactorPlaces::pair);
  REQUIRE(f.values.size() == 9);
  CHECK(f.values[0] == 0);
  CHECK(f.values[1] == doctest::Approx(111.19508).epsilon(1e-6));
  CHECK(f.values[1] == f.values[3]);
  CHECK(f.values[5] == doctest::Approx(2 * f.values[1]));
}

TEST_CASE("one map describes a factor however it is given: a value is a number, or the column of it") {
  const sojourn::KeyMap all = sojourn::factor_definition_map();
  for (const char* name :
       {"value", "values", "by", "pairs", "table", "ATTRIBUTE", "expression", "where", "unit"}) {
    CAPTURE(name);
    REQUIRE(find(all, name) != nullptr);
    CHECK(find(all, name)->need == sojourn::Need::optional);
  }
  CHECK(find(all, "value")->form == sojourn::Form::column);
}

}  // namespace read_factors_test
