#include "sim/engine/outlook.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/support/small_scenario.hpp"

namespace outlook_test {

using namespace sojourn;

TEST_CASE("who moves in a step, and who has a record in the end, follow from the rates of the start") {
  Scenario scenario = test::small_scenario(4, "2020-01-01", "1 month");
  test::add_stream(scenario, "move", 3.0);
  scenario.output.diaspora_every = 12;
  for (std::size_t r = 0; r < 4; ++r) test::stayers(scenario, r) = 1e6;
  Workers workers(2);
  const StartSketch sketch(scenario, scenario.variants[0], workers);
  CHECK(sketch.threads() == 2);
  const RunOutlook outlook = foretell(sketch);
  const double dt = scenario.time.years(Step{0});
  CHECK(outlook.agents == doctest::Approx(4e6));
  // A hazard is no probability: of those who would move twice in a step one move is made.
  CHECK(outlook.moves == doctest::Approx(4e6 * (1 - std::exp(-3.0 * dt))));
  CHECK(outlook.hazard_of_move == doctest::Approx(3.0 * dt / (1 - std::exp(-3.0 * dt))));
  CHECK(outlook.most_moves == doctest::Approx(outlook.moves).epsilon(0.01));
  CHECK(outlook.movers_at_start == 0);
  CHECK(outlook.movers_at_end == doctest::Approx(4e6).epsilon(0.01));
  CHECK(outlook.largest_share == doctest::Approx(0.25).epsilon(0.01));
}

}  // namespace outlook_test
