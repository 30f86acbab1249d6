#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/support/jump_process.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace transitions_test {

/// Transitions in whole runs: exact laws, examples of what they express, conservation by cell, and the same
/// bits for any number of threads. The plain engine is beside them in tests/plain/demography_test.cpp.
namespace {

using namespace sojourn;

std::int64_t stock(const Simulation& simulation, std::size_t region, std::size_t group) {
  const Population& population = simulation.population();
  return population.noted(population.cell(Region{region}, Group{group}));
}

void run(Simulation& simulation) {
  while (!simulation.finished()) simulation.advance();
}

/// Regions 0 and 1 with statuses that come and go, moves, births and deaths: everything at once.
Scenario busy_world(double people) {
  Scenario scenario = test::small_scenario(4, "2014-01-01", "1 month",
                                           {{"sex", {"f", "m"}}, {"status", {"out", "in", "done"}}}, 90);
  for (std::size_t r = 0; r < 4; ++r) {
    for (std::size_t g = 0; g < 6; g += 3) {
      for (std::size_t a = 0; a < 90; ++a) test::stayers(scenario, r, g, a) = people;
      for (std::size_t a = 20; a < 40; ++a) test::add_movers(scenario, r, (r + 1) % 4, people, g, a);
    }
  }
  scenario.population.arrival = UniformArrival{10};
  test::add_stream(scenario, "labour", 0.2).who.age_from = 15;
  test::add_stream(scenario, "back", 0.3, BirthRegion{}).hazard.stay = {{0, 2}, {2, 0.5}};
  test::add_transition(scenario, "join", 0.5, 1, 1).who.age_from = 10;
  test::add_transition(scenario, "finish", 0.4, 1, 2).hazard.stay = {{0, 1, 5}, {0.2, 1, 3}};
  test::add_transition(scenario, "lapse", 0.3, 1, 0).who.foreign_born = true;
  scenario.output.diaspora_every = 1;
  test::add_births(scenario, 0.03);
  test::add_deaths(scenario, test::add_age_factor(scenario, "mortality", FactorPlaces::everywhere, false,
                                                  {0, 1, 60}, {0.05, 0.005, 0.05}));
  return scenario;
}

}  // namespace

TEST_CASE("a transition at one rate has happened to 1 - exp(-rate t) of stayers and of movers") {
  for (const bool movers : {false, true}) {
    CAPTURE(movers);
    Scenario scenario = test::small_scenario(2, "2012-01-01", "1 month", {{"status", {"a", "b"}}});
    test::add_stream(scenario, "home", 0.0, BirthRegion{});
    test::add_transition(scenario, "register", 0.7, 0, 1);
    constexpr double people = 200000;
    if (movers) {
      test::add_movers(scenario, 0, 1, people);
    } else {
      test::stayers(scenario, 0) = people;
    }
    Workers workers(1);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    run(simulation);
    const double probability = 1 - std::exp(-0.7 * 2);
    CHECK(test::chi_square_sigmas({stock(simulation, 0, 0), stock(simulation, 0, 1)},
                                  {people * (1 - probability), people * probability}) < test::five_sigma);
    CHECK(simulation.vitals().transitions()[0] == stock(simulation, 0, 1));
    CHECK(simulation.checks().steps_conserved == 24);
    // Nobody with a record has lost it, and nobody got one.
    std::uint64_t records = 0;
    for (std::size_t cell = 0; cell < 4; ++cell) records += simulation.population().movers().count(cell);
    CHECK(records == (movers ? 200000 : 0));
  }
}

TEST_CASE("those who have come lately may choose otherwise than those who settled: two streams by stay") {
  Scenario scenario = test::small_scenario(3, "2010-02-01", "1 month", {}, 60);
  test::add_movers(scenario, 0, 1, 400000, 0, 50);
  scenario.population.arrival = UniformArrival{10};
  test::add_stream(scenario, "lately", 0.5, Listed{{Region{1}}}).hazard.stay = {{0, 4}, {1, 0}};
  test::add_stream(scenario, "settled", 0.5, Listed{{Region{2}}}).hazard.stay = {{0, 4}, {0, 1}};
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  simulation.advance();
  // Of ten years four are within, and in the middle of the step half a month less of those who just came.
  const double moved = 400000 - static_cast<double>(stock(simulation, 0, 0));
  const double years = scenario.time.years(Step{0});
  const double lately = moved * (4 - 0.5 * years) / 10;
  CHECK(std::abs(moved - 400000 * (1 - std::exp(-0.5 * years))) < test::five_sigma * std::sqrt(moved));
  CHECK(std::abs(static_cast<double>(stock(simulation, 1, 0)) - lately) <
        test::five_sigma * std::sqrt(lately));
}

