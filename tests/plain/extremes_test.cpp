#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace extremes_test {

/// What is so large, so small or so empty that an engine may trip over it, on both engines alike.
namespace {

using namespace sojourn;

RunView view_of(Simulation& run) { return view(run); }
RunView view_of(plain::Engine& run) { return run.view(); }

std::vector<std::int64_t> residents(const RunView& now) {
  return {now.residents.begin(), now.residents.end()};
}

/// How people are kept: as counts, as stayers of a scenario that asks for a history, or as movers with
/// records.
enum class Kept { counts, stayers, movers };
constexpr std::array<Kept, 3> every_way = {Kept::counts, Kept::stayers, Kept::movers};

void put(Scenario& scenario, Kept kept, std::size_t region, double people, std::size_t group = 0,
         std::size_t age = 0) {
  if (kept != Kept::counts) scenario.output.relocations_every = 1;
  if (kept == Kept::movers) {
    test::add_movers(scenario, region, (region + 1) % scenario.region_count(), people, group, age);
  } else {
    test::stayers(scenario, region, group, age) = people;
  }
}

/// Where all go who leave region 0 in one step at which everybody leaves; to other regions only.
template <class Engine>
std::vector<std::int64_t> destinations(const Scenario& scenario, std::uint32_t replicates = 1) {
  Workers workers(1);
  std::vector<std::int64_t> to(scenario.region_count());
  for (std::uint32_t i = 0; i < replicates; ++i) {
    Engine run(scenario, scenario.variants[0], {scenario.seed, i}, workers);
    run.advance();
    for (const FlowTally::Row& row : view_of(run).flows.take_rows()) to[row.destination.index()] += row.count;
  }
  CHECK(to[0] == 0);
  return to;
}

/// Region 0 of `utilities.size()`, from which everybody leaves, with these utilities of regions as
/// destinations.
Scenario choice_of(const std::vector<double>& utilities, Kept kept, double people,
                   ChoiceSet choice_set = AllRegions{}) {
  Scenario scenario = test::small_scenario(utilities.size(), "2010-03-01", "1 month");
  const FactorId factor = test::add_factor(scenario, "utility", FactorPlaces::region, utilities);
  const ParameterId one = test::add_parameter(scenario, "one", {1.0}, true);
  Stream& stream = test::add_stream(scenario, "move", 1e6, std::move(choice_set));
  stream.who.residences.assign(utilities.size(), false);
  stream.who.residences[0] = true;
  stream.destination.pull = {
      FactorTerm{"utility", factor, Measure::level, {}, Transform::identity, Comparison::destination, one}};
  put(scenario, kept, 0, people);
  return scenario;
}

void check_uniform(const std::vector<std::int64_t>& to, const std::vector<std::size_t>& among,
                   double people) {
  std::vector<std::int64_t> seen;
  std::int64_t sum = 0;
  for (const std::size_t region : among) {
    seen.push_back(to[region]);
    sum += to[region];
  }
  CHECK(sum == std::llround(people));  // and nobody went anywhere else
  const std::vector<double> expected(among.size(), people / static_cast<double>(among.size()));
  CHECK(test::chi_square_sigmas(seen, expected) < test::five_sigma);
}

}  // namespace

TEST_CASE_TEMPLATE("nobody at all: nothing happens", Engine, Simulation, plain::Engine) {
  for (const bool history : {false, true}) {
    Scenario scenario = test::small_scenario(3, "2011-01-01", "1 month", {{"sex", {"f", "m"}}}, 20);
    test::add_stream(scenario, "move", 1e3);
    if (history) test::add_stream(scenario, "return", 1e3, BirthRegion{}).hazard.stay = {{0, 1}, {1, 2}};
    Workers workers(2);
    Engine run(scenario, scenario.variants[0], {1, 0}, workers);
    while (!run.finished()) run.advance();
    CHECK(view_of(run).checks.moves == 0);
    CHECK(residents(view_of(run)) == std::vector<std::int64_t>(3 * 2 * 20));
  }
}

