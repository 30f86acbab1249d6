#include "bench/plain/engine.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/output/recorder.hpp"
#include "sim/output/summary.hpp"
#include "tests/support/every_feature.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/temporary_directory.hpp"
#include "tests/support/vital_world.hpp"

namespace engine_test {

namespace {

using namespace sojourn;

std::vector<std::int64_t> residents_after(const Scenario& scenario, std::size_t variant, unsigned threads) {
  Workers workers(threads);
  plain::Engine engine(scenario, scenario.variants[variant], {scenario.seed, 0}, workers);
  while (!engine.finished()) engine.advance();
  CHECK(std::ranges::equal(engine.count_residents(), engine.view().residents));
  return engine.count_residents();
}

}  // namespace

TEST_CASE("one step of two streams: each has its exact probability") {
  constexpr double people = 400000;
  constexpr double a = 0.7;
  constexpr double b = 8.0;
  Scenario scenario = test::small_scenario(3, "2010-02-01", "1 month");
  test::add_stream(scenario, "a", a, Listed{{Region{1}}}).who.residences = {true, false, false};
  test::add_stream(scenario, "b", b, Listed{{Region{2}}}).who.residences = {true, false, false};
  test::stayers(scenario, 0) = people;
  const auto residents = residents_after(scenario, 0, 2);
  const double event = 1 - std::exp(-(a + b) * scenario.time.years(Step{0}));
  const auto sigmas = [&](std::size_t region, double probability) {
    return std::abs(static_cast<double>(residents[region]) - people * probability) /
           std::sqrt(people * probability * (1 - probability));
  };
  CHECK(sigmas(0, 1 - event) < test::five_sigma);
  CHECK(sigmas(1, event * a / (a + b)) < test::five_sigma);
  CHECK(sigmas(2, event * b / (a + b)) < test::five_sigma);
}

TEST_CASE("a choice has the probabilities of the softmax") {
  constexpr double people = 400000;
  Scenario scenario = test::small_scenario(4, "2010-02-01", "1 month");
  const FactorId size = test::add_factor(scenario, "size", FactorPlaces::region, {1, 1, 2, 3});
  const ParameterId gamma = test::add_parameter(scenario, "gamma", {1.0}, true);
  Stream& stream = test::add_stream(scenario, "all", 1e6);
  stream.who.residences = {true, false, false, false};
  stream.destination.pull = {
      FactorTerm{"size", size, Measure::level, {}, Transform::log, Comparison::destination, gamma}};
  test::stayers(scenario, 0) = people;
  const auto residents = residents_after(scenario, 0, 1);
  CHECK(residents[0] == 0);
  CHECK(test::chi_square_sigmas({residents[1], residents[2], residents[3]},
                                {people / 6, people / 3, people / 2}) < test::five_sigma);
}

TEST_CASE("the plain engine has the same bits for 1, 2 and 3 threads") {
  const Scenario scenario = test::every_feature({.people = 30, .months = 12});
  const auto one = residents_after(scenario, 0, 1);
  CHECK(residents_after(scenario, 0, 2) == one);
  CHECK(residents_after(scenario, 0, 3) == one);
  CHECK(residents_after(scenario, 1, 1) != one);
}

TEST_CASE("the recorder records the plain engine") {
  Scenario scenario = test::every_feature({.people = 30, .months = 24});
  scenario.output.every = 3;
  scenario.output.relocations_every = 12;
  scenario.output.diaspora_every = 12;
  Workers workers(1);
  const test::TemporaryDirectory directory;
  plain::Engine engine(scenario, scenario.variants[0], {1, 0}, workers);
  Recorder recorder(engine.view(), plan_output(directory.file("plain.h5"), false), {{1, 0}, "test", 1});
  recorder.observe(engine.view());
  while (!engine.finished()) {
    engine.advance();
    recorder.observe(engine.view());
  }
  recorder.finish(engine.view());
  const Summary summary = summarise(directory.file("plain.h5"));
  CHECK(summary.moves == engine.view().checks.moves);
  CHECK(summary.moves > 0);
  CHECK(summary.people_last == static_cast<std::int64_t>(engine.agents().size()));
}

namespace {

/// Stayers aged 5 and movers aged 30 in r0, stayers aged 30 and movers aged 70 in r1, and a schedule of 1, 4
/// and 2 for these ages.
Scenario world_of_ages(double persons) {
  Scenario scenario = test::small_scenario(2, "2010-02-01", "1 month", {{"status", {"a", "b"}}}, 80);
  test::stayers(scenario, 0, 0, 5) = 10 * persons;
  test::add_movers(scenario, 0, 1, 5 * persons, 0, 30);
  test::stayers(scenario, 1, 0, 30) = 3 * persons;
  test::add_movers(scenario, 1, 0, 6 * persons, 0, 70);
  return scenario;
}

void give_ages(Hazard& hazard, ScheduleMean mean) {
  hazard.schedule = AgeTable{{0, 20, 60}, {1, 4, 2}};
  hazard.schedule_mean = mean;
  hazard.standard = std::vector<double>(40, 0.0);
  std::fill(hazard.standard.begin() + 20, hazard.standard.end(), 7.0);
}

struct MeanOfRegions {
  ScheduleMean mean;
  /// Of the schedule, divided, over the people of each region.
  double first;
  double second;
};

/// r0 has (10 * 1 + 5 * 4) / 15 = 2, r1 has (3 * 4 + 6 * 2) / 9 = 8 / 3, both have 54 / 24 = 2.25.
const std::vector<MeanOfRegions> means_of_regions = {{ScheduleMean::named, 2 / 2.25, 8 / 3.0 / 2.25},
                                                     {ScheduleMean::everybody, 2 / 2.25, 8 / 3.0 / 2.25},
                                                     {ScheduleMean::region, 1, 1},
                                                     {ScheduleMean::standard, 0.5, 2 / 3.0},
                                                     {ScheduleMean::as_given, 2, 8 / 3.0}};

}  // namespace

TEST_CASE("over whom the mean of a schedule is 1: both engines have the known number of moves to expect") {
  for (const MeanOfRegions& known : means_of_regions) {
    for (const std::size_t only : {0, 1, 2}) {
      for (const double persons_per_agent : {1.0, 10.0}) {
        Scenario scenario = world_of_ages(100);
        scenario.persons_per_agent = persons_per_agent;
        Stream& stream = test::add_stream(scenario, "go", 0.12);
        give_ages(stream.hazard, known.mean);
        if (only < 2) stream.who.residences = {only == 0, only == 1};
        double expected = (only != 1 ? 1500 * known.first : 0) + (only != 0 ? 900 * known.second : 0);
        // Those whom a stream of one region names are its people.
        if (only < 2 && known.mean == ScheduleMean::named) expected = only == 0 ? 1500 : 900;
        expected *= 0.12 * scenario.time.years(Step{0}) / persons_per_agent;
        Workers workers(1);
        const Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
        CAPTURE(static_cast<int>(known.mean));
        CAPTURE(only);
        CHECK(simulation.expected_moves() == doctest::Approx(expected));
        plain::Engine engine(scenario, scenario.variants[0], {1, 0}, workers);
        CHECK(engine.view().most_moves() == doctest::Approx(expected));
      }
    }
  }
}

TEST_CASE("likewise of transitions, births, deaths and outflows, as they happen") {
  constexpr double persons = 20000;
  constexpr double rate = 0.06;
  const auto check = [&](const std::vector<std::int64_t>& counts, std::size_t each,
                         const MeanOfRegions& known, double years) {
    REQUIRE(counts.size() == 2 * each);
    for (std::size_t r = 0; r < 2; ++r) {
      double found = 0;
      for (std::size_t i = 0; i < each; ++i) found += static_cast<double>(counts[r * each + i]);
      const double expected = (r == 0 ? 15 * known.first : 9 * known.second) * persons * rate * years;
      CAPTURE(r);
      // Events compete, and who has gone bears no children: less than a twentieth at this rate and these
      // ratios.
      CHECK(std::abs(found - expected) < 0.05 * expected + test::five_sigma * std::sqrt(expected));
    }
  };
  for (const MeanOfRegions& known : means_of_regions) {
    CAPTURE(static_cast<int>(known.mean));
    Scenario scenario = world_of_ages(persons);
    give_ages(test::add_transition(scenario, "change", rate, 0, 1).hazard, known.mean);
    give_ages(test::add_outflow(scenario, "leave", rate).hazard, known.mean);
    give_ages(test::add_births(scenario, rate).hazard, known.mean);
    give_ages(test::add_deaths(scenario, rate).hazard, known.mean);
    const double years = scenario.time.years(Step{0});
    Workers workers(1);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, workers);
    simulation.advance();
    plain::Engine engine(scenario, scenario.variants[0], {1, 0}, workers);
    engine.advance();
    const RunView plain_view = engine.view();
    for (const VitalTally* vitals : {&simulation.vitals(), &plain_view.vitals}) {
      check(vitals->transitions(), vitals->transitions().size() / 2, known, years);
      check(vitals->outflow(), vitals->outflow().size() / 2, known, years);
      check(vitals->births(), vitals->births().size() / 2, known, years);
      check(vitals->deaths(), vitals->deaths().size() / 2, known, years);
    }
  }
}

}  // namespace engine_test
