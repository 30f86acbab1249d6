#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/engine/exact_law.hpp"
#include "tests/engine/leaving_world.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace bounds_test {

TEST_SUITE_BEGIN("law: agents against exact probabilities");

/// Records are passed over by a bound on their hazards and tried where a point falls. What is tried and
/// rejected must leave no trace, and where all hazards are the bound itself nothing may be rejected.
namespace {

using namespace sojourn;

/// Hazards times the length of the step: few points, many, about the length of an interval beyond which an
/// engine tries agents one by one, and beyond.
const std::vector<double> lengths = {0.02, 0.3, 0.97, 1, 1.03, 2.5, 8};

/// Why the hazard is what it is; the law of who leaves is the same throughout.
enum class Stay { none, flat, flat_and_young };

/// A region for each length; all in it are 0 years old and have the hazard `ratio` times the highest of all
/// ages.
Scenario world_of(double people, double ratio, Stay stay) {
  const std::size_t last = lengths.size();
  Scenario scenario = test::leaving_world(last, "2010-02-01", "1 month", {}, 10);
  scenario.output.diaspora_every = 1;
  std::vector<double> pace;
  for (std::size_t r = 0; r < last; ++r) {
    test::add_movers(scenario, r, last, people, 0, stay == Stay::flat ? 9 : 0);
    pace.push_back(lengths[r] / scenario.time.years(Step{0}) / ratio);
  }
  pace.push_back(1);
  Stream& stream = test::add_leaving(scenario, 1);
  if (stay != Stay::none) stream.hazard.stay = {{0, 1, 5}, {1, 1, 1}};
  if (stay == Stay::flat) {
    stream.hazard.schedule = AgeTable{{0, 5}, {1, ratio}};
    scenario.population.arrival = UniformArrival{8};
  } else {
    stream.hazard.schedule = AgeTable{{0, 3}, {ratio, 1}};
    scenario.population.arrival = UniformArrival{1};
  }
  test::add_pace(scenario, stream, pace);
  return scenario;
}

std::vector<std::vector<std::int64_t>> check_world(const Scenario& scenario, std::uint32_t replicates,
                                                   double people) {
  Workers workers(1);
  std::vector<test::BinomialSeen> seen(lengths.size());
  std::vector counts(lengths.size(), std::vector<std::int64_t>(static_cast<std::size_t>(people) + 1));
  for (std::uint32_t i = 0; i < replicates; ++i) {
    Simulation simulation(scenario, scenario.variants[0], {scenario.seed, i}, workers);
    const std::vector<std::int64_t> before = test::residents(simulation);
    const std::vector<std::int64_t> left = test::advance_leaving(simulation, before);
    for (std::size_t r = 0; r < lengths.size(); ++r) {
      std::int64_t leavers = 0;
      for (std::size_t c = 0; c < 10; ++c) leavers += left[r * 10 + c];
      seen[r].add(leavers, std::llround(people), -std::expm1(-lengths[r]));
      ++counts[r][static_cast<std::size_t>(leavers)];
    }
  }
  for (std::size_t r = 0; r < lengths.size(); ++r) {
    CAPTURE(lengths[r]);
    seen[r].check();
  }
  return counts;
}

std::vector<double> as_numbers(const std::vector<std::int64_t>& counts) {
  return {counts.begin(), counts.end()};
}

constexpr std::array<double, 6> stay_ratios = {1, 0, 20, 0.2, 4, 0.01};
constexpr std::array<double, 6> stay_from = {0, 1, 2, 3.5, 5, 7};

/// Mean of the table over durations from `shortest` to `shortest + width`.
double mean_ratio(double shortest, double width) {
  double sum = 0;
  for (std::size_t i = 0; i < stay_from.size(); ++i) {
    const double to = i + 1 < stay_from.size() ? stay_from[i + 1] : 1000;
    sum += stay_ratios[i] * std::max(0.0, std::min(shortest + width, to) - std::max(shortest, stay_from[i]));
  }
  return sum / width;
}

/// The same averaged over a step of so many years, which begins at `shortest`: by the midpoints of 2000
/// parts.
double mean_ratio_of_step(double shortest, double width, double years) {
  constexpr int parts = 2000;
  double sum = 0;
  for (int i = 0; i < parts; ++i) sum += mean_ratio(shortest + years * (i + 0.5) / parts, width);
  return sum / parts;
}

}  // namespace

TEST_CASE("all hazards are the bound itself, half of it, or little of it: leavers are binomial") {
  for (const double people : {1.0, 2.0, 5.0, 40.0}) {
    for (const double ratio : {1.0, 0.5, 0.05}) {
      CAPTURE(people);
      CAPTURE(ratio);
      check_world(world_of(people, ratio, Stay::none), people == 40 ? 2000 : 8000, people);
    }
  }
}

TEST_CASE("a flat table of stay is no table of stay") {
  for (const double people : {1.0, 5.0, 40.0}) {
    CAPTURE(people);
    const std::uint32_t replicates = people == 40 ? 2000 : 8000;
    const auto without = check_world(world_of(people, 1, Stay::none), replicates, people);
    const auto with = check_world(world_of(people, 1, Stay::flat_and_young), replicates, people);
    // Arrivals of eight years, in as many blocks; ages whose schedule is flat.
    (void)check_world(world_of(people, 1, Stay::flat), replicates, people);
    for (std::size_t r = 0; r < lengths.size(); ++r) {
      // Both are seen and not known: the chi-square of one against the other would have twice the variance.
      CHECK(test::chi_square_sigmas(with[r], as_numbers(without[r])) < 2 * test::five_sigma);
    }
  }
}

