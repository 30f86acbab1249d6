#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/support/derived_factor.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace feedback_test {

/// Regions that answer back, in whole runs whose end is known.
namespace {

using namespace sojourn;

double people(const Simulation& simulation, std::size_t region) {
  return static_cast<double>(simulation.population().noted(Region{region}));
}

void run(Simulation& simulation) {
  while (!simulation.finished()) simulation.advance();
}

FactorTerm term(const std::string& name, FactorId factor, Transform transform, Comparison comparison,
                ParameterId coefficient) {
  return {name, factor, Measure::level, {}, transform, comparison, coefficient};
}

}  // namespace

TEST_CASE("congestion equalises two regions: people leave in proportion to crowding") {
  // N1 (N1 / C1) = N2 (N2 / C2) where flows balance, so N1 / N2 = sqrt(C1 / C2).
  Scenario scenario = test::small_scenario(2, "2040-01-01", "1 month");
  test::stayers(scenario, 0) = 900000;
  test::stayers(scenario, 1) = 100000;
  const FactorId homes = test::add_factor(scenario, "homes", FactorPlaces::region, {200000, 800000});
  const FactorId crowding =
      test::add_derived(scenario, "crowding", "people / homes",
                        {test::people(scenario, "people"), test::factor_now("homes", homes)});
  const ParameterId one = test::add_parameter(scenario, "one", {1});
  test::add_stream(scenario, "leave", 0.5).hazard.push = {
      term("crowding", crowding, Transform::log, Comparison::origin, one)};
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  run(simulation);
  // One event a step and the numbers of its beginning shift nothing that both regions do not share but the
  // probabilities, 1 - exp(-x) instead of x.
  CHECK(people(simulation, 0) / people(simulation, 1) == doctest::Approx(0.5).epsilon(0.01));
  CHECK(simulation.numbers().factor(crowding).values[0] ==
        doctest::Approx(people(simulation, 0) / 200000).epsilon(0.01));
}

TEST_CASE("wages that fall with the number of workers reach the fixed point") {
  // Regions 1 and 2 get newcomers in proportion to w^g, w = base L^-a, and lose a fixed share of them a year:
  // L1 / L2 = (base1 / base2)^(g / (1 + a g)).
  Scenario scenario = test::small_scenario(3, "2060-01-01", "1 month");
  test::stayers(scenario, 0) = 1e6;
  // As many as in balance, so that no logarithm of 0 is taken at the start.
  test::stayers(scenario, 1) = 50000;
  test::stayers(scenario, 2) = 50000;
  constexpr double a = 0.4;
  constexpr double g = 1.5;
  const FactorId base = test::add_factor(scenario, "base", FactorPlaces::region, {1, 8, 2});
  const FactorId wage =
      test::add_derived(scenario, "wage", "base * workers ^ -0.4",
                        {test::factor_now("base", base), test::people(scenario, "workers")});
  const ParameterId pull = test::add_parameter(scenario, "g", {g}, true);
  Stream& go = test::add_stream(scenario, "go", 0.1, Listed{{Region{1}, Region{2}}});
  go.who.residences = {true, false, false};
  go.destination.pull = {term("wage", wage, Transform::log, Comparison::destination, pull)};
  test::add_stream(scenario, "back", 0.2, Listed{{Region{0}}}).who.residences = {false, true, true};
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  run(simulation);
  const double expected = std::pow(4.0, g / (1 + a * g));
  CHECK(people(simulation, 1) / people(simulation, 2) == doctest::Approx(expected).epsilon(0.01));
}

TEST_CASE("awareness spreads by campaign and by contagion as Bass (1969) says") {
  // dA/dt = (p + q A / N) (N - A), so A(t) / N = (1 - exp(-(p + q) t)) / (1 + q / p exp(-(p + q) t)).
  Scenario scenario = test::small_scenario(2, "2015-01-01", "1 day", {{"aware", {"no", "yes"}}});
  test::stayers(scenario, 0) = 2e6;
  test::stayers(scenario, 1) = 1;
  const FactorId contagion =
      test::add_derived(scenario, "contagion", "0.05 + 1.2 * aware / all",
                        {test::people(scenario, "aware", {false, true}), test::people(scenario, "all")});
  Transition& hear = test::add_transition(scenario, "hear", 1.0, 0, 1);
  hear.hazard.rate_factor = contagion;
  test::add_stream(scenario, "none", 0.0);
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  const auto share = [&] {
    const Population& population = simulation.population();
    return static_cast<double>(population.noted(population.cell(Region{0}, Group{1}))) / 2e6;
  };
  while (!simulation.finished()) {
    simulation.advance();
    if (simulation.steps_done() % 365 != 0) continue;
    const double decay = std::exp(-1.25 * scenario.time.elapsed(simulation.steps_done()));
    CHECK(share() == doctest::Approx((1 - decay) / (1 + 1.2 / 0.05 * decay)).epsilon(0.01));
  }
  CHECK(share() > 0.9);
}

TEST_CASE("unemployment of a simple labour market sends people away until there are jobs enough") {
  // Unemployment is 1 - jobs / workers; the unemployed alone leave, so the stock comes down to the jobs.
  Scenario scenario = test::small_scenario(2, "2050-01-01", "1 month", {}, 60);
  for (std::size_t age = 0; age < 20; ++age) test::stayers(scenario, 0, 0, age) = 10000;
  const FactorId jobs = test::add_factor(scenario, "jobs", FactorPlaces::region, {150000, 1e6});
  const FactorId unemployment =
      test::add_derived(scenario, "unemployment", "max(0, 1 - jobs / max(1, workers))",
                        {test::factor_now("jobs", jobs), test::people(scenario, "workers")});
  Stream& leave = test::add_stream(scenario, "leave", 1.0);
  leave.hazard.rate_factor = unemployment;
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  run(simulation);
  CHECK(people(simulation, 0) == doctest::Approx(150000).epsilon(0.005));
  CHECK(people(simulation, 0) >= 150000 - 1);
}

