#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <tuple>
#include <vector>

#include "sim/model/population.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace start_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

/// The middle of the durations that a place of arrival may mean.
double middle_of(sojourn::ArrivalClock::Stay stay) { return stay.shortest + 0.5 * stay.width; }

constexpr std::size_t ages = 40;

/// Three regions and two sexes with a stream that looks at birth, duration of stay and the residence before.
Scenario scenario_with_movers() {
  Scenario scenario = small_scenario(3, "2012-01-01", "1 month", {{"sex", {"female", "male"}}}, ages);
  add_stream(scenario, "return", 0.1, BirthRegion{});
  add_stream(scenario, "back", 0.1, PreviousRegion{}).hazard.stay = {{0, 20}, {1, 0.5}};
  scenario.population.arrival = UniformArrival{20};
  return scenario;
}

struct Found {
  std::size_t cell;
  History history;
};

std::vector<Found> movers_of(const Population& population) {
  std::vector<Found> found;
  for (std::size_t cell = 0; cell < population.regions() * population.groups(); ++cell) {
    for (const Block& block : population.movers().blocks(cell)) {
      for (std::uint64_t i = 0; i < block.size; ++i) {
        found.push_back({cell, population.layout().unpack(population.movers().read(block, i), block.key)});
      }
    }
  }
  return found;
}

Population started(const Scenario& scenario, std::uint32_t seed = 1, unsigned threads = 1) {
  Workers workers(threads);
  return start_population(scenario, {seed, 0}, workers);
}

/// Counts of arrivals by whole years before the start.
std::vector<std::int64_t> arrivals_by_year(const Scenario& scenario) {
  const Population population = started(scenario);
  std::vector<std::int64_t> seen(ages + 1);
  for (const Found& mover : movers_of(population)) {
    const double years = middle_of(
        population.layout().clock().stay(population.layout().clock().place(mover.history.arrival), 0));
    ++seen[std::min(ages, static_cast<std::size_t>(years))];
  }
  return seen;
}

}  // namespace

TEST_CASE("whole persons at one to one are where the scenario puts them") {
  Scenario scenario = scenario_with_movers();
  stayers(scenario, 0, 0, 0) = 10;
  stayers(scenario, 2, 1, 39) = 7;
  add_movers(scenario, 1, 0, 5, 1, 30);
  add_movers(scenario, 2, 2, 3, 0, 3);
  scenario.population.movers[0].previous = Region{2};
  const Population population = started(scenario);
  CHECK(population.counted(population.cell(Region{0}, Group{0}), Cohort{ages - 1}) == 10);
  CHECK(population.counted(population.cell(Region{2}, Group{1}), Cohort{0}) == 7);
  CHECK(population.recounted(Region{0}) == 10);
  CHECK(population.recounted(Region{1}) == 5);
  CHECK(population.recounted(Region{2}) == 10);
  for (std::size_t r = 0; r < 3; ++r) CHECK(population.noted(Region{r}) == population.recounted(Region{r}));
  CHECK(population.diaspora().at(Region{1}, Region{0}) == 5);
  CHECK(population.diaspora().at(Region{2}, Region{2}) == 0);
  CHECK(population.residents()[population.cell(Region{1}, Group{1}) * ages + ages - 1 - 30] == 5);
  const auto movers = movers_of(population);
  REQUIRE(movers.size() == 8);
  for (const Found& mover : movers) {
    CHECK(mover.history.arrival < 0);
    if (mover.cell == population.cell(Region{1}, Group{1})) {
      CHECK(mover.history.birth == Region{0});
      CHECK(mover.history.previous == Region{2});
      CHECK(mover.history.cohort == Cohort{ages - 1 - 30});
    } else {
      CHECK(mover.cell == population.cell(Region{2}, Group{0}));
      CHECK(mover.history.previous == Region{2});  // the region of birth where no other is given
    }
  }
}

TEST_CASE("whole totals of regions and of sources are kept when their parts are not whole") {
  Scenario scenario = scenario_with_movers();
  for (std::size_t age = 0; age < ages; ++age) {
    stayers(scenario, 0, 0, age) = 10.0 / 3;
    stayers(scenario, 0, 1, age) = 5.0 / 3;  // 200 in all
  }
  add_movers(scenario, 0, 1, 2.5, 0);
  add_movers(scenario, 0, 2, 4.5, 1);
  add_movers(scenario, 0, 2, 3, 1);
  scenario.population.movers[1].source = scenario.population.movers[0].source;  // 7 of one source
  for (MoverRow& row : scenario.population.movers) {
    row.cohort_from = Cohort{0};
    row.cohort_to = Cohort{ages};
  }
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    const Population population = started(scenario, seed);
    CHECK(population.recounted(Region{0}) == 210);
    const std::int64_t from_1 = population.diaspora().at(Region{0}, Region{1});
    CHECK((from_1 == 2 || from_1 == 3));
    CHECK(from_1 + population.diaspora().at(Region{0}, Region{2}) == 10);
  }
}

