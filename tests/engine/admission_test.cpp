#include "sim/engine/admission.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <numeric>

#include "sim/engine/simulation.hpp"
#include "tests/support/small_scenario.hpp"

namespace admission_test {

using namespace sojourn;

/// The laws of admission are in tests/plain/limits_test.cpp, for both engines.

TEST_CASE(
    "all streams, regions and inflows are of one order; who was turned away is where it was, as it was") {
  Scenario scenario = test::small_scenario(4, "2012-01-01", "1 year", {{"sex", {"f", "m"}}});
  test::add_stream(scenario, "one", 50, Listed{{Region{3}}}).who.groups = {true, false};
  test::add_stream(scenario, "two", 50, Listed{{Region{3}}}).who.groups = {false, true};
  for (const std::size_t region : {0U, 1U, 2U}) {
    test::stayers(scenario, region, 0) = 1000;
    test::stayers(scenario, region, 1) = 1000;
  }
  test::add_movers(scenario, 2, 1, 1000);
  scenario.output.diaspora_every = 1;
  scenario.output.usual_every = 1;
  scenario.output.year_steps = 1;
  scenario.output.relocations_every = 1;
  test::add_limit(scenario, "quota", 3600);
  test::draw_on(scenario, 0, 0);
  test::draw_on(scenario, 1, 0);
  Inflow& inflow = test::add_inflow(scenario, "new", 1000);
  inflow.into.residences = {false, false, false, true};
  inflow.is_random = false;
  inflow.draws = {{LimitId{0}, test::add_parameter(scenario, "inflow.new.draws.quota", {1})}};
  Workers workers(2);
  Simulation run(scenario, scenario.variants[0], {3, 0}, workers);
  run.advance();
  const auto in = [&](std::size_t region, std::size_t group) {
    return run.population().noted(run.population().cell(Region{region}, Group{group}));
  };
  CHECK(in(3, 0) + in(3, 1) == 3600);
  // Of 8,000 who ask 45 %: 450 of each 1,000, with a deviation of 15.
  for (const std::size_t region : {0U, 1U}) {
    for (const std::size_t group : {0U, 1U}) CHECK(std::abs(in(region, group) - 550) < 80);
  }
  CHECK(std::abs(in(2, 0) - 1100) < 115);
  CHECK(std::abs(run.vitals().inflow()[3] - 450) < 80);
  // Half of the movers were born elsewhere, as before.
  CHECK(std::abs(run.population().diaspora().at(Region{2}, Region{1}) - 550) < 80);
  CHECK(run.limits().accounts()[0].used == 3600);
  run.advance();
  CHECK(in(3, 0) + in(3, 1) == 7200);
}

}  // namespace admission_test
