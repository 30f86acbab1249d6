#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/output/run_view.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace life_table_test {

/// Deaths by age as a statistician would count them, against what a table of rates says: whatever the step,
/// and by both engines.
namespace {

using namespace sojourn;

const std::vector<double> mortal_ages = {0, 1, 5, 15, 60, 80};
const std::vector<double> table_mortality = {0.05, 0.004, 0.001, 0.004, 0.03, 0.15};
const std::vector<double> fertile_ages = {0, 15, 20, 25, 30, 35, 40, 45, 50};
const std::vector<double> table_fertility = {0, 0.05, 0.15, 0.15, 0.10, 0.05, 0.02, 0.005, 0};

/// A region in which all bear children, so many people of each age from 0 to 59 at the start.
Scenario world_of_lives(const std::string& end, const std::string& step, double people) {
  Scenario scenario = test::small_scenario(1, end, step, {}, 60);
  for (double& number : scenario.population.stayers) number = people / 60;
  test::add_births(scenario, 1.0).hazard.rate_factor =
      test::add_age_factor(scenario, "f", FactorPlaces::everywhere, false, fertile_ages, table_fertility);
  test::add_deaths(scenario, test::add_age_factor(scenario, "m", FactorPlaces::everywhere, false, mortal_ages,
                                                  table_mortality));
  scenario.output.stock_by_age = true;
  scenario.output.age_from = mortal_ages;
  return scenario;
}

double table_rate(const std::vector<double>& from, const std::vector<double>& rates, double age) {
  const auto above = std::upper_bound(from.begin(), from.end(), age);
  return rates[static_cast<std::size_t>(above - from.begin()) - 1];
}

/// What is known of a population after some years.
struct LifeCounts {
  double people = 0;
  double births = 0;
  double deaths = 0;
  double infant_deaths = 0;
  double infants = 0;
};

/// The cohort-component method in twelfths of a year, cohorts being as short as steps.
LifeCounts lives_computed(int years, double people) {
  constexpr std::size_t parts = 12;
  constexpr std::size_t ages = 121 * parts;
  constexpr double length = 1.0 / parts;
  std::vector<double> alive(ages);
  std::fill_n(alive.begin(), 60 * parts, people / (60 * parts));
  const auto middle = [](std::size_t a) { return (static_cast<double>(a) + 0.5) / parts; };
  const auto births_of = [&] {
    double sum = 0;
    for (std::size_t a = 0; a < ages; ++a)
      sum += alive[a] * table_rate(fertile_ages, table_fertility, middle(a));
    return 0.5 * length * sum;
  };
  LifeCounts known;
  for (std::size_t step = 0; step < static_cast<std::size_t>(years) * parts; ++step) {
    double births = births_of();
    for (std::size_t a = ages - 1; a > 0; --a) {
      // Half of the step at one age, half at the next.
      const double before = 0.5 * length * table_rate(mortal_ages, table_mortality, middle(a - 1));
      const double after = 0.5 * length * table_rate(mortal_ages, table_mortality, middle(a));
      const double deaths = alive[a - 1] * (1 - std::exp(-before - after));
      known.deaths += deaths;
      if (a <= parts) known.infant_deaths += a < parts ? deaths : deaths * before / (before + after);
      alive[a] = alive[a - 1] - deaths;
    }
    alive[0] = 0;
    births += births_of();
    const double hazard = length * table_mortality[0];
    const double deaths = births * (1 - (1 - std::exp(-hazard)) / hazard);
    alive[0] = births - deaths;
    known.births += births;
    known.deaths += deaths;
    known.infant_deaths += deaths;
  }
  for (const double number : alive) known.people += number;
  for (std::size_t a = 0; a < parts; ++a) known.infants += alive[a];
  return known;
}

RunView lives_seen(Simulation& run) { return view(run); }
RunView lives_seen(plain::Engine& run) { return run.view(); }

template <class Run>
LifeCounts lives_simulated(const Scenario& scenario) {
  Workers workers(1);
  Run run(scenario, scenario.variants[0], {1, 0}, workers);
  while (!run.finished()) run.advance();
  const RunView seen = lives_seen(run);
  LifeCounts known;
  known.births = static_cast<double>(seen.vitals.births()[0]);
  for (const std::int64_t number : seen.vitals.deaths()) known.deaths += static_cast<double>(number);
  known.infant_deaths = static_cast<double>(seen.vitals.deaths()[0]);
  for (const std::int64_t number : seen.residents) known.people += static_cast<double>(number);
  const Cohorts cohorts(scenario);
  const auto last_year = static_cast<std::size_t>(scenario.time.elapsed(scenario.time.steps()) - 0.5);
  const Cohort youngest = cohorts.newborn(last_year);
  known.infants = static_cast<double>(seen.residents[youngest.index()]);
  return known;
}

}  // namespace