TEST_CASE("agents of ten persons, and two agents for each person: means hold") {
  for (const double persons_per_agent : {10.0, 0.5}) {
    Scenario scenario = scenario_with_movers();
    scenario.persons_per_agent = persons_per_agent;
    stayers(scenario, 0, 0, 3) = 14;
    stayers(scenario, 0, 1, 3) = 9;
    stayers(scenario, 0, 1, 20) = 17;
    add_movers(scenario, 1, 0, 13, 1, 30);
    std::array<Moments, 4> moments;
    for (std::uint32_t seed = 0; seed < 3000; ++seed) {
      const Population population = started(scenario, seed);
      const auto counted = [&](std::size_t group, std::size_t age) {
        return static_cast<double>(
            population.counted(population.cell(Region{0}, Group{group}), Cohort{ages - 1 - age}));
      };
      moments[0].add(counted(0, 3));
      moments[1].add(counted(1, 3));
      moments[2].add(counted(1, 20));
      moments[3].add(static_cast<double>(population.recounted(Region{1})));
      CHECK(population.recounted(Region{0}) == std::lround(40 / persons_per_agent));
      CHECK(population.noted(Region{1}) == population.recounted(Region{1}));
    }
    constexpr std::array<double, 4> persons = {14, 9, 17, 13};
    for (std::size_t i = 0; i < 4; ++i) {
      CAPTURE(i);
      const double expected = persons[i] / persons_per_agent;
      const double part = expected - std::floor(expected);
      if (part == 0) {
        CHECK(moments[i].mean() == expected);
      } else {
        CHECK(moments[i].mean_sigmas(expected, part * (1 - part)) < five_sigma);
      }
    }
  }
}

TEST_CASE("arrivals are uniform up to the age") {
  Scenario scenario = scenario_with_movers();
  constexpr double persons = 100000;
  add_movers(scenario, 1, 0, persons, 1, 35);
  SUBCASE("over years of which all were lived") {
    std::vector<double> expected(ages + 1);
    for (std::size_t y = 0; y < 20; ++y) expected[y] = persons / 20;
    CHECK(std::abs(chi_square_sigmas(arrivals_by_year(scenario), expected)) < five_sigma);
  }
  SUBCASE("cut at the age") {
    scenario.population.movers[0].cohort_from = Cohort{ages - 1 - 5};
    scenario.population.movers[0].cohort_to = Cohort{ages - 5};
    std::vector<double> expected(ages + 1);
    for (std::size_t y = 0; y < 6; ++y) expected[y] = persons * (y == 5 ? 0.5 : 1.0) / 5.5;
    CHECK(std::abs(chi_square_sigmas(arrivals_by_year(scenario), expected)) < five_sigma);
  }
}

TEST_CASE("arrivals are exponential, given that they are at most the age") {
  Scenario scenario = scenario_with_movers();
  constexpr double persons = 100000;
  constexpr double mean = 8;
  scenario.population.arrival = ExponentialArrival{mean};
  add_movers(scenario, 1, 0, persons, 1, 12);  // of age 12.5
  const double whole = 1 - std::exp(-12.5 / mean);
  std::vector<double> expected(ages + 1);
  for (std::size_t y = 0; y < 13; ++y) {
    const double from = static_cast<double>(y);
    const double to = std::min(12.5, from + 1);
    expected[y] = persons * (std::exp(-from / mean) - std::exp(-to / mean)) / whole;
  }
  CHECK(std::abs(chi_square_sigmas(arrivals_by_year(scenario), expected)) < five_sigma);
}

TEST_CASE("arrivals that a table gives, at most the age") {
  Scenario scenario = scenario_with_movers();
  add_movers(scenario, 1, 0, 10, 1, 30);
  add_movers(scenario, 1, 0, 10, 1, 2);
  for (MoverRow& row : scenario.population.movers) row.years_since_arrival = 7.3;
  const auto seen = arrivals_by_year(scenario);
  CHECK(seen[7] == 10);
  CHECK(seen[2] == 10);
}

TEST_CASE("a row is spread evenly over its cohorts") {
  Scenario scenario = scenario_with_movers();
  add_movers(scenario, 1, 0, 100, 1, 12);
  scenario.population.movers[0].cohort_from = Cohort{10};
  scenario.population.movers[0].cohort_to = Cohort{14};
  const Population population = started(scenario);
  for (std::size_t c = 10; c < 14; ++c)
    CHECK(population.residents()[population.cell(Region{1}, Group{1}) * ages + c] == 25);
}

TEST_CASE("the start is the same for any number of threads, and another for another seed") {
  Scenario scenario = scenario_with_movers();
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t age = 0; age < ages; ++age)
      stayers(scenario, r, age % 2, age) = 1.37 * static_cast<double>(r + age);
    for (std::size_t age = 3; age < ages; age += 5) add_movers(scenario, r, (r + 1) % 3, 3.7, 0, age);
  }
  const auto described = [&](std::uint32_t seed, unsigned threads) {
    const Population population = started(scenario, seed, threads);
    std::vector<std::int64_t> numbers(population.residents().begin(), population.residents().end());
    for (const Found& mover : movers_of(population)) {
      numbers.push_back(static_cast<std::int64_t>(mover.cell));
      numbers.push_back(mover.history.birth.value);
      numbers.push_back(mover.history.cohort.value);
      numbers.push_back(mover.history.arrival);
    }
    return numbers;
  };
  const auto one = described(1, 1);
  CHECK(described(1, 2) == one);
  CHECK(described(1, 3) == one);
  CHECK(described(2, 1) != one);
}

TEST_CASE("movers of a scenario that asks for no history are counts") {
  Scenario scenario = small_scenario(2, "2011-01-01", "1 month", {}, ages);
  add_stream(scenario, "labour", 0.1);
  stayers(scenario, 1, 0, 3) = 4;
  add_movers(scenario, 1, 0, 5, 0, 3);
  const Population population = started(scenario);
  CHECK(population.counted(population.cell(Region{1}, Group{0}), Cohort{ages - 1 - 3}) == 9);
  CHECK(population.noted(Region{1}) == 9);
}

}  // namespace start_test
