#include "sim/scenario/scenario.hpp"

#include <doctest/doctest.h>

#include <cstddef>

#include "tests/support/small_scenario.hpp"

namespace scenario_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

TEST_CASE("the persons at the start are told apart by whether they have moved before") {
  StartPopulation population;
  population.stayers = {1, 2.5, 3};
  population.movers.resize(2);
  population.movers[0].persons = 4;
  population.movers[1].persons = 0.5;
  CHECK(population.persons().stayers == 6.5);
  CHECK(population.persons().movers == 4.5);
}

TEST_CASE("who enters and was born in no region is of one birth more") {
  Scenario scenario = test::small_scenario(3);
  const std::size_t regions = scenario.region_count();
  CHECK(scenario.birth_count() == regions);
  scenario.inflows.resize(2);
  scenario.inflows[0].birth = Region{0};
  scenario.inflows[1].birth = Region{0};
  CHECK(scenario.birth_count() == regions);
  scenario.inflows[1].birth.reset();
  CHECK(scenario.birth_count() == regions + 1);
}

}  // namespace scenario_test
