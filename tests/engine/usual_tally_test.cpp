#include "sim/engine/usual_tally.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace usual_tally_test {

using namespace sojourn;

namespace {

Scenario with_rule(std::size_t regions, const std::string& end) {
  Scenario scenario = test::small_scenario(regions, end, "1 month");
  scenario.output.usual_every = 12;
  scenario.output.year_steps = 12;
  return scenario;
}

/// [interval][origin][destination].
std::vector<std::vector<std::int64_t>> flows_of(Simulation& simulation) {
  std::vector<std::vector<std::int64_t>> all;
  UsualTally& usual = simulation.usual();
  while (!simulation.finished()) {
    simulation.advance();
    // As they become final, so that there is room for later ones.
    const std::size_t final_end = (all.size() + 1) * 12 + 12;
    if (simulation.steps_done() >= final_end) all.push_back(usual.take(all.size()));
  }
  while (all.size() < usual.intervals()) all.push_back(usual.take(all.size()));
  return all;
}

}  // namespace

TEST_CASE("a move is counted by its interval, taken back, and nobody moves from nowhere or home") {
  UsualTally tally(with_rule(3, "2014-01-01"));
  CHECK(tally.asked_for());
  CHECK(tally.intervals() == 4);
  const Region nowhere{3};
  tally.add(Region{0}, Region{1}, 11, 5);
  tally.add(Region{0}, Region{1}, 12, 7);
  tally.add(Region{2}, Region{1}, 12, 1);
  tally.add(Region{0}, Region{1}, 11, -2);
  tally.add(nowhere, Region{1}, 12, 9);
  tally.add(Region{1}, Region{1}, 12, 9);
  CHECK(tally.take(0) == std::vector<std::int64_t>{0, 3, 0, 0, 0, 0, 0, 0, 0});
  CHECK(tally.take(1) == std::vector<std::int64_t>{0, 7, 0, 0, 0, 0, 0, 1, 0});
  // The place of interval 0 is that of interval 3 now, and empty.
  CHECK(tally.take(3) == std::vector<std::int64_t>(9, 0));
  CHECK_FALSE(tally.is_settled(5, 16));
  CHECK(tally.is_settled(5, 17));
  CHECK(tally.is_settled(-1, 0));
  CHECK_FALSE(UsualTally(test::small_scenario(2)).asked_for());
}

TEST_CASE("of those who arrive, who stays twelve months is counted, and a return within them is not") {
  constexpr double back = 0.7;
  constexpr double death = 0.2;
  Scenario scenario = with_rule(2, "2013-01-01");
  test::stayers(scenario, 0) = 400000;
  test::add_stream(scenario, "go", 0.3).who.residences = {true, false};
  test::add_stream(scenario, "back", back).who.residences = {false, true};
  test::add_deaths(scenario, death);
  Workers workers(2);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  double expected = 0;
  std::int64_t arrivals = 0;
  const auto flows = [&] {
    std::vector<std::vector<std::int64_t>> all;
    while (!simulation.finished()) {
      (void)simulation.flows().take_rows();
      simulation.advance();
      if (simulation.steps_done() > 12) continue;
      // In the first year everybody's usual residence is region 0. Who leaves twelve steps later has stayed.
      const std::size_t arrived = simulation.steps_done() - 1;
      const double stay = scenario.time.elapsed(arrived + 12) - scenario.time.elapsed(arrived + 1);
      for (const FlowTally::Row& row : simulation.flows().take_rows()) {
        if (row.destination != Region{1}) continue;
        arrivals += row.count;
        expected += static_cast<double>(row.count) * std::exp(-(back + death) * stay);
      }
    }
    for (std::size_t i = 0; i < 3; ++i) all.push_back(simulation.usual().take(i));
    return all;
  }();
  const auto counted = static_cast<double>(flows[0][1]);
  const double p = expected / static_cast<double>(arrivals);
  CHECK(p < 0.5);
  CHECK(std::abs(counted - expected) < test::five_sigma * std::sqrt(expected * (1 - p)));
  // Nobody has settled in region 1 within the first year, so that nobody has moved from it by the rule.
  CHECK(flows[0][2] == 0);
  CHECK(flows[1][2] > 1000);
}

TEST_CASE("the rule changes no move, and is the same for any number of threads") {
  Scenario scenario = with_rule(4, "2014-01-01");
  for (std::size_t r = 0; r < 4; ++r) test::stayers(scenario, r) = 20000;
  test::add_stream(scenario, "go", 0.5);
  test::add_inflow(scenario, "come", 2000);
  const auto result = [&](unsigned threads) {
    Workers workers(threads);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    return flows_of(simulation);
  };
  const auto one = result(1);
  CHECK(one.size() == 4);
  CHECK(result(3) == one);
  for (const auto& flows : one) {
    for (std::size_t r = 0; r < 4; ++r) CHECK(flows[r * 4 + r] == 0);
    for (const std::int64_t count : flows) CHECK(count >= 0);
  }
}

}  // namespace usual_tally_test