TEST_CASE("fifty years of births and deaths by age, by months, quarters and years") {
  constexpr double people = 3e8;
  const LifeCounts right = lives_computed(50, people);
  for (const char* step : {"1 month", "1 quarter", "1 year"}) {
    CAPTURE(step);
    const LifeCounts seen = lives_simulated<Simulation>(world_of_lives("2060-01-01", step, people));
    MESSAGE(step << ": people " << seen.people / right.people - 1 << ", deaths "
                 << seen.deaths / right.deaths - 1 << ", of infants "
                 << seen.infant_deaths / right.infant_deaths - 1 << ", infants "
                 << seen.infants / right.infants - 1);
    CHECK(seen.people == doctest::Approx(right.people).epsilon(0.002));
    CHECK(seen.births == doctest::Approx(right.births).epsilon(0.002));
    CHECK(seen.deaths == doctest::Approx(right.deaths).epsilon(0.002));
    CHECK(seen.infant_deaths == doctest::Approx(right.infant_deaths).epsilon(0.02));
    CHECK(seen.infants == doctest::Approx(right.infants).epsilon(0.005));
  }
}

TEST_CASE("ten years of births and deaths by age of the plain engine") {
  constexpr double people = 300000;
  const LifeCounts right = lives_computed(10, people);
  for (const char* step : {"1 quarter", "1 year"}) {
    CAPTURE(step);
    const LifeCounts seen = lives_simulated<plain::Engine>(world_of_lives("2020-01-01", step, people));
    CHECK(std::abs(seen.people - right.people) < test::five_sigma * std::sqrt(right.births + right.deaths));
    CHECK(std::abs(seen.deaths - right.deaths) < test::five_sigma * std::sqrt(right.deaths));
    CHECK(std::abs(seen.infant_deaths - right.infant_deaths) <
          test::five_sigma * std::sqrt(right.infant_deaths) + 0.01 * right.infant_deaths);
  }
}

TEST_CASE("nobody dies at ages at which the rate is 0, and nobody moves at ages that are not named") {
  const auto check = [](auto& run) {
    while (!run.finished()) run.advance();
    const RunView seen = lives_seen(run);
    // Under 60, and from then on; movers under 20, to 40, to 60, and older.
    CHECK(seen.vitals.deaths()[0] + seen.vitals.deaths()[1] + seen.vitals.deaths()[2] == 0);
    CHECK(seen.vitals.deaths()[3] > 1000);
    for (const FlowTally::Row& row : seen.flows.take_rows()) CHECK(row.detail == 1);
  };
  for (const char* step : {"1 month", "1 quarter", "1 year"}) {
    CAPTURE(step);
    Scenario scenario = test::small_scenario(2, "2012-01-01", step, {}, 90);
    for (double& number : scenario.population.stayers) number = 500;
    Stream& move = test::add_stream(scenario, "move", 0.2);
    move.who.age_from = 20;
    move.who.age_to = 40;
    test::add_deaths(
        scenario, test::add_age_factor(scenario, "m", FactorPlaces::everywhere, false, {0, 60}, {0, 0.05}));
    scenario.output.stock_by_age = scenario.output.flow_by_age = true;
    scenario.output.age_from = {0, 20, 40, 60};
    Workers workers(1);
    Simulation ours(scenario, scenario.variants[0], {1, 0}, workers);
    check(ours);
    plain::Engine plain(scenario, scenario.variants[0], {1, 0}, workers);
    check(plain);
  }
}

TEST_CASE("recording by age changes no other bit, and is the same for any number of threads") {
  const auto after = [](const std::vector<double>& ages, unsigned threads) {
    Scenario scenario = world_of_lives("2013-01-01", "1 month", 60000);
    test::add_stream(scenario, "none", 0.0);
    scenario.output.stock_by_age = !ages.empty();
    scenario.output.age_from = ages.empty() ? std::vector<double>{0} : ages;
    Workers workers(threads);
    Simulation run(scenario, scenario.variants[0], {1, 0}, workers);
    while (!run.finished()) run.advance();
    std::vector<std::int64_t> seen(run.population().residents().begin(), run.population().residents().end());
    const std::size_t people = seen.size();
    seen.insert(seen.end(), run.vitals().deaths().begin(), run.vitals().deaths().end());
    return std::pair{seen, people};
  };
  const auto [plain, people] = after({}, 1);
  const auto [by_age, same_people] = after({0, 1, 5, 15, 60, 80}, 1);
  CHECK(std::equal(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(people), by_age.begin()));
  CHECK(after({0, 1, 5, 15, 60, 80}, 2).first == by_age);
  CHECK(after({0, 1, 5, 15, 60, 80}, 3).first == by_age);
}

}  // namespace life_table_test