TEST_CASE("two transitions there and back come to the ratio of their rates") {
  Scenario scenario = test::small_scenario(1, "2030-01-01", "1 month", {{"work", {"no", "yes"}}});
  test::stayers(scenario, 0) = 300000;
  test::add_transition(scenario, "hired", 1.5, 0, 1);
  test::add_transition(scenario, "dismissed", 0.5, 0, 0);
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  run(simulation);
  const double share = 1.5 / (1.5 + 0.5);
  CHECK(test::chi_square_sigmas({stock(simulation, 0, 0), stock(simulation, 0, 1)},
                                {300000 * (1 - share), 300000 * share}) < test::five_sigma);
}

TEST_CASE("a procedure for asylum: of those who wait, decisions share themselves out as their rates") {
  Scenario scenario = test::small_scenario(2, "2040-01-01", "1 month",
                                           {{"asylum", {"none", "pending", "recognised", "refused"}}});
  test::stayers(scenario, 0) = 100000;
  Stream& flight = test::add_stream(scenario, "flight", 0.5);
  flight.who.groups = {true, false, false, false};
  flight.who.residences = {true, false};
  flight.becomes = {Group{1}, Group{1}, Group{2}, Group{3}};
  Transition& recognise = test::add_transition(scenario, "recognise", 0.6, 0, 2);
  recognise.who.groups = {false, true, false, false};
  Transition& refuse = test::add_transition(scenario, "refuse", 0.2, 0, 3);
  refuse.who.groups = {false, true, false, false};
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  run(simulation);
  const std::int64_t decided = stock(simulation, 1, 2) + stock(simulation, 1, 3);
  CHECK(decided > 99900);
  CHECK(test::chi_square_sigmas({stock(simulation, 1, 2), stock(simulation, 1, 3)},
                                {0.75 * static_cast<double>(decided), 0.25 * static_cast<double>(decided)}) <
        test::five_sigma);
  const auto& counted = simulation.vitals().transitions();  // of region 0, then of region 1
  CHECK(counted == std::vector<std::int64_t>{0, 0, stock(simulation, 1, 2), stock(simulation, 1, 3)});
}

TEST_CASE("naturalisation happens after years of residence alone, and never to natives") {
  Scenario scenario = test::small_scenario(2, "2020-01-01", "1 month", {{"status", {"foreign", "citizen"}}});
  test::stayers(scenario, 0) = 50000;
  test::stayers(scenario, 1) = 700;
  Stream& labour = test::add_stream(scenario, "labour", 1e5);
  labour.who.residences = {true, false};
  labour.who.foreign_born = false;
  Transition& naturalise = test::add_transition(scenario, "naturalise", 0.5, 0, 1);
  naturalise.who.foreign_born = true;
  naturalise.hazard.stay = {{0, 5}, {0, 1}};
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  std::int64_t after_five = -1;
  while (!simulation.finished()) {
    simulation.advance();
    if (simulation.steps_done() == 60) after_five = stock(simulation, 1, 1);
  }
  CHECK(stock(simulation, 0, 0) == 0);  // all left in the first month
  CHECK(after_five == 0);
  // They arrived at any time of the first month, and had 5 years less half a month to become citizens in.
  const double month = scenario.time.years(Step{0});
  const double probability = 1 - std::exp(-0.5 * (5 - 0.5 * month));
  CHECK(test::chi_square_sigmas({stock(simulation, 1, 0) - 700, stock(simulation, 1, 1)},
                                {50000 * (1 - probability), 50000 * probability}) < test::five_sigma);
}

TEST_CASE(
    "aspiration and ability (Carling 2002): who wants to and can moves, the others stay for one reason or "
    "both") {
  Scenario scenario =
      test::small_scenario(2, "2013-01-01", "1 month", {{"aspires", {"no", "yes"}}, {"able", {"no", "yes"}}});
  constexpr double people = 300000;
  test::stayers(scenario, 0) = people;
  test::add_transition(scenario, "aspire", 0.4, 0, 1);
  test::add_transition(scenario, "enable", 0.3, 1, 1);
  test::add_transition(scenario, "give_up_hope", 0.2, 0, 0);
  Stream& leave = test::add_stream(scenario, "leave", 2.0);
  leave.who.residences = {true, false};
  leave.who.groups = {false, false, false, true};
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  run(simulation);
  // Neither, able, aspiring, both (and in region 0), and moved.
  const std::vector<double> share =
      test::after({1, 0, 0, 0, 0},
                  {{0, 2, 0.4}, {0, 1, 0.3}, {1, 3, 0.4}, {2, 0, 0.2}, {2, 3, 0.3}, {3, 1, 0.2}, {3, 4, 2.0}},
                  scenario.time.elapsed(scenario.time.steps()));
  std::vector<std::int64_t> seen;
  for (std::size_t g = 0; g < 4; ++g) seen.push_back(stock(simulation, 0, g));
  seen.push_back(simulation.population().noted(Region{1}));
  std::vector<double> expected;
  for (const double part : share) expected.push_back(people * part);
  CHECK(test::chi_square_sigmas(seen, expected) < test::five_sigma);
  CHECK(share[4] > 0.1);
}