TEST_CASE_TEMPLATE("a region and a group of nobody stay empty where nobody comes, and fill where all come",
                   Engine, Simulation, plain::Engine) {
  // From region 0 to 1 to 2, a step each; region 3 and group 1 are of nobody for ever.
  for (const Kept kept : every_way) {
    Scenario scenario = test::small_scenario(4, "2010-07-01", "1 month", {{"sex", {"f", "m"}}}, 30);
    for (std::size_t r = 0; r < 2; ++r) {
      Stream& stream = test::add_stream(scenario, "from " + std::to_string(r), 1e6, Listed{{Region{r + 1}}});
      stream.who.residences.assign(4, false);
      stream.who.residences[r] = true;
    }
    test::add_stream(scenario, "from nowhere", 50).who.residences = {false, false, false, true};
    test::add_stream(scenario, "of nobody", 50).who.groups = {false, true};
    put(scenario, kept, 0, 3, 0, 2);
    put(scenario, kept, 0, 1000, 0, 17);
    Workers workers(1);
    Engine run(scenario, scenario.variants[0], {1, 0}, workers);
    for (std::size_t step = 0; !run.finished(); ++step) {
      run.advance();
      std::vector<std::int64_t> expected(4 * 2 * 30);
      const std::size_t here = std::min<std::size_t>(step + 1, 2);
      expected[here * 2 * 30 + 30 - 1 - 2] = 3;
      expected[here * 2 * 30 + 30 - 1 - 17] = 1000;
      CHECK(residents(view_of(run)) == expected);
    }
    CHECK(view_of(run).checks.moves == 2 * 1003);
  }
}

TEST_CASE_TEMPLATE("everybody leaves in every step: two regions change places, of which one may be empty",
                   Engine, Simulation, plain::Engine) {
  for (const Kept kept : every_way) {
    for (const double others : {0.0, 1.0, 700.0}) {
      Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {{"sex", {"f", "m"}}}, 12);
      test::add_stream(scenario, "move", 1e6);
      for (std::size_t i = 0; i < 24; ++i) {
        put(scenario, kept, 0, 1 + static_cast<double>(40 * (i % 3)), i / 12, i % 12);
        if (others > 0 && i % 5 == 1) put(scenario, kept, 1, others, i / 12, i % 12);
      }
      Workers workers(2);
      Engine run(scenario, scenario.variants[0], {1, 0}, workers);
      std::vector<std::int64_t> before = residents(view_of(run));
      std::int64_t people = 0;
      for (const std::int64_t number : before) people += number;
      while (!run.finished()) {
        run.advance();
        std::rotate(before.begin(), before.begin() + 24, before.end());
        CHECK(residents(view_of(run)) == before);
      }
      CHECK(view_of(run).checks.moves == 12 * people);
    }
  }
}

TEST_CASE_TEMPLATE("hazards of 1e-12 and of 1e3 a year, side by side", Engine, Simulation, plain::Engine) {
  // Group 1 is as good as bound to its place; of group 0 a share of exp(-1000 / 365) stays a day.
  for (const Kept kept : every_way) {
    constexpr double people = 40;
    constexpr std::uint32_t replicates = 1000;
    Scenario scenario = test::small_scenario(2, "2010-01-03", "1 day", {{"sex", {"f", "m"}}}, 5);
    Stream& stream = test::add_stream(scenario, "move", 1);
    stream.who.residences = {true, false};
    scenario.parameters[stream.hazard.rate.index()].by_group = {1e3, 1e-12};
    for (std::size_t i = 0; i < 10; ++i) put(scenario, kept, 0, people, i / 5, i % 5);
    Workers workers(1);
    std::array<test::Moments, 2> stayed;
    for (std::uint32_t i = 0; i < replicates; ++i) {
      Engine run(scenario, scenario.variants[0], {1, i}, workers);
      for (test::Moments& step : stayed) {
        run.advance();
        const auto now = residents(view_of(run));
        std::int64_t sum = 0;
        for (std::size_t c = 0; c < 5; ++c) {
          sum += now[c];
          REQUIRE(now[5 + c] == std::llround(people));
        }
        step.add(static_cast<double>(sum));
      }
    }
    for (std::size_t step = 0; step < 2; ++step) {
      const double share = std::exp(-1e3 / 365 * static_cast<double>(step + 1));
      const double variance = 5 * people * share * (1 - share);
      CHECK(stayed[step].mean_sigmas(5 * people * share, variance) < test::five_sigma);
      CHECK(stayed[step].variance_sigmas(variance) < test::five_sigma);
    }
  }
}

