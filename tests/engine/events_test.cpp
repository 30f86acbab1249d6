#include "sim/engine/events.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>

#include "sim/engine/simulation.hpp"
#include "tests/support/small_scenario.hpp"

namespace events_test {

TEST_SUITE_BEGIN("law: agents against exact probabilities");

namespace {

using namespace sojourn;

/// What happened to the agents of one step: moves by stream.
std::array<std::int64_t, 2> moves_of_one_step(const Scenario& scenario, std::uint32_t replicate,
                                              Workers& workers) {
  Simulation simulation(scenario, scenario.variants[0], {scenario.seed, replicate}, workers);
  simulation.advance();
  std::array<std::int64_t, 2> moves{};
  for (const FlowTally::Row& row : simulation.flows().take_rows()) moves.at(row.stream.index()) += row.count;
  return moves;
}

double errors(double count, double trials, double probability) {
  return std::abs(count - trials * probability) / std::sqrt(trials * probability * (1 - probability) + 1e-9);
}

/// Two streams of these rates; one agent of age 30 in region 0, counted, or with a record (born in region 1).
Scenario one_agent(double first, double second, bool record) {
  Scenario scenario = test::small_scenario(3, "2010-02-01", "1 month", {}, 60);
  test::add_stream(scenario, "first", first);
  test::add_stream(scenario, "second", second);
  if (record) {
    scenario.output.diaspora_every = 1;
    test::add_movers(scenario, 0, 1, 1, 0, 30);
  } else {
    test::stayers(scenario, 0, 0, 30) = 1;
  }
  return scenario;
}

void check_one_agent(double first, double second, bool record) {
  Workers workers(1);
  const Scenario scenario = one_agent(first, second, record);
  constexpr int trials = 20000;
  std::array<double, 3> seen{};
  for (std::uint32_t i = 0; i < trials; ++i) {
    const auto moves = moves_of_one_step(scenario, i, workers);
    REQUIRE(moves[0] + moves[1] <= 1);
    ++seen.at(moves[0] == 1 ? 0 : (moves[1] == 1 ? 1 : 2));
  }
  const double sum = first + second;
  const double event = 1 - std::exp(-sum * scenario.time.years(Step{0}));
  CAPTURE(first);
  CAPTURE(second);
  CAPTURE(record);
  CHECK(errors(seen[0], trials, event * first / sum) < 5);
  CHECK(errors(seen[1], trials, event * second / sum) < 5);
  CHECK(errors(seen[2], trials, 1 - event) < 5);
}

}  // namespace

TEST_CASE("one agent, two streams: exact probabilities of each event, counted and with a record") {
  for (const bool record : {false, true}) {
    check_one_agent(0.5, 1.5, record);
    check_one_agent(20, 5, record);    // more than one point in an interval is the rule
    check_one_agent(3, 300, record);   // every mover of the block is tried
    check_one_agent(1e-9, 2, record);  // a stream that as good as never acts
  }
}

TEST_CASE("thinning: agents of one block with different hazards, each with its own probability") {
  // Ages 20 and 40 share a block; their hazards differ by a factor of 8, below the bound for the first.
  Scenario scenario = test::small_scenario(2, "2010-02-01", "1 month", {}, 60);
  scenario.output.diaspora_every = 1;
  scenario.output.flow_by_age = true;
  scenario.output.age_from = {0, 30};
  Stream& stream = test::add_stream(scenario, "move", 4);
  stream.hazard.schedule = AgeTable{{0, 30}, {0.5, 4}};
  stream.hazard.schedule_mean = ScheduleMean::as_given;
  test::add_movers(scenario, 0, 1, 1, 0, 20);
  test::add_movers(scenario, 0, 1, 1, 0, 40);
  Workers workers(1);
  constexpr int trials = 40000;
  std::array<double, 2> moved{};
  double both = 0;
  for (std::uint32_t i = 0; i < trials; ++i) {
    Simulation simulation(scenario, scenario.variants[0], {5, i}, workers);
    simulation.advance();
    const auto rows = simulation.flows().take_rows();
    for (const auto& row : rows) moved.at(row.detail) += static_cast<double>(row.count);
    both += rows.size() == 2 ? 1 : 0;
  }
  const double years = scenario.time.years(Step{0});
  const double young = 1 - std::exp(-4 * 0.5 * years);
  const double old = 1 - std::exp(-4 * 4.0 * years);
  CHECK(errors(moved[0], trials, young) < 5);
  CHECK(errors(moved[1], trials, old) < 5);
  CHECK(errors(both, trials, young * old) < 5);
}

TEST_CASE("a pair of alike records: both, one or none, as if by two separate agents") {
  for (const double rate : {2.0, 40.0}) {
    Scenario scenario = test::small_scenario(2, "2010-02-01", "1 month");
    scenario.output.diaspora_every = 1;
    test::add_stream(scenario, "move", rate);
    test::add_movers(scenario, 0, 1, 2);
    Workers workers(1);
    constexpr int trials = 40000;
    std::array<double, 3> seen{};
    for (std::uint32_t i = 0; i < trials; ++i) {
      ++seen.at(static_cast<std::size_t>(moves_of_one_step(scenario, i, workers)[0]));
    }
    const double p = 1 - std::exp(-rate * scenario.time.years(Step{0}));
    CAPTURE(rate);
    CHECK(errors(seen[2], trials, p * p) < 5);
    CHECK(errors(seen[1], trials, 2 * p * (1 - p)) < 5);
  }
}

TEST_CASE("absurd rates: everybody leaves at once, or nobody in a lifetime of worlds") {
  Workers workers(2);
  for (const bool record : {false, true}) {
    Scenario scenario = test::small_scenario(2, "2010-02-01", "1 month");
    if (record) scenario.output.diaspora_every = 1;
    test::add_stream(scenario, "move", 1e6);
    test::stayers(scenario, 0) = 100000;
    test::stayers(scenario, 1) = 7;
    if (record) test::add_movers(scenario, 0, 1, 5000);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    simulation.advance();
    CHECK(simulation.checks().moves == (record ? 105007 : 100007));
    CHECK(simulation.population().recounted(Region{0}) == 7);
  }
  Scenario scenario = test::small_scenario(2, "2010-02-01", "1 month");
  test::add_stream(scenario, "move", 1e-18);
  test::stayers(scenario, 0) = 1e10;
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  simulation.advance();
  CHECK(simulation.checks().moves == 0);
  CHECK(simulation.population().recounted(Region{0}) == 10'000'000'000);
}

TEST_CASE("return goes to the region of birth, and nobody at home returns") {
  Scenario scenario = test::small_scenario(4, "2010-02-01", "1 month");
  test::add_stream(scenario, "return", 1e4, BirthRegion{});
  test::stayers(scenario, 0) = 1000;
  test::add_movers(scenario, 0, 2, 300);
  test::add_movers(scenario, 1, 3, 20);
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  simulation.advance();
  const auto rows = simulation.flows().take_rows();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].origin == Region{0});
  CHECK(rows[0].destination == Region{2});
  CHECK(rows[0].count == 300);
  CHECK(rows[1].destination == Region{3});
  CHECK(rows[1].count == 20);
}

TEST_CASE("a mover arrives as what its stream makes of it") {
  Scenario scenario = test::small_scenario(2, "2010-02-01", "1 month", {{"status", {"citizen", "worker"}}});
  Stream& stream = test::add_stream(scenario, "labour", 1e5);
  stream.who.groups = {true, false};
  stream.becomes = {Group{1}, Group{1}};
  test::stayers(scenario, 0, 0) = 50;
  test::stayers(scenario, 0, 1) = 9;
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  simulation.advance();
  const auto residents = simulation.population().residents();
  CHECK(residents[0] == 0);
  CHECK(residents[1] == 9);
  CHECK(residents[2] == 0);
  CHECK(residents[3] == 50);
}

TEST_SUITE_END();

}  // namespace events_test
