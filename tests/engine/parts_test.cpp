#include "sim/engine/parts.hpp"

#include <doctest/doctest.h>

#include <set>
#include <utility>

#include "tests/support/small_scenario.hpp"

using namespace sojourn;

TEST_CASE("parts cover every agent with a hazard once, and large regions are cut") {
  Scenario scenario = test::small_scenario(3, "2011-01-01", "1 month", {{"sex", {"f", "m"}}}, 50);
  test::add_stream(scenario, "move", 0.5);
  scenario.output.diaspora_every = 1;
  for (std::size_t age = 0; age < 50; ++age) {
    for (std::size_t g = 0; g < 2; ++g) test::stayers(scenario, 0, g, age) = 20000;
  }
  test::stayers(scenario, 2, 0, 30) = 5;
  test::add_movers(scenario, 2, 0, 100, 1, 20);
  Workers workers(2);
  const Population population = start_population(scenario, {1, 0}, workers);
  const Variant baseline;
  Numbers numbers(scenario, baseline);
  numbers.update(scenario.time.boundary(0), scenario.time.boundary(1));
  std::vector<Choice> choices;
  choices.emplace_back(scenario, scenario.streams[0], numbers);
  choices[0].update(numbers, population.diaspora(), workers);
  Hazards hazards(scenario, numbers, population, workers);
  hazards.update(numbers, choices, Step{0});

  const auto parts = make_parts(population, hazards, 1.0 / 12, workers);
  std::set<std::pair<std::uint32_t, std::uint32_t>> names;
  std::set<std::pair<std::size_t, std::uint32_t>> covered;
  double expected = 0;
  for (const Part& part : parts) {
    CHECK(names.insert({part.region.value, part.number}).second);
    expected += part.expected_events;
    for (const Segment& segment : part.segments) {
      if (segment.kind != Segment::Kind::cohorts) continue;
      for (std::uint32_t c = segment.first; c < segment.last; ++c) {
        CHECK(covered.insert({population.cell(part.region, segment.group), c}).second);
      }
    }
  }
  CHECK(expected == doctest::Approx((2'000'000 + 105) * 0.5 / 12));
  CHECK(parts.size() > 5);                  // 83,000 events of region 0 are no single task
  CHECK(parts.back().region == Region{2});  // and region 1, where nobody lives, has none
  CHECK(names.count({1, 0}) == 0);
  CHECK(covered.size() == 2 * 50 + 16);
}
