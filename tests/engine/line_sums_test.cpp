#include "sim/engine/line_sums.hpp"

#include <doctest/doctest.h>

#include <array>
#include <random>
#include <span>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace line_sums_test {

namespace {

using namespace sojourn;

constexpr std::size_t ages = 50;

/// Two streams, by age and by stay, whose rate a policy changes; three regions with stayers and movers.
Scenario scenario_of_test() {
  Scenario scenario = test::small_scenario(3, "2013-01-01", "1 month", {{"sex", {"f", "m"}}}, ages);
  test::add_stream(scenario, "labour", 0.03).hazard.schedule = RogersCastro{};
  test::add_stream(scenario, "return", 0.2, BirthRegion{}).hazard.stay = {{0, 1, 2}, {1, 0.5, 3}};
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t age = 0; age < ages; ++age)
      test::stayers(scenario, r, 0, age) = 10.0 * static_cast<double>(age);
    test::add_movers(scenario, r, (r + 1) % 3, 500, 1, 30);
  }
  scenario.population.arrival = UniformArrival{5};
  Policy policy;
  policy.name = "more";
  policy.from = *parse_date("2011-06-01");
  Change change;
  change.target = scenario.streams[0].hazard.rate;
  change.kind = Change::Kind::scale;
  change.amount = 2;
  policy.changes.push_back(change);
  scenario.policies.push_back(policy);
  return scenario;
}

struct Run {
  Run()
      : scenario(scenario_of_test()),
        numbers(scenario, Variant{"more", {PolicyId{0}}}),
        population(start_population(scenario, {1, 0}, workers)) {
    numbers.update(scenario.time.boundary(0), scenario.time.boundary(1));
    for (const Stream& stream : scenario.streams) choices.emplace_back(scenario, stream, numbers);
    for (Choice& choice : choices) choice.update(numbers, population.diaspora(), workers);
    hazards.emplace_back(scenario, event_kinds(scenario), numbers, population, workers);
    go_to(0);
  }
  void go_to(std::size_t step) {
    numbers.update(scenario.time.boundary(step), scenario.time.boundary(step + 1));
    for (Choice& choice : choices) choice.update(numbers, population.diaspora(), workers);
    hazards[0].update(numbers, choices, Step{step}, workers);
  }
  [[nodiscard]] LineSums fresh() const {
    LineSums sums(population, hazards[0]);
    for (std::size_t r = 0; r < 3; ++r) sums.refresh(Region{r});
    return sums;
  }
  /// The bound of a cell's line, agent by agent.
  [[nodiscard]] double line(std::size_t cell) const {
    double sum = 0;
    const std::span<const double> levels = hazards[0].levels(cell);
    std::vector<double> bounds(levels.size(), 0.0);
    for (std::size_t c = 0; c < ages; ++c) {
      const std::array<std::int64_t, 1> agents{population.counted(cell, Cohort{c})};
      hazards[0].add_stayer_bounds(cell, Cohort{c}, agents, bounds);
    }
    for (const Block& block : population.movers().blocks(cell)) {
      hazards[0].add_block_bounds(cell, block.key, static_cast<double>(block.size), bounds);
    }
    for (std::size_t e = 0; e < bounds.size(); ++e) sum += bounds[e] * levels[e];
    return sum;
  }

  Workers workers{1};
  Scenario scenario;
  Numbers numbers;
  Population population;
  std::vector<Choice> choices;
  std::vector<Hazards> hazards;
};

void check_same(const LineSums& sums, const LineSums& fresh, const Run& run) {
  for (std::size_t r = 0; r < 3; ++r) {
    // To the last bit: what has been summed in pieces must not depend on when.
    REQUIRE(sums.region(Region{r}) == fresh.region(Region{r}));
    double region = 0;
    for (std::size_t cell = 2 * r; cell < 2 * r + 2; ++cell) {
      REQUIRE(sums.cell(cell) == fresh.cell(cell));
      REQUIRE(sums.segment_count(cell) == fresh.segment_count(cell));
      double segments = 0;
      for (std::size_t i = 0; i < sums.segment_count(cell); ++i) {
        REQUIRE(sums.segment(cell, i) == fresh.segment(cell, i));
        segments += sums.segment(cell, i);
      }
      REQUIRE(segments == doctest::Approx(sums.cell(cell)));
      REQUIRE(segments == doctest::Approx(run.line(cell)));
      region += segments;
    }
    REQUIRE(region == doctest::Approx(sums.region(Region{r})));
  }
}

}  // namespace

TEST_CASE("what was touched is summed anew, and nothing else needs to be") {
  Run run;
  LineSums sums = run.fresh();
  std::mt19937_64 random(1);
  for (std::size_t step = 0; step < 36; ++step) {
    run.go_to(step);
    for (int i = 0; i < 20; ++i) {
      const std::size_t cell = random() % 6;
      const Cohort cohort{random() % ages};
      if (random() % 2 == 0) {
        run.population.add_counted(cell, cohort, 3);
        sums.touch(cell, LineSums::segment_of(cohort));
      } else {
        History history;
        history.cohort = cohort;
        history.birth = Region{random() % 3};
        const KeyedRecord arrival = run.population.layout().arrival(static_cast<ArrivalCode>(step));
        sums.touch(run.population.settle({Region{cell / 2}, Group{cell % 2}, history}, arrival));
      }
    }
    for (std::size_t r = 0; r < 3; ++r) sums.refresh(Region{r});
    check_same(sums, run.fresh(), run);
  }
}

TEST_CASE("a region that is not touched keeps its sum until its hazards change") {
  Run run;
  LineSums sums = run.fresh();
  const double before = sums.region(Region{1});
  run.population.add_counted(2, Cohort{20}, 1000);  // untold: the sums do not look
  sums.refresh(Region{1});
  CHECK(sums.region(Region{1}) == before);
  run.population.add_counted(2, Cohort{20}, -1000);
  run.go_to(20);  // the policy is in force: levels and the year have changed
  sums.refresh(Region{1});
  CHECK(sums.region(Region{1}) == run.fresh().region(Region{1}));
  CHECK(sums.region(Region{1}) > before);
}

}  // namespace line_sums_test
