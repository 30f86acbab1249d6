#include "sim/engine/parts.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace parts_test {

using namespace sojourn;

TEST_CASE("parts cover every region with a hazard once, and large regions are cut") {
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
  Hazards hazards(scenario, event_kinds(scenario), numbers, population, workers);
  hazards.update(numbers, choices, Step{0}, workers);
  LineSums sums(population, hazards);

  const auto parts = make_parts(population, sums, 1.0 / 12, workers, true);
  double expected = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    expected += part.expected_events;
    const bool begins = i == 0 || parts[i - 1].region != part.region;
    const bool ends = i + 1 == parts.size() || parts[i + 1].region != part.region;
    CHECK(part.number == (begins ? 0 : parts[i - 1].number + 1));
    CHECK(part.from == (begins ? LinePlace{0, 0} : parts[i - 1].to));
    if (ends) CHECK(part.to == LinePlace{2, 0});
    if (!ends) CHECK(part.expected_events >= 4096);
  }
  CHECK(expected == doctest::Approx((2'000'000 + 105) * 0.5 / 12));
  CHECK(parts.size() > 5);                  // 83,000 events of region 0 are no single task
  CHECK(parts.back().region == Region{2});  // and region 1, where nobody lives, has none
  CHECK(std::none_of(parts.begin(), parts.end(), [](const Part& part) { return part.region == Region{1}; }));
}

}  // namespace parts_test
