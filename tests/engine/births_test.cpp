#include "sim/engine/births.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace births_test {

using namespace sojourn;

namespace {

std::int64_t sum(const std::vector<std::int64_t>& numbers) {
  std::int64_t total = 0;
  for (const std::int64_t number : numbers) total += number;
  return total;
}

std::vector<std::int64_t> residents_after(const Scenario& scenario, unsigned threads) {
  Workers workers(threads);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  while (!simulation.finished()) simulation.advance();
  const auto residents = simulation.population().residents();
  return {residents.begin(), residents.end()};
}

/// Three regions, women and men, ages 0 to 79, births, deaths and moves.
Scenario busy_world(double persons) {
  Scenario scenario = test::small_scenario(3, "2013-01-01", "1 month", {{"sex", {"female", "male"}}}, 80);
  for (double& number : scenario.population.stayers) number = persons;
  test::add_movers(scenario, 2, 0, 20 * persons, 1, 30);
  test::add_stream(scenario, "labour", 0.1).who.age_from = 15;
  test::add_births(scenario,
                   test::add_age_factor(scenario, "fertility", FactorPlaces::region, false, {0, 15, 30, 50},
                                        {0, 0.1, 0.05, 0, 0, 0.2, 0.1, 0, 0, 0.1, 0.1, 0}));
  test::add_deaths(scenario, test::add_age_factor(scenario, "mortality", FactorPlaces::everywhere, true,
                                                  {0, 1, 60}, {0.1, 0.004, 0.1, 0.2, 0.005, 0.15}));
  return scenario;
}

}  // namespace

TEST_CASE("births are a Poisson number, and of both sexes as their ratio says") {
  Scenario scenario = test::small_scenario(1, "2010-02-01", "1 month", {{"sex", {"female", "male"}}}, 60);
  test::stayers(scenario, 0, 0, 20) = 3000;
  test::stayers(scenario, 0, 1, 20) = 500;
  test::add_births(scenario, test::add_age_factor(scenario, "fertility", FactorPlaces::everywhere, false,
                                                  {0, 15}, {0, 0.3}));
  scenario.output.stock_attributes = {AttributeId{0}};
  const double mean = 3000 * 0.3 * scenario.time.years(Step{0});
  test::Moments births;
  test::Moments girls;
  Workers workers(1);
  for (std::uint32_t i = 0; i < 4000; ++i) {
    Simulation simulation(scenario, scenario.variants[0], {3, i}, workers);
    simulation.advance();
    births.add(static_cast<double>(sum(simulation.vitals().births())));
    girls.add(static_cast<double>(simulation.vitals().births()[0]));
  }
  CHECK(births.mean_sigmas(mean, mean) < test::five_sigma);
  CHECK(births.variance_sigmas(mean) < test::five_sigma);
  CHECK(girls.mean_sigmas(mean * 100 / 205, mean * 100 / 205) < test::five_sigma);
  CHECK(girls.variance_sigmas(mean * 100 / 205) < test::five_sigma);
}

TEST_CASE(
    "the new-born are in the cohort of their year, and exposed to death from a moment of their step on") {
  Scenario scenario = test::small_scenario(1, "2011-02-01", "1 month", {}, 3);
  test::stayers(scenario, 0, 0, 2) = 1e6;
  test::add_births(scenario, 2.0);
  // Only the new-born die, at 6 a year.
  test::add_deaths(
      scenario, test::add_age_factor(scenario, "mortality", FactorPlaces::everywhere, false, {0, 1}, {6, 0}));
  scenario.population.ages = 3;
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  simulation.advance();
  const double years = scenario.time.years(Step{0});
  const auto born = static_cast<double>(sum(simulation.vitals().births()));
  const auto died = static_cast<double>(sum(simulation.vitals().deaths()));
  const double length = 6 * years;
  const double probability = 1 - (1 - std::exp(-length)) / length;
  CHECK(std::abs(died - born * probability) < test::five_sigma * std::sqrt(born * probability));
  const auto residents = simulation.population().residents();
  REQUIRE(residents.size() == 5);
  CHECK(static_cast<double>(residents[3]) == born - died);
  while (!simulation.finished()) simulation.advance();
  CHECK(simulation.population().residents()[4] > 0);  // born in the thirteenth month
}

TEST_CASE("births and deaths have the same bits for any number of threads, and people are conserved") {
  const Scenario scenario = busy_world(2000);
  const auto one = residents_after(scenario, 1);
  CHECK(residents_after(scenario, 2) == one);
  CHECK(residents_after(scenario, 3) == one);
}

TEST_CASE("everybody dies, the movers too, and nobody is left to bear children") {
  Scenario scenario = busy_world(50);
  scenario.parameters[scenario.demography.deaths->hazard.rate.index()].by_group = {1e5};
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  simulation.advance();
  // Children of those who were there when the step began.
  CHECK(sum(simulation.vitals().births()) < 100);
  CHECK(simulation.checks().moves < 20);
  // Who moved in the first step dies later: a move ends an agent's step.
  while (!simulation.finished()) simulation.advance();
  const auto residents = simulation.population().residents();
  CHECK(std::all_of(residents.begin(), residents.end(), [](std::int64_t number) { return number == 0; }));
}

TEST_CASE("people whose births equal their deaths stay as many, whatever the step") {
  constexpr double people = 2e7;
  constexpr double rate = 0.02;
  const auto after_fifty_years = [](const char* step, double births) {
    Scenario scenario = test::small_scenario(1, "2060-01-01", step, {{"sex", {"f", "m"}}}, 80);
    for (double& number : scenario.population.stayers) number = people / 160;
    test::add_births(scenario, births);
    test::add_deaths(scenario, rate);
    return static_cast<double>(sum(residents_after(scenario, 1)));
  };
  // The sum of fifty years of births and deaths has a standard deviation of 0.03 % of the people.
  for (const char* step : {"1 month", "1 quarter", "1 year"}) {
    CAPTURE(step);
    CHECK(after_fifty_years(step, rate) / people == doctest::Approx(1).epsilon(0.0016));
    CHECK(after_fifty_years(step, 2 * rate) / people == doctest::Approx(std::exp(1.0)).epsilon(0.003));
  }
}