TEST_CASE("blocks of arrivals whose hazards are far apart, through two years") {
  // One age for each time of arrival, from now to ten years ago, so that ages tell them apart.
  for (const std::string step : {"1 month", "1 quarter"}) {
    constexpr std::size_t ages = 40;
    constexpr double rate = 0.5;
    Scenario scenario = test::leaving_world(2, "2012-01-01", step, {}, ages);
    test::add_leaving(scenario, rate).hazard.stay = {{stay_from.begin(), stay_from.end()},
                                                     {stay_ratios.begin(), stay_ratios.end()}};
    const auto years_ago = [](std::size_t age) { return 0.25 * static_cast<double>(40 - age - 1) + 0.01; };
    for (std::size_t r = 0; r < 2; ++r) {
      for (std::size_t a = 20; a < ages; ++a) {
        test::add_movers(scenario, r, 2, static_cast<double>((a * a) % 11 * (r + 1)), 0, a);
        scenario.population.movers.back().years_since_arrival = years_ago(a);
      }
    }
    const double slots = step == "1 month" ? 12 : 4;
    const auto hazard = [&](std::size_t region, std::size_t /*group*/, double age, std::size_t now) {
      const auto completed = static_cast<std::size_t>(age - scenario.time.middle(Step{now}));
      if (region == 2 || completed < 20) return 0.0;
      const double shortest = std::floor(years_ago(completed) * slots) / slots + scenario.time.elapsed(now);
      return rate * mean_ratio_of_step(shortest, 1 / slots, scenario.time.years(Step{now}));
    };
    CAPTURE(step);
    test::check_leaving(scenario, 2000, hazard);
  }
}

TEST_CASE("who came in the run leaves by its own duration of stay") {
  // Everybody goes from region 0 to region 1 in the first step, and from there to region 2 by duration.
  constexpr double rate = 0.5;
  Scenario scenario = test::small_scenario(3, "2014-01-01", "1 month", {}, 3);
  Stream& go = test::add_stream(scenario, "go", 1e6, Listed{{Region{1}}});
  go.who.residences = {true, false, false};
  test::add_leaving(scenario, rate).hazard.stay = {{stay_from.begin(), stay_from.end()},
                                                   {stay_ratios.begin(), stay_ratios.end()}};
  scenario.streams[1].who.residences = {false, true, false};
  for (std::size_t a = 0; a < 3; a += 2) test::stayers(scenario, 0, 0, a) = static_cast<double>(3 + 40 * a);
  test::ask_for_flows(scenario);
  const double width = scenario.time.years(Step{0});
  const auto hazard = [&](std::size_t region, std::size_t /*group*/, double /*age*/, std::size_t now) {
    if (region == 0) return 1e6;
    if (region == 2 || now == 0) return 0.0;
    const double shortest = scenario.time.elapsed(now) - width;
    return rate * mean_ratio_of_step(shortest, width, scenario.time.years(Step{now}));
  };
  test::Ledger ledger(scenario, hazard);
  Workers workers(1);
  for (std::uint32_t i = 0; i < 2000; ++i) {
    Simulation simulation(scenario, scenario.variants[0], {1, i}, workers);
    ledger.restart();
    while (!simulation.finished()) {
      const std::vector<std::int64_t> before = test::residents(simulation);
      ledger.add(before, test::advance_by_flows(simulation));
    }
  }
  ledger.check();
  CHECK(ledger.weight() > 1000);
}

TEST_CASE("half a million records in blocks by age: bounds of five years of birth, day after day") {
  // So many that blocks are cut by age; the largest hazard of five years of birth is not that of the first
  // day.
  constexpr std::size_t ages = 10;
  constexpr double rate = 0.2;
  constexpr std::array<double, ages + 2> table = {0.1, 2, 0, 0.5, 0.01, 0, 1, 0, 0, 0.3, 1.7, 2.5};
  Scenario scenario = test::leaving_world(1, "2011-07-01", "1 day", {}, ages);
  scenario.output.diaspora_every = 1;
  Stream& stream = test::add_leaving(scenario, rate);
  AgeTable schedule;
  for (std::size_t a = 0; a < table.size(); ++a) {
    schedule.from_age.push_back(static_cast<double>(a));
    schedule.value.push_back(table[a]);
  }
  stream.hazard.schedule = schedule;
  for (std::size_t a = 0; a < ages; ++a) test::add_movers(scenario, 0, 1, 50000, 0, a);
  const auto hazard = [&](std::size_t region, std::size_t /*group*/, double age, std::size_t /*step*/) {
    const auto completed = static_cast<std::size_t>(age - 0.5);
    const double share = age - 0.5 - static_cast<double>(completed);
    return region == 1 ? 0.0 : rate * ((1 - share) * table[completed] + share * table[completed + 1]);
  };
  test::check_leaving(scenario, 3, hazard);
}

TEST_SUITE_END();

}  // namespace bounds_test