TEST_CASE_TEMPLATE("huge hazards: an event for certain, its stream in proportion to the hazards", Engine,
                   Simulation, plain::Engine) {
  for (const Kept kept : every_way) {
    for (const double people : {1.0, 3.0, 500.0}) {
      Scenario scenario = test::small_scenario(2, "2010-02-01", "1 month");
      for (const double rate : {1e3, 3e3, 6e5}) {
        test::add_stream(scenario, "at " + std::to_string(rate), rate).who.residences = {true, false};
      }
      put(scenario, kept, 0, people);
      std::vector<std::int64_t> by_stream(3);
      Workers workers(1);
      const std::uint32_t replicates = people > 3 ? 200 : 5000;
      for (std::uint32_t i = 0; i < replicates; ++i) {
        Engine run(scenario, scenario.variants[0], {1, i}, workers);
        run.advance();
        for (const FlowTally::Row& row : view_of(run).flows.take_rows()) {
          by_stream[row.stream.index()] += row.count;
        }
      }
      const double moves = people * replicates;
      CHECK(by_stream[0] + by_stream[1] + by_stream[2] == std::llround(moves));
      CHECK(test::chi_square_sigmas(
                by_stream, {moves * 1e3 / 604e3, moves * 3e3 / 604e3, moves * 600 / 604}) < test::five_sigma);
    }
  }
}

TEST_CASE_TEMPLATE("only one destination: a world of two, a list of one, a link, whatever its utility",
                   Engine, Simulation, plain::Engine) {
  for (const Kept kept : every_way) {
    for (const double utility : {-700.0, 0.0, 700.0}) {
      CHECK(destinations<Engine>(choice_of({0, utility}, kept, 300)) == std::vector<std::int64_t>{0, 300});
      CHECK(destinations<Engine>(choice_of({0, 700, utility, 0}, kept, 300, Listed{{Region{2}}})) ==
            std::vector<std::int64_t>{0, 0, 300, 0});
      // The residence itself is on the list too, and is never a choice.
      CHECK(
          destinations<Engine>(choice_of({0, 700, utility, 0}, kept, 300, Listed{{Region{0}, Region{2}}})) ==
          std::vector<std::int64_t>{0, 0, 300, 0});
      Scenario linked = choice_of({0, 700, 0, utility}, kept, 300, Neighbours{});
      linked.links = {{Region{3}, Region{0}, 1}, {Region{1}, Region{2}, 1}};
      CHECK(destinations<Engine>(linked) == std::vector<std::int64_t>{0, 0, 0, 300});
      // And no destination at all: nobody moves.
      CHECK(destinations<Engine>(choice_of({0, utility, 0}, kept, 300, Listed{{Region{0}}})) ==
            std::vector<std::int64_t>{0, 0, 0});
      CHECK(destinations<Engine>(choice_of({0, utility, 0}, kept, 300, Neighbours{})) ==
            std::vector<std::int64_t>{0, 0, 0});
    }
  }
}

TEST_CASE_TEMPLATE("utilities of -700 and +700: never drawn, alike among themselves, always drawn", Engine,
                   Simulation, plain::Engine) {
  constexpr double people = 30000;
  for (const Kept kept : every_way) {
    check_uniform(destinations<Engine>(choice_of({0, -700, 0, -700, 0}, kept, people)), {2, 4}, people);
    check_uniform(destinations<Engine>(choice_of({0, -700, -700, -700, -700}, kept, people)), {1, 2, 3, 4},
                  people);
    check_uniform(destinations<Engine>(choice_of({0, 0, 700, 0, -700}, kept, people)), {2}, people);
    check_uniform(destinations<Engine>(choice_of({0, 700, 0, 700, 700}, kept, people)), {1, 3, 4}, people);
    // Its own utility says nothing about a residence.
    check_uniform(destinations<Engine>(choice_of({700, -700, -700}, kept, people)), {1, 2}, people);
    check_uniform(destinations<Engine>(choice_of({-700, 700, 700}, kept, people)), {1, 2}, people);
    // Beyond what the exponential of a double holds.
    check_uniform(destinations<Engine>(choice_of({0, 1500, 0, 1500}, kept, people)), {1, 3}, people);
    check_uniform(destinations<Engine>(choice_of({0, -1500, -1500, -1500}, kept, people)), {1, 2, 3}, people);
  }
}

