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

namespace neighbours_test {

TEST_SUITE_BEGIN("law: agents against exact probabilities");

/// Dense cohorts beside thin ones, ages and groups of hazard 0 beside ages and groups of large hazard, nobody
/// beside many: whatever an engine passes over at once (a cohort, sixteen of them, a group, a block, a
/// region) must leave the law of what comes before and after it alone, in this step and in the next. Each
/// case holds means, variances and independence of every cohort against the exact binomial law; see `Ledger`.
namespace {

using namespace sojourn;

constexpr std::size_t ages = 48;
constexpr std::array<double, 4> group_rates = {1, 0, 0.04, 6};
const std::vector<Attribute> kinds = {{"kind", {"as is", "never", "seldom", "often"}}};

/// Hazards by single year of age, per year: nothing, next to nothing, a little, much, everybody. Periods of
/// 13 and 11 make every neighbourhood occur.
constexpr std::array<double, 13> wild_hazards = {0.02, 0, 0.3, 150, 0, 0, 0.004, 12, 1.5, 0, 40, 0.1, 1e-6};
/// The same with no hazard so large that points would be too dense for a line.
constexpr std::array<double, 13> mild_hazards = {0.02, 0, 0.3, 1.8, 0, 0, 0.004, 1.2, 0.7, 0, 1.9, 0.1, 1e-6};

AgeTable table_of(const std::array<double, 13>& hazards) {
  AgeTable table;
  for (std::size_t age = 0; age < ages + 4; ++age) {
    table.from_age.push_back(static_cast<double>(age));
    table.value.push_back(hazards[age % hazards.size()]);
  }
  return table;
}

/// Mean of the table over the year of ages of a cohort.
double mean_at(const std::array<double, 13>& hazards, double age) {
  const double youngest = age - 0.5;
  const double share = youngest - std::floor(youngest);
  const auto completed = static_cast<std::size_t>(youngest);
  return (1 - share) * hazards[completed % hazards.size()] +
         share * hazards[(completed + 1) % hazards.size()];
}

/// People of a group and age, from nobody to `most`.
std::int64_t people_of(std::size_t group, std::size_t age, std::int64_t most) {
  constexpr std::array<double, 11> parts = {0.001, 0, 0.01, 1, 0, 0, 0.03, 0.2, 0.004, 0, 0.5};
  return std::llround(std::ceil(parts[(age + 3 * group) % parts.size()] * static_cast<double>(most)));
}

enum class Kept { counts, records, both };

/// Two regions, the second with less of everything, that people leave for a third.
Scenario mosaic(const std::array<double, 13>& hazards, std::int64_t most, Kept kept,
                const std::string& end = "2010-05-01", const std::string& step = "1 month") {
  Scenario scenario = test::leaving_world(2, end, step, kinds, ages);
  Stream& stream = test::add_leaving(scenario, 1);
  scenario.parameters[stream.hazard.rate.index()].by_group = {group_rates.begin(), group_rates.end()};
  stream.hazard.schedule = table_of(hazards);
  if (kept != Kept::counts) scenario.output.diaspora_every = 1;
  for (std::size_t r = 0; r < 2; ++r) {
    for (std::size_t g = 0; g < group_rates.size(); ++g) {
      for (std::size_t a = 0; a < ages; ++a) {
        const std::int64_t people = people_of(g, a + 5 * r, r == 0 ? most : most / 5);
        const std::int64_t movers = kept == Kept::counts ? 0 : (kept == Kept::records ? people : people / 2);
        if (movers > 0) test::add_movers(scenario, r, 2, static_cast<double>(movers), g, a);
        test::stayers(scenario, r, g, a) = static_cast<double>(people - movers);
      }
    }
  }
  return scenario;
}

test::Ledger::HazardOf hazard_of(const std::array<double, 13>& hazards) {
  return [&hazards](std::size_t region, std::size_t group, double age, std::size_t /*step*/) {
    return region < 2 ? group_rates[group] * mean_at(hazards, age) : 0.0;
  };
}

}  // namespace

TEST_CASE("a mosaic of cohorts, as counts") {
  test::check_leaving(mosaic(wild_hazards, 400, Kept::counts), 3000, hazard_of(wild_hazards));
  test::check_leaving(mosaic(mild_hazards, 12, Kept::counts), 4000, hazard_of(mild_hazards));
}

TEST_CASE("a mosaic of cohorts, as records: points on a line, and blocks that are too dense for it") {
  test::check_leaving(mosaic(mild_hazards, 100, Kept::records), 2000, hazard_of(mild_hazards));
  test::check_leaving(mosaic(wild_hazards, 100, Kept::records), 1500, hazard_of(wild_hazards));
}

TEST_CASE("a mosaic of cohorts, half of each with records, by weeks") {
  const Scenario scenario = mosaic(wild_hazards, 100, Kept::both, "2010-02-12", "1 week");
  test::check_leaving(scenario, 1500, hazard_of(wild_hazards));
}

TEST_CASE("long: mosaics of cohorts, finely") {
  test::check_leaving(mosaic(wild_hazards, 400, Kept::counts), 30000, hazard_of(wild_hazards));
  test::check_leaving(mosaic(mild_hazards, 12, Kept::counts), 40000, hazard_of(mild_hazards));
  test::check_leaving(mosaic(mild_hazards, 12, Kept::records), 20000, hazard_of(mild_hazards));
  test::check_leaving(mosaic(wild_hazards, 100, Kept::records), 15000, hazard_of(wild_hazards));
  const Scenario weekly = mosaic(wild_hazards, 100, Kept::both, "2010-02-12", "1 week");
  test::check_leaving(weekly, 20000, hazard_of(wild_hazards));
}

TEST_CASE("a mosaic whose hazards change with every step: shut, opened wide, and with a factor that grows") {
  for (const Kept kept : {Kept::counts, Kept::both}) {
    Scenario scenario = mosaic(mild_hazards, 100, kept, "2010-06-01");
    Stream& stream = scenario.streams[0];
    // Of region 0 alone: nobody may leave in February, and in April all are 40 times as fast.
    const auto policy = [&](double factor, const std::string& from, const std::string& until) {
      Change change;
      change.target = stream.hazard.rate;
      change.kind = Change::Kind::scale;
      change.amount = factor;
      change.places = {true, false, false};
      scenario.policies.push_back({"policy", *parse_date(from), *parse_date(until), {change}});
    };
    policy(0, "2010-02-01", "2010-03-01");
    policy(40, "2010-04-01", "2010-05-01");
    scenario.variants.push_back({"both", {PolicyId{0}, PolicyId{1}}});
    const FactorId pressure =
        test::add_factor(scenario, "pressure", FactorPlaces::region, {-3, 2, 0, 3, -4, 0});
    scenario.factors[pressure.index()].knots = {scenario.time.start(), scenario.time.end()};
    scenario.factors[pressure.index()].between = Between::linear;
    FactorTerm push;
    push.factor = pressure;
    push.coefficient = test::add_parameter(scenario, "push", {1});
    stream.hazard.push.push_back(push);
    const auto days = static_cast<double>((scenario.time.end() - scenario.time.start()).count());
    const auto hazard = [&](std::size_t region, std::size_t group, double age, std::size_t step) {
      const auto day = [&](std::size_t boundary) {
        return static_cast<double>((scenario.time.boundary(boundary) - scenario.time.start()).count());
      };
      const double share = 0.5 * (day(step) + day(step + 1)) / days;
      const double pressed = region == 0 ? -3 + 6 * share : 2 - 6 * share;
      const double scale = region > 0 ? 1 : (step == 1 ? 0 : (step == 3 ? 40 : 1));
      return hazard_of(mild_hazards)(region, group, age, step) * scale * std::exp(pressed);
    };
    test::check_leaving(scenario, 1500, hazard, 1);
  }
}

TEST_CASE("cohorts of thousands of events among cohorts of next to none: a region in many parts") {
  // An engine may give stretches of a region random numbers of their own where so much happens.
  Scenario scenario = test::leaving_world(1, "2010-03-01", "1 month", kinds, ages);
  test::add_leaving(scenario, 1.3);
  for (std::size_t g = 0; g < kinds[0].values.size(); ++g) {
    for (std::size_t a = 0; a < ages; ++a) {
      test::stayers(scenario, 0, g, a) = (a + 7 * g) % 31 == 5 ? 30000 : static_cast<double>((a + g) % 4);
    }
  }
  test::check_leaving(scenario, 400, [](std::size_t r, auto...) { return r == 0 ? 1.3 : 0.0; });
}

TEST_CASE("ten thousand million people beside three") {
  constexpr std::array<double, 4> rates = {2, 1e-9, 0, 2e-8};
  Scenario scenario = test::leaving_world(1, "2010-04-01", "1 month", kinds, 20);
  Stream& stream = test::add_leaving(scenario, 1);
  scenario.parameters[stream.hazard.rate.index()].by_group = {rates.begin(), rates.end()};
  for (std::size_t g = 0; g < rates.size(); ++g) {
    for (std::size_t a = 0; a < 20; ++a) {
      test::stayers(scenario, 0, g, a) = g == 0 ? 3 : ((a + g) % 3 == 0 ? 1e10 : 5);
    }
  }
  test::check_leaving(scenario, 1000, [&](std::size_t region, std::size_t group, auto...) {
    return region == 0 ? rates[group] : 0.0;
  });
}

TEST_CASE("a sparse world: an event here and there, in step after step") {
  constexpr std::size_t origins = 24;
  constexpr std::size_t sparse_ages = 32;
  constexpr double rate = 0.15;
  constexpr std::uint32_t replicates = 150;
  for (const bool records : {false, true}) {
    Scenario scenario =
        test::leaving_world(origins, "2011-01-01", "1 day", {{"sex", {"f", "m"}}}, sparse_ages);
    test::add_leaving(scenario, rate);
    if (records) scenario.output.diaspora_every = 1;
    for (std::size_t r = 0; r < origins; ++r) {
      for (std::size_t i = 0; i < 2 * sparse_ages; ++i) {
        const auto people = static_cast<double>((r + i * i) % 7 < 3 ? (r + i) % 4 : 0);
        if (people == 0) continue;
        if (records) {
          test::add_movers(scenario, r, origins, people, i / sparse_ages, i % sparse_ages);
        } else {
          test::stayers(scenario, r, i / sparse_ages, i % sparse_ages) = people;
        }
      }
    }
    // Agents do not know of each other: of n in a cell and cohort, a binomial number left by the end.
    const double share_of_all = test::event_probability(rate, scenario.time.elapsed(scenario.time.steps()));
    const std::size_t cohorts = scenario.cell_count() * sparse_ages;
    std::vector<test::DeviationSums> by_cohort(cohorts);
    test::DeviationSums by_step;
    test::ProductSums later;
    test::ProductSums next_region;
    Workers workers(1);
    for (std::uint32_t i = 0; i < replicates; ++i) {
      Simulation simulation(scenario, scenario.variants[0], {1, i}, workers);
      const std::vector<std::int64_t> first = test::residents(simulation);
      std::vector<std::int64_t> before = first;
      test::Deviation former_step;
      while (!simulation.finished()) {
        const double p = test::event_probability(rate, scenario.time.years(Step{simulation.steps_done()}));
        const std::vector<std::int64_t> left = test::advance_leaving(simulation, before);
        test::Deviation step;
        test::Deviation former_region;
        for (std::size_t r = 0; r < origins; ++r) {
          std::int64_t agents = 0;
          std::int64_t leavers = 0;
          for (std::size_t c = r * 2 * sparse_ages; c < (r + 1) * 2 * sparse_ages; ++c) {
            agents += before[c];
            leavers += left[c];
          }
          const test::Deviation region = test::deviation(leavers, agents, p);
          next_region.add(former_region, region);
          former_region = region;
          step += region;
        }
        by_step.add(step);
        later.add(former_step, step);
        former_step = step;
        before = test::residents(simulation);
      }
      for (std::size_t c = 0; c < cohorts - 2 * sparse_ages; ++c) {
        by_cohort[c].add(test::deviation(first[c] - before[c], first[c], share_of_all));
      }
    }
    CAPTURE(records);
    CHECK(by_step.variance() > 5000);
    CHECK(by_step.mean_sigmas() < test::five_sigma);
    CHECK(by_step.variance_sigmas() < test::five_sigma);
    CHECK(later.sigmas() < test::five_sigma);
    CHECK(next_region.sigmas() < test::five_sigma);
    CHECK(test::together_sigmas(by_cohort) < test::five_sigma);
    double worst = 0;
    for (const test::DeviationSums& cohort : by_cohort) worst = std::max(worst, cohort.mean_sigmas());
    CHECK(worst < test::five_sigma_of(cohorts));
  }
}

TEST_CASE("people come to cells where nobody was, and the law goes on to hold: as counts and as records") {
  // All begin as group 0 of region 0; a move makes them the next group, and there are five regions.
  for (const bool records : {false, true}) {
    Scenario scenario =
        test::small_scenario(5, "2011-07-01", "1 month", {{"moves", {"0", "1", "2", "3", "more"}}}, 20);
    for (const double rate : {0.5, 1.5}) {
      Stream& stream = test::add_stream(scenario, "move", rate);
      stream.hazard.schedule_mean = ScheduleMean::as_given;
      stream.hazard.schedule = table_of(rate < 1 ? mild_hazards : wild_hazards);
      stream.becomes = {Group{1}, Group{2}, Group{3}, Group{4}, Group{4}};
    }
    if (records) scenario.output.diaspora_every = 1;
    for (std::size_t a = 0; a < 20; a += 2) {
      test::stayers(scenario, 0, 0, a) = static_cast<double>(1 + a * a % 7 * (a % 4 == 0 ? 1 : 40));
    }
    test::ask_for_flows(scenario);
    const auto hazard = [](std::size_t /*region*/, std::size_t /*group*/, double age, std::size_t /*step*/) {
      return 0.5 * mean_at(mild_hazards, age) + 1.5 * mean_at(wild_hazards, age);
    };
    test::Ledger ledger(scenario, hazard);
    Workers workers(1);
    for (std::uint32_t i = 0; i < 500; ++i) {
      Simulation simulation(scenario, scenario.variants[0], {1, i}, workers);
      ledger.restart();
      while (!simulation.finished()) {
        const std::vector<std::int64_t> before = test::residents(simulation);
        ledger.add(before, test::advance_by_flows(simulation));
      }
    }
    CAPTURE(records);
    ledger.check();
    CHECK(ledger.weight() > 1000);
  }
}

TEST_SUITE_END();

}  // namespace neighbours_test
