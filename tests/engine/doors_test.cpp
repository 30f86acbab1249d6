#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/support/doors.hpp"
#include "tests/support/every_feature.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace doors_test {

/// Whole runs in which doors open and close; `tests/model/doors_test.cpp` has their closed forms.
using namespace sojourn;

namespace {

/// Residents, and moves by corridor, after each step.
std::vector<std::int64_t> trace(const Scenario& scenario, const Variant& variant, unsigned threads,
                                std::size_t steps) {
  Workers workers(threads);
  Simulation simulation(scenario, variant, {scenario.seed, 0}, workers);
  std::vector<std::int64_t> all;
  for (std::size_t i = 0; i < steps; ++i) {
    simulation.advance();
    const auto residents = simulation.population().residents();
    all.insert(all.end(), residents.begin(), residents.end());
    for (const auto& row : simulation.flows().take_rows())
      all.insert(all.end(), {row.origin.value, row.destination.value, row.stream.value, row.count});
  }
  return all;
}

}  // namespace

TEST_CASE("doors: the same bits for 1, 2 and 8 threads") {
  const Scenario scenario = test::every_feature({.people = 300, .months = 8, .speed = 4, .doors = true});
  const auto one = trace(scenario, scenario.variants[1], 1, 8);
  for (const unsigned threads : {2U, 8U}) CHECK(trace(scenario, scenario.variants[1], threads, 8) == one);
}

TEST_CASE("doors: the bits of the baseline until one closes, whoever it is for, and where it never does") {
  Scenario scenario = test::every_feature({.people = 60, .months = 6});
  Door door = test::closed_destination(scenario, 2);
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) door.groups.push_back(g % 2 == 0);
  const PolicyId late = test::add_door(scenario, door, "2010-04-20");
  const PolicyId after = test::add_door(scenario, door, "2012-04-20");
  Door open = test::closed_door(scenario);
  open.closes = false;
  const PolicyId opens = test::add_door(scenario, open, "2010-01-10", "2010-03-07");
  const Variant baseline{"baseline", {}};
  CHECK(trace(scenario, {"late", {late}}, 1, 3) == trace(scenario, baseline, 1, 3));
  CHECK(trace(scenario, {"late", {late}}, 1, 4) != trace(scenario, baseline, 1, 4));
  CHECK(trace(scenario, {"after", {after}}, 1, 6) == trace(scenario, baseline, 1, 6));
  CHECK(trace(scenario, {"opens", {opens}}, 1, 6) == trace(scenario, baseline, 1, 6));
}

TEST_CASE("doors: closed for the run, a stream moves nobody, and the others go on") {
  Scenario scenario = test::every_feature({.people = 60, .months = 6, .speed = 4});
  Door door = test::closed_door(scenario);
  door.streams = test::only(scenario.streams.size(), {0, 2});
  const PolicyId closed = test::add_door(scenario, door, "2010-01-01");
  Workers workers(1);
  const Variant variant{"closed", {closed}};
  Simulation simulation(scenario, variant, {1, 0}, workers);
  while (!simulation.finished()) simulation.advance();
  std::vector<std::int64_t> moves(scenario.streams.size());
  for (const auto& row : simulation.flows().take_rows()) moves[row.stream.index()] += row.count;
  CHECK(moves[0] == 0);
  CHECK(moves[1] > 0);
  CHECK(moves[2] == 0);
  CHECK(moves[3] > 0);
}

TEST_CASE("doors: closed and reopened within a step, moves have their exact law") {
  Scenario scenario = test::small_scenario(3, "2010-02-01", "1 month");
  test::add_stream(scenario, "go", 3).who.residences = {true, false, false};
  constexpr double people = 20000;
  test::stayers(scenario, 0) = people;
  test::add_door(scenario, test::closed_destination(scenario, 1), "2010-01-05", "2010-01-08");
  test::add_door(scenario, test::closed_door(scenario), "2010-01-11", "2010-01-21");
  const Variant variant = test::all_policies(scenario);
  const double hazard = 3 * (21 / 365.0);
  const double leave = 1 - std::exp(-hazard);
  const double to_1 = leave * (18 / 21.0 / 2);
  test::Moments seen;
  test::Moments all;
  Workers workers(1);
  for (std::uint32_t i = 0; i < 2000; ++i) {
    Simulation run(scenario, variant, {5, i}, workers);
    run.advance();
    const auto at = [&](std::size_t r) { return static_cast<double>(run.population().recounted(Region{r})); };
    seen.add(at(1));
    all.add(at(1) + at(2));
  }
  CHECK(all.mean_sigmas(people * leave, people * leave * (1 - leave)) < test::five_sigma);
  CHECK(all.variance_sigmas(people * leave * (1 - leave)) < test::five_sigma);
  CHECK(seen.mean_sigmas(people * to_1, people * to_1 * (1 - to_1)) < test::five_sigma);
  CHECK(seen.variance_sigmas(people * to_1 * (1 - to_1)) < test::five_sigma);
}

}  // namespace doors_test