TEST_CASE("transitions by factor, group, age and region") {
  Scenario scenario =
      test::small_scenario(2, "2010-02-01", "1 month", {{"sex", {"f", "m"}}, {"aware", {"no", "yes"}}}, 60);
  for (std::size_t r = 0; r < 2; ++r) {
    for (std::size_t g = 0; g < 4; g += 2) {
      test::stayers(scenario, r, g, 10) = 50000;
      test::stayers(scenario, r, g, 40) = 50000;
    }
  }
  const FactorId campaign = test::add_factor(scenario, "campaign", FactorPlaces::region, {0, 1.5});
  const ParameterId coefficient = test::add_parameter(scenario, "c", {0.8});
  Transition& hear = test::add_transition(scenario, "hear", 1.0, 1, 1);
  scenario.parameters[hear.hazard.rate.index()].by_group = {1.0, 1.0, 2.0, 2.0};
  hear.who.age_from = 18;
  hear.hazard.push = {
      {"campaign", campaign, Measure::level, {}, Transform::identity, Comparison::origin, coefficient}};
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  run(simulation);
  const double years = scenario.time.years(Step{0});
  for (std::size_t r = 0; r < 2; ++r) {
    for (std::size_t sex = 0; sex < 2; ++sex) {
      const double hazard = (sex == 0 ? 1.0 : 2.0) * std::exp(0.8 * (r == 0 ? 0 : 1.5));
      const double aware = 50000 * (1 - std::exp(-hazard * years));
      CHECK(
          test::chi_square_sigmas({stock(simulation, r, 2 * sex) - 50000, stock(simulation, r, 2 * sex + 1)},
                                  {50000 - aware, aware}) < test::five_sigma);
    }
  }
}

TEST_CASE("transitions, moves, births and deaths have the same bits for any number of threads") {
  const Scenario scenario = busy_world(300);
  const auto result = [&](unsigned threads) {
    Workers workers(threads);
    Simulation simulation(scenario, scenario.variants[0], {3, 0}, workers);
    run(simulation);
    const auto residents = simulation.population().residents();
    std::vector<std::int64_t> all(residents.begin(), residents.end());
    const auto& transitions = simulation.vitals().transitions();
    all.insert(all.end(), transitions.begin(), transitions.end());
    CHECK(simulation.checks().steps_conserved == 48);
    return all;
  };
  const auto one = result(1);
  CHECK(std::accumulate(one.end() - 12, one.end(), std::int64_t{0}) > 1000);
  CHECK(result(2) == one);
  CHECK(result(3) == one);
}

TEST_CASE("a transition changes nothing of a mover's history") {
  Scenario scenario = busy_world(20);
  scenario.streams.clear();
  test::add_stream(scenario, "back", 0.0, BirthRegion{});
  test::add_stream(scenario, "again", 0.0, PreviousRegion{});
  scenario.demography = {};
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {3, 0}, workers);
  const std::vector<std::int64_t> diaspora(simulation.population().diaspora().all().begin(),
                                           simulation.population().diaspora().all().end());
  const auto histories = [&] {
    // [residence][birth][previous][cohort]: how many.
    std::vector<std::int64_t> counts(std::size_t{4} * 4 * 4 * 100);
    const Population& population = simulation.population();
    for (std::size_t cell = 0; cell < scenario.cell_count(); ++cell) {
      for (const Block& block : population.movers().blocks(cell)) {
        for (std::uint64_t i = 0; i < block.size; ++i) {
          const History h = population.layout().unpack(population.movers().read(block, i), block.key);
          ++counts[((cell / 6 * 4 + h.birth.index()) * 4 + h.previous.index()) * 100 + h.cohort.index()];
        }
      }
    }
    return counts;
  };
  const auto before = histories();
  run(simulation);
  CHECK(histories() == before);
  CHECK(std::vector<std::int64_t>(simulation.population().diaspora().all().begin(),
                                  simulation.population().diaspora().all().end()) == diaspora);
  CHECK(simulation.checks().moves == 0);
  const auto& transitions = simulation.vitals().transitions();
  CHECK(std::accumulate(transitions.begin(), transitions.end(), std::int64_t{0}) > 1000);
}

}  // namespace transitions_test