TEST_CASE_TEMPLATE("utilities of -700 and +700 where home and the diaspora count", Engine, Simulation,
                   plain::Engine) {
  constexpr double people = 30000;
  // Movers of region 0, born in region 1, who are to region 3 as well: a diaspora of 999.
  const auto world = [&](const std::vector<double>& utilities, double home, double network) {
    Scenario scenario = choice_of(utilities, Kept::movers, people);
    test::add_movers(scenario, 3, 1, 999);
    const ParameterId by_home = test::add_parameter(scenario, "home", {home}, true);
    const ParameterId by_network =
        test::add_parameter(scenario, "network", {network / std::log(1000.0)}, true);
    scenario.streams[0].destination.pull.emplace_back(HomeTerm{"home", by_home});
    scenario.streams[0].destination.pull.emplace_back(DiasporaTerm{"network", Transform::log1p, by_network});
    return scenario;
  };
  // Home makes up for what repels, exactly; and so does the diaspora.
  check_uniform(destinations<Engine>(world({0, -700, 0, 0}, 700, 0)), {1, 2, 3}, people);
  check_uniform(destinations<Engine>(world({0, 0, 0, -700}, 0, 700)), {1, 2, 3}, people);
  check_uniform(destinations<Engine>(world({0, -700, 0, -700}, 700, 700)), {1, 2, 3}, people);
  // Home that repels, from where all else is as bad; home alone; both.
  check_uniform(destinations<Engine>(world({0, 0, -700, -700}, -700, 0)), {1, 2, 3}, people);
  check_uniform(destinations<Engine>(world({0, 0, -700, -700}, 700, 0)), {1}, people);
  check_uniform(destinations<Engine>(world({0, 0, 0, 0}, -700, -700)), {2}, people);
  check_uniform(destinations<Engine>(world({0, -700, -700, -700}, 0, 0)), {1, 2, 3}, people);
  // They make up for it also where what repels is less than a double holds.
  check_uniform(destinations<Engine>(world({0, -800, 0, 0}, 800, 0)), {1, 2, 3}, people);
  check_uniform(destinations<Engine>(world({0, 0, 0, -800}, 0, 800)), {1, 2, 3}, people);
  check_uniform(destinations<Engine>(world({0, -800, 0, -800}, 800, 800)), {1, 2, 3}, people);
  // Home, the diaspora and both beyond what the exponential of a double holds.
  check_uniform(destinations<Engine>(world({0, 0, 0, 0}, 900, 0)), {1}, people);
  check_uniform(destinations<Engine>(world({0, 0, 0, 0}, 0, 900)), {3}, people);
  check_uniform(destinations<Engine>(world({0, 0, 0, 0}, 900, 900)), {1, 3}, people);
}

TEST_CASE_TEMPLATE("attraction where all destinations fall by 700: nobody moves, until they rise again",
                   Engine, Simulation, plain::Engine) {
  for (const Kept kept : every_way) {
    Scenario scenario = test::small_scenario(4, "2010-06-01", "1 month");
    const FactorId factor = test::add_factor(scenario, "utility", FactorPlaces::region, {1, 1, 1, 1});
    const ParameterId one = test::add_parameter(scenario, "one", {1.0}, true);
    Stream& stream = test::add_stream(scenario, "move", 8.0);
    stream.hazard.attraction = test::add_parameter(scenario, "lambda", {1.0});
    stream.destination.pull = {
        FactorTerm{"utility", factor, Measure::level, {}, Transform::identity, Comparison::destination, one}};
    Change change;
    change.target = factor;
    change.kind = Change::Kind::add;
    change.amount = -700;
    scenario.policies.push_back({"shut", scenario.time.boundary(1), scenario.time.boundary(3), {change}});
    scenario.variants.push_back({"shut", {PolicyId{0}}});
    for (std::size_t r = 0; r < 4; ++r) put(scenario, kept, r, 2000);
    Workers workers(1);
    Engine run(scenario, scenario.variants[1], {1, 0}, workers);
    std::int64_t before = 0;
    for (std::size_t step = 0; !run.finished(); ++step) {
      run.advance();
      const auto moved = static_cast<double>(view_of(run).checks.moves - before);
      before = view_of(run).checks.moves;
      const double p = 1 - std::exp(-8.0 * scenario.time.years(Step{step}));
      if (step == 1 || step == 2) {
        CHECK(moved == 0);
      } else {
        CHECK(std::abs(moved - 8000 * p) < test::five_sigma * std::sqrt(8000 * p * (1 - p)));
      }
    }
  }
}

}  // namespace extremes_test