TEST_CASE("inflow of the last year, as counted by the engine, and the same bits for any number of threads") {
  Scenario scenario = test::small_scenario(3, "2013-01-01", "1 month");
  test::stayers(scenario, 0) = 50000;
  test::stayers(scenario, 1) = 20000;
  test::add_stream(scenario, "work", 0.3);
  test::add_stream(scenario, "study", 0.1);
  const FactorId inflow = test::add_derived(
      scenario, "arrivals", "x", {{"x", FlowInput{FlowInput::Kind::arrivals, {true, false}, 12, 77}, 0}});
  const FactorId outflow = test::add_derived(
      scenario, "departures", "x", {{"x", FlowInput{FlowInput::Kind::departures, {true, true}, 12, 77}, 0}});
  const ParameterId minus = test::add_parameter(scenario, "minus", {-0.1}, true);
  scenario.streams[0].destination.pull = {
      term("arrivals", inflow, Transform::log1p, Comparison::destination, minus)};
  const auto result = [&](unsigned threads) {
    Workers workers(threads);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    std::vector<double> arrived(3);
    std::vector<double> left(3);
    while (simulation.steps_done() < 24) {
      const bool in_second_year = simulation.steps_done() >= 12;
      (void)simulation.flows().take_rows();
      simulation.advance();
      for (const FlowTally::Row& row : simulation.flows().take_rows()) {
        if (!in_second_year) continue;
        if (row.stream == StreamId{0}) arrived[row.destination.index()] += static_cast<double>(row.count);
        left[row.origin.index()] += static_cast<double>(row.count);
      }
    }
    simulation.advance();  // whose numbers look back at that year
    for (std::size_t r = 0; r < 3; ++r) {
      CHECK(simulation.numbers().factor(inflow).values[r] == doctest::Approx(arrived[r]));
      CHECK(simulation.numbers().factor(outflow).values[r] == doctest::Approx(left[r]));
    }
    run(simulation);
    const auto residents = simulation.population().residents();
    return std::vector<std::int64_t>(residents.begin(), residents.end());
  };
  const auto one = result(1);
  CHECK(result(2) == one);
  CHECK(result(3) == one);
}

TEST_CASE(
    "births, deaths, transitions and requests of the last year, as counted by the engine, on any threads") {
  Scenario scenario =
      test::small_scenario(3, "2013-01-01", "1 month", {{"status", {"a", "b"}}}, 50, {"permit"});
  for (std::size_t age = 0; age < 50; ++age) {
    test::stayers(scenario, 0, 0, age) = 4000;
    test::stayers(scenario, 1, 1, age) = 1000;
  }
  test::add_births(scenario, 0.03);
  test::add_deaths(scenario, 0.01);
  test::add_transition(scenario, "permit", 0.4, 0, 1);
  test::add_transition(scenario, "lapse", 0.2, 0, 0);
  test::add_queue(scenario, 0, 300);
  using Kind = FlowInput::Kind;
  const auto add = [&](const std::string& name, Kind kind, std::vector<bool> named) {
    return test::add_derived(scenario, name, "x", {{"x", FlowInput{kind, std::move(named), 12, 77}, 0}});
  };
  const std::vector<FactorId> factors{
      add("births", Kind::births, {true}), add("deaths", Kind::deaths, {true}),
      add("permits", Kind::transitions, {true, false}), add("lapses", Kind::transitions, {false, true}),
      add("requests", Kind::requests, {true})};
  scenario.transitions[1].hazard.rate_factor = test::add_derived(
      scenario, "mood", "0.1 + 0.0001 * x", {{"x", FlowInput{Kind::requests, {true}, 1, 77}, 0}});
  join_queues(scenario);
  const auto counted = [](Simulation& simulation, std::size_t r) {
    const VitalTally& vitals = simulation.vitals();
    return std::vector<std::int64_t>{vitals.births()[r], vitals.deaths()[r], vitals.transitions()[2 * r],
                                     vitals.transitions()[2 * r + 1],
                                     simulation.queues().counts()[r].requests};
  };
  const auto result = [&](unsigned threads) {
    Workers workers(threads);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    for (const FactorId factor : factors)
      CHECK(simulation.numbers().factor(factor).values[0] == doctest::Approx(77));
    while (simulation.steps_done() < 12) simulation.advance();
    std::vector<std::vector<std::int64_t>> before;
    for (std::size_t r = 0; r < 3; ++r) before.push_back(counted(simulation, r));
    while (simulation.steps_done() < 24) simulation.advance();
    std::vector<std::vector<std::int64_t>> after;
    for (std::size_t r = 0; r < 3; ++r) after.push_back(counted(simulation, r));
    simulation.advance();  // whose numbers look back at that year
    for (std::size_t r = 0; r < 3; ++r) {
      for (std::size_t f = 0; f < factors.size(); ++f) {
        CAPTURE(f);
        CHECK(simulation.numbers().factor(factors[f]).values[r] ==
              doctest::Approx(static_cast<double>(after[r][f] - before[r][f])));
      }
    }
    CHECK(after[0][2] - before[0][2] == 12 * 300);
    CHECK(after[0][4] > after[0][2]);
    run(simulation);
    const auto residents = simulation.population().residents();
    return std::vector<std::int64_t>(residents.begin(), residents.end());
  };
  const auto one = result(1);
  CHECK(result(2) == one);
  CHECK(result(3) == one);
}

}  // namespace feedback_test
