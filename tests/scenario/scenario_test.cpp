#include "sim/scenario/scenario.hpp"

#include <doctest/doctest.h>

#include "tests/support/small_scenario.hpp"

namespace scenario_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

TEST_CASE("the persons at the start are told apart by whether they have moved before") {
  StartPopulation population;
  population.stayers = {1, 2.5, 3};
  population.movers = {{.persons = 4}, {.persons = 0.5}};
  CHECK(population.persons().stayers == 6.5);
  CHECK(population.persons().movers == 4.5);
}

TEST_CASE("who enters and was born in no region is of one birth more") {
  Scenario scenario = test::small_scenario();
  const std::size_t regions = scenario.region_count();
  CHECK(scenario.birth_count() == regions);
  scenario.inflows.push_back({.name = "abroad", .birth = Region{0}});
  CHECK(scenario.birth_count() == regions);
  scenario.inflows.push_back({.name = "elsewhere", .birth = std::nullopt});
  CHECK(scenario.birth_count() == regions + 1);
}

}  // namespace scenario_test
