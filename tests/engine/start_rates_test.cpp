#include "sim/engine/start_rates.hpp"

#include <doctest/doctest.h>

#include "tests/support/small_scenario.hpp"

namespace start_rates_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

StartRates rates_at_start(const Scenario& scenario) {
  Workers workers(1);
  return start_rates(StartSketch(scenario, scenario.variants[0], workers));
}

Births births_of(Scenario& scenario, double rate) {
  Births births;
  births.who = test::everybody(scenario);
  births.hazard.rate = test::add_parameter(scenario, "demography.births.rate", {rate});
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) births.newborn.push_back({{Group{g}, 1.0}});
  return births;
}

Deaths deaths_of(Scenario& scenario, double rate) {
  Deaths deaths;
  deaths.who = test::everybody(scenario);
  deaths.hazard.rate = test::add_parameter(scenario, "demography.deaths.rate", {rate});
  return deaths;
}

}  // namespace

TEST_CASE("rates at the start are the hazards of all, by group, births and deaths first") {
  Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {{"sex", {"f", "m"}}}, 2);
  Stream& go = test::add_stream(scenario, "go", 0.1);
  go.who.groups[1] = false;
  test::add_outflow(scenario, "out", 0.02);
  test::add_inflow(scenario, "in", 150);
  scenario.demography.births = births_of(scenario, 0.03);
  scenario.demography.births->who.groups[1] = false;
  scenario.demography.deaths = deaths_of(scenario, 0.01);
  test::stayers(scenario, 0, 0, 1) = 600;
  test::stayers(scenario, 1, 1, 1) = 400;
  const StartRates rates = rates_at_start(scenario);
  CHECK(rates.all_persons() == 1000);
  CHECK(rates.persons == std::vector<double>{600, 400});
  REQUIRE(rates.rates.size() == 4);
  CHECK(rates.rates[0].label() == "births");
  CHECK(rates.rates[1].label() == "deaths");
  CHECK(rates.rates[2].label() == "stream 'go'");
  CHECK(rates.rates[3].label() == "outflow 'out'");
  CHECK(rates.rates[0].events[0] == doctest::Approx(18));
  CHECK(rates.rates[0].events[1] == 0);
  CHECK(rates.rates[0].concerned[1] == 0);
  CHECK(rates.rates[1].events[1] == doctest::Approx(4));
  CHECK(rates.rates[2].for_each_concerned() == doctest::Approx(0.1));
  CHECK(rates.rates[2].events[0] == doctest::Approx(60));
  CHECK(rates.rates[3].events[0] == doctest::Approx(12));
  REQUIRE(rates.inflows.size() == 1);
  CHECK(rates.inflows[0].persons == 300);  // into each of two regions
}

TEST_CASE("many agents, and several persons for each, give the same rates") {
  Scenario scenario = test::small_scenario(2);
  test::add_stream(scenario, "go", 0.1);
  scenario.persons_per_agent = 10;
  test::stayers(scenario, 0) = 4e7;
  test::add_movers(scenario, 1, 0, 2e7);
  const StartRates rates = rates_at_start(scenario);
  CHECK(rates.all_persons() == doctest::Approx(6e7));
  CHECK(rates.rates[0].events[0] == doctest::Approx(6e6));
  CHECK(rates.rates[0].concerned[0] == doctest::Approx(6e7));
}

TEST_CASE("nobody has no rates") {
  Scenario scenario = test::small_scenario(2);
  test::add_stream(scenario, "go", 0.1);
  const StartRates rates = rates_at_start(scenario);
  CHECK(rates.all_persons() == 0);
  CHECK(rates.rates[0].for_each_concerned() == 0);
}

}  // namespace start_rates_test
