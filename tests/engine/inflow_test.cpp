#include "sim/engine/inflow.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/support/derived_factor.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace inflow_test {

using namespace sojourn;

namespace {

std::int64_t sum(const std::vector<std::int64_t>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), std::int64_t{0});
}

void run(Simulation& simulation) {
  while (!simulation.finished()) simulation.advance();
}

}  // namespace

TEST_CASE("a steady inflow and a rate of leaving come to their ratio") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = test::small_scenario(1, "2040-01-01", "1 month", {}, 60);
    test::add_stream(scenario, "none", 0.0);
    test::add_inflow(scenario, "come", 20000);
    test::add_outflow(scenario, "go", 0.5);
    if (records) scenario.output.diaspora_every = 1;
    Workers workers(1);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    run(simulation);
    // Entrants of a step may leave in it: n = (n + f) exp(-h).
    const double h =
        0.5 * scenario.time.elapsed(scenario.time.steps()) / static_cast<double>(scenario.time.steps());
    const double each = 20000 * h / 0.5;
    const double expected = each * std::exp(-h) / (1 - std::exp(-h));
    const auto people = static_cast<double>(simulation.population().noted(Region{0}));
    CHECK(std::abs(people - expected) < test::five_sigma * std::sqrt(expected) + 0.01 * expected);
    CHECK(sum(simulation.vitals().inflow()) - sum(simulation.vitals().outflow()) ==
          static_cast<std::int64_t>(people));
    if (records) {
      CHECK(simulation.population().diaspora().all().size() == 2);
      CHECK(simulation.population().diaspora().at(Region{0}, Region{1}) == static_cast<std::int64_t>(people));
    }
  }
}

TEST_CASE("who was born outside is foreign-born everywhere and has no region to return to") {
  Scenario scenario = test::small_scenario(3, "2014-01-01", "1 month", {}, 60);
  test::stayers(scenario, 1, 0, 20) = 1000;
  test::add_stream(scenario, "home", 5.0, BirthRegion{});
  test::add_stream(scenario, "again", 5.0, PreviousRegion{});
  Stream& foreign = test::add_stream(scenario, "onward", 2.0);
  foreign.who.foreign_born = true;
  foreign.destination.pull = {
      DiasporaTerm{"diaspora", Transform::log1p, test::add_parameter(scenario, "network", {0.5}, true)},
      HomeTerm{"home", test::add_parameter(scenario, "home", {1.0}, true)}};
  test::add_inflow(scenario, "come", 5000).into.residences = {true, false, false};
  Inflow& back = test::add_inflow(scenario, "back", 300);
  back.birth = Region{2};
  back.is_random = false;
  back.into.residences = {false, false, true};
  scenario.output.relocations_every = 12;
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  std::int64_t by_home = 0;
  std::int64_t by_again = 0;
  std::int64_t in_first_year = -1;
  while (!simulation.finished()) {
    simulation.advance();
    for (const FlowTally::Row& row : simulation.flows().take_rows()) {
      by_home += row.stream == StreamId{0} ? row.count : 0;
      by_again += row.stream == StreamId{1} ? row.count : 0;
    }
    if (simulation.steps_done() == 12) {
      in_first_year = sum(simulation.relocations().counts());
      simulation.take_census();
    }
  }
  CHECK(by_home == 0);        // natives of region 2 live there, and do not move
  CHECK(by_again > 1000);     // but who moved within may go back
  CHECK(in_first_year == 0);  // they were nowhere at the start of the year
  CHECK(sum(simulation.relocations().counts()) > 100);
  const DiasporaStock& diaspora = simulation.population().diaspora();
  const Region outside{3};
  std::int64_t people = 0;
  for (std::size_t r = 0; r < 3; ++r) people += diaspora.at(Region{r}, outside);
  CHECK(people + 1000 + 300 * 4 == simulation.population().noted(Region{0}) +
                                       simulation.population().noted(Region{1}) +
                                       simulation.population().noted(Region{2}));
  CHECK(diaspora.at(Region{1}, outside) > 100);
}

TEST_CASE(
    "inflow, outflow, births, deaths and feedback on them: conserved, and the same bits on any threads") {
  Scenario scenario = test::small_scenario(4, "2015-01-01", "1 month", {{"sex", {"f", "m"}}}, 80);
  for (std::size_t r = 0; r < 4; ++r) {
    for (std::size_t a = 0; a < 80; ++a) test::stayers(scenario, r, a % 2, a) = 100;
  }
  test::add_stream(scenario, "labour", 0.2);
  test::add_stream(scenario, "back", 0.3, BirthRegion{});
  Inflow& come = test::add_inflow(scenario, "come", 1000);
  come.groups = {{Group{0}, 0.3}, {Group{1}, 0.7}};
  come.is_random = false;
  Outflow& go = test::add_outflow(scenario, "go", 1.0);
  go.hazard.stay = {{0, 2}, {2, 0.5}};
  go.hazard.rate_factor = test::add_derived(scenario, "leaving", "0.01 + 0.00001 * (in + out)",
                                            {{"in", FlowInput{FlowInput::Kind::inflow, {true}, 12, 1000}, 0},
                                             {"out", FlowInput{FlowInput::Kind::outflow, {true}, 6, 0}, 1}});
  test::add_births(scenario, 0.05);
  test::add_deaths(scenario, 0.01);
  scenario.output.relocations_every = 12;
  const auto result = [&](unsigned threads) {
    Workers workers(threads);
    Simulation simulation(scenario, scenario.variants[0], {3, 0}, workers);
    run(simulation);
    CHECK(simulation.checks().steps_conserved == 60);
    const auto residents = simulation.population().residents();
    std::vector<std::int64_t> all(residents.begin(), residents.end());
    for (const auto* more : {&simulation.vitals().inflow(), &simulation.vitals().outflow()}) {
      all.insert(all.end(), more->begin(), more->end());
    }
    CHECK(sum(simulation.vitals().inflow()) == 4 * 5 * 1000);
    CHECK(sum(simulation.vitals().outflow()) > 1000);
    CHECK(simulation.numbers().factor(go.hazard.rate_factor.value()).values[0] > 0.02);
    return all;
  };
  const auto one = result(1);
  CHECK(result(2) == one);
  CHECK(result(3) == one);
}

}  // namespace inflow_test
