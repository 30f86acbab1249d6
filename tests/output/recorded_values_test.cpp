#include "sim/output/recorded_values.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <numeric>
#include <vector>

#include "tests/support/recorded_scenario.hpp"

namespace recorded_values_test {

using namespace sojourn;

namespace {

using Integers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("stocks are by region, age group and attribute, and nobody is left out") {
  const Scenario scenario = test::recorded_scenario();
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  const RunView run = view(simulation);
  const auto stock = std::get<Integers>(stock_values({run, 0, 0}));
  CHECK(stock.size() == 3 * 3 * 2);
  CHECK(std::accumulate(stock.begin(), stock.end(), std::int64_t{0}) == 36000);
}

TEST_CASE("flows are from origin to destination, as the tally of moves from destination to origin") {
  Scenario scenario = test::recorded_scenario({.rate = 3});
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  simulation.advance();
  const RunView run = view(simulation);
  const auto flow = std::get<Integers>(flow_values({run, 0, 1}));
  const std::vector<std::int64_t>& tally = run.flows.dense();
  const std::size_t size = scenario.streams.size() * run.flows.detail_count();
  REQUIRE(flow.size() == 9 * size);
  std::int64_t moves = 0;
  for (std::size_t o = 0; o < 3; ++o) {
    for (std::size_t d = 0; d < 3; ++d) {
      for (std::size_t i = 0; i < size; ++i) {
        CHECK(flow[(o * 3 + d) * size + i] == tally[(d * 3 + o) * size + i]);
        moves += flow[(o * 3 + d) * size + i];
      }
    }
  }
  CHECK(moves == simulation.checks().moves);
  CHECK(moves > 1000);
}

TEST_CASE("without queues nobody waits") {
  const Scenario scenario = test::recorded_scenario();
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  const RunView run = view(simulation);
  CHECK(std::get<Integers>(queue_lengths({run, 0, 0})).empty());
  CHECK(
      std::get<std::vector<double>>(of_queues<double>({run, 0, 0}, [](const auto&) { return 1.0; })).empty());
}

}  // namespace recorded_values_test