TEST_CASE("births have the exposure of deaths where half of all leave in a step") {
  // In a year of rate 0.7 everybody lives 0.72 years on average; the mean of the ends of the step says 0.75.
  Scenario scenario = test::small_scenario(1, "2011-01-01", "1 year", {{"sex", {"f", "m"}}}, 80);
  test::stayers(scenario, 0, 0, 30) = 1e6;
  test::add_births(scenario, test::add_age_factor(scenario, "fertility", FactorPlaces::everywhere, false,
                                                  {0, 15}, {0, 0.1}));
  test::add_deaths(scenario, 0.7);
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  simulation.advance();
  const double mean = 1e6 * 0.1 * 0.5 * (1 + std::exp(-0.7));
  CHECK(std::abs(static_cast<double>(sum(simulation.vitals().births())) - mean) <
        test::five_sigma * std::sqrt(1.1 * mean));
}

TEST_CASE("a population under constant rates comes to grow as Lotka's equation says") {
  Scenario scenario = test::small_scenario(1, "2130-01-01", "1 month", {{"sex", {"female", "male"}}}, 100);
  for (double& number : scenario.population.stayers) number = 20000;
  const std::vector<double> fertility = {0, 0.03, 0.15, 0.09, 0.01, 0};
  const std::vector<double> fertile_from = {0, 15, 20, 30, 40, 50};
  const std::vector<double> mortality = {0.04, 0.002, 0.004, 0.03, 0.15};
  const std::vector<double> mortal_from = {0, 1, 30, 60, 80};
  test::add_births(scenario, test::add_age_factor(scenario, "fertility", FactorPlaces::everywhere, false,
                                                  fertile_from, fertility));
  test::add_deaths(scenario, test::add_age_factor(scenario, "mortality", FactorPlaces::everywhere, false,
                                                  mortal_from, mortality));
  const auto at = [](const std::vector<double>& from, const std::vector<double>& values, double age) {
    const auto above = std::upper_bound(from.begin(), from.end(), age);
    return values[static_cast<std::size_t>(above - from.begin()) - 1];
  };
  const auto daughters = [&](double growth) {
    constexpr double width = 0.01;
    double cumulated = 0;
    double result = 0;
    for (double age = 0.5 * width; age < 50; age += width) {
      cumulated += at(mortal_from, mortality, age) * width;
      result +=
          std::exp(-growth * age - cumulated) * at(fertile_from, fertility, age) * (100.0 / 205) * width;
    }
    return result;
  };
  double low = -0.1;
  double high = 0.1;
  while (high - low > 1e-9) (daughters(0.5 * (low + high)) > 1 ? low : high) = 0.5 * (low + high);

  Workers workers(2);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  const auto people = [&] { return static_cast<double>(simulation.population().noted(Region{0})); };
  while (simulation.steps_done() < std::size_t{80} * 12) simulation.advance();
  const double before = people();
  while (!simulation.finished()) simulation.advance();
  const double growth = std::log(people() / before) / 40;
  // 40 years of births and deaths of some million people: 1e-4 is about five standard deviations; the step of
  // a month adds less.
  CHECK(growth == doctest::Approx(low).scale(1).epsilon(1.5e-4));
}

namespace {

/// Two regions, days, two years from 1 July 2000, of which neither is a calendar year; everybody bears
/// children on the days from `first` to before `last`, and only children below 1 move, from r0 to r1.
Scenario world_of_a_census(const char* first, const char* last) {
  Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {}, 40);
  scenario.time =
      TimeGrid(*parse_date("2000-07-01"), *parse_date("2002-07-01"), Duration{1, Duration::Unit::days});
  for (std::size_t age = 20; age < 40; ++age) test::stayers(scenario, 0, 0, age) = 100;
  Stream& stream = test::add_stream(scenario, "children", 2.0);
  stream.who.age_to = 1;
  stream.who.residences = {true, false};
  const FactorId rate = test::add_factor(scenario, "fertility", FactorPlaces::everywhere, {0, 100, 0});
  scenario.factors[rate.index()].knots = {scenario.time.start(), *parse_date(first), *parse_date(last)};
  test::add_births(scenario, 1.0).hazard.rate_factor = rate;
  scenario.output.relocations_every = 365;
  return scenario;
}

struct SecondYear {
  std::int64_t moves = 0;
  std::int64_t relocations = 0;
};

SecondYear second_year_of(const Scenario& scenario) {
  Workers workers(1);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
  while (simulation.steps_done() < 365) simulation.advance();
  simulation.take_census();
  SecondYear year;
  const std::int64_t before = simulation.checks().moves;
  while (!simulation.finished()) simulation.advance();
  year.moves = simulation.checks().moves - before;
  year.relocations = sum(simulation.relocations().counts());
  return year;
}

}  // namespace

TEST_CASE("who is born on the day of a census was nowhere at it, and who is born on its eve was somewhere") {
  const SecondYear eve = second_year_of(world_of_a_census("2001-06-30", "2001-07-01"));
  CHECK(eve.moves > 100);
  CHECK(eve.relocations == eve.moves);
  const SecondYear day = second_year_of(world_of_a_census("2001-07-01", "2001-07-02"));
  CHECK(day.moves > 100);
  CHECK(day.relocations == 0);
}
}  // namespace births_test
