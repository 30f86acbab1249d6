#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "tests/engine/exact_law.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace destinations_test {

TEST_SUITE_BEGIN("law: agents against exact probabilities");

/// Movers choose for themselves: of n who leave, a binomial number goes to each destination, whoever else
/// leaves and however an engine draws them, and those of one group, birth or step say nothing about those of
/// another.
namespace {

using namespace sojourn;

RunView view_of(Simulation& run) { return view(run); }
RunView view_of(plain::Engine& run) { return run.view(); }

/// At this rate a year nobody stays a month, but for one of 1e14; and an engine need not share the work of a
/// region out, so that all of its moves are drawn and put in order together.
constexpr double everybody = 400;

constexpr std::size_t regions = 6;
constexpr std::array<double, regions> size = {7, 1, 2, 4, 0.5, 0.02};
constexpr std::array<double, 2> pull = {1, -0.6};
constexpr double home = 1.1;
constexpr double network = 0.5;
constexpr double share = -0.3;
constexpr double abroad = 30;

/// How people are kept, and whether the choice depends on where they were born.
enum class Kind { counts, records, by_birth };

/// Region 0, from which everybody leaves: `people` of each group, and of each of three births where there are
/// records.
Scenario world_of(Kind kind, double people, std::uint32_t seed) {
  Scenario scenario = test::small_scenario(regions, "2010-03-01", "1 month", {{"sex", {"f", "m"}}});
  scenario.seed = seed;
  const FactorId sizes = test::add_factor(scenario, "size", FactorPlaces::region, {size.begin(), size.end()});
  const ParameterId gamma = test::add_parameter(scenario, "gamma", {pull.begin(), pull.end()}, true);
  Stream& stream = test::add_stream(scenario, "move", everybody);
  stream.who.residences.assign(regions, false);
  stream.who.residences[0] = true;
  stream.destination.pull = {
      FactorTerm{"size", sizes, Measure::level, {}, Transform::log, Comparison::destination, gamma}};
  if (kind == Kind::by_birth) {
    stream.destination.pull.emplace_back(
        HomeTerm{"home", test::add_parameter(scenario, "home", {home}, true)});
    stream.destination.pull.emplace_back(
        DiasporaTerm{"network", Transform::log1p, test::add_parameter(scenario, "network", {network}, true)});
    stream.destination.pull.emplace_back(
        DiasporaTerm{"share", Transform::sqrt, test::add_parameter(scenario, "share", {share}, true), sizes});
  } else if (kind == Kind::records) {
    scenario.output.relocations_every = 1;
  }
  for (std::size_t g = 0; g < 2; ++g) {
    for (std::size_t b = 0; b < (kind == Kind::counts ? 1 : 3); ++b) {
      if (b == 0) {
        test::stayers(scenario, 0, g) = people;
      } else {
        test::add_movers(scenario, 0, b, people, g);
      }
    }
  }
  // A diaspora of those born in region 1 in region 3.
  if (kind == Kind::by_birth) test::add_movers(scenario, 3, 1, abroad);
  return scenario;
}

/// Probabilities of the destinations of a group and birth.
std::array<double, regions> law_of(Kind kind, std::size_t group, std::size_t birth) {
  std::array<double, regions> law{};
  double total = 0;
  for (std::size_t d = 1; d < regions; ++d) {
    law[d] = std::pow(size[d], pull[group]);
    if (kind == Kind::by_birth && birth == d) law[d] *= std::exp(home);
    if (kind == Kind::by_birth && birth == 1 && d == 3) {
      law[d] *= std::pow(1 + abroad, network) * std::exp(share * std::sqrt(abroad / size[d]));
    }
    total += law[d];
  }
  for (double& one : law) one /= total;
  return law;
}

/// Runs one step in each replicate and holds how many go where against the law: by group, as flows tell, and
/// by birth, as the diaspora does.
template <class Engine>
void check_choices(Kind kind, std::int64_t people, std::uint32_t replicates, std::uint32_t seed) {
  Scenario scenario = world_of(kind, static_cast<double>(people), seed);
  scenario.output.flow_attributes = {AttributeId{0}};
  if (kind == Kind::by_birth) scenario.output.diaspora_every = 1;
  const std::size_t births = kind == Kind::counts ? 1 : 3;
  std::vector<test::DeviationSums> sums(2 * regions);
  std::vector<test::DeviationSums> sums_of_birth(3 * regions);
  std::array<test::ProductSums, regions> groups_together;
  std::array<test::ProductSums, regions> births_together;
  std::vector<test::BinomialSeen> seen(2 * regions);
  Workers workers(1);
  for (std::uint32_t i = 0; i < replicates; ++i) {
    Engine run(scenario, scenario.variants[0], {seed, i}, workers);
    run.advance();
    std::array<std::array<std::int64_t, regions>, 2> to{};
    for (const FlowTally::Row& row : view_of(run).flows.take_rows()) {
      to[row.detail][row.destination.index()] += row.count;
    }
    for (std::size_t d = 1; d < regions; ++d) {
      std::array<test::Deviation, 2> now;
      for (std::size_t g = 0; g < 2; ++g) {
        // A sum of as many binomial numbers as there are births, each with a probability of its own.
        for (std::size_t b = 0; b < births; ++b) {
          now[g] += test::deviation(0, people, law_of(kind, g, b)[d]);
        }
        now[g].value += static_cast<double>(to[g][d]);
        sums[g * regions + d].add(now[g]);
        if (kind != Kind::by_birth) {
          const double p = law_of(kind, g, 0)[d];
          seen[g * regions + d].add(to[g][d], people * static_cast<std::int64_t>(births), p);
        }
      }
      groups_together[d].add(now[0], now[1]);
      if (kind != Kind::by_birth) continue;
      // Both groups of a birth. Of those born in region 1 who live there nobody is in the diaspora.
      test::Deviation former;
      for (std::size_t b = 0; b < births; ++b) {
        if (b == d) continue;
        test::Deviation both = test::deviation(0, people, law_of(kind, 0, b)[d]);
        both += test::deviation(0, people, law_of(kind, 1, b)[d]);
        const double before = b == 1 && d == 3 ? abroad : 0;
        both.value += static_cast<double>(view_of(run).diaspora.at(Region{d}, Region{b})) - before;
        sums_of_birth[b * regions + d].add(both);
        births_together[d].add(former, both);
        former = both;
      }
    }
  }
  CAPTURE(static_cast<int>(kind));
  CAPTURE(people);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    CAPTURE(i);
    CHECK(sums[i].mean_sigmas() < test::five_sigma);
    CHECK(sums[i].variance_sigmas() < test::five_sigma);
    if (kind != Kind::by_birth && i % regions != 0) seen[i].check();
  }
  for (const test::DeviationSums& one : sums_of_birth) {
    CHECK(one.mean_sigmas() < test::five_sigma);
    CHECK(one.variance_sigmas() < test::five_sigma);
  }
  for (std::size_t d = 1; d < regions; ++d) {
    CHECK(groups_together[d].sigmas() < test::five_sigma);
    CHECK(births_together[d].sigmas() < test::five_sigma);
  }
}

}  // namespace

TEST_CASE_TEMPLATE("of those who leave a binomial number goes to each destination", Engine, Simulation,
                   plain::Engine) {
  std::uint32_t seed = 1;
  for (const Kind kind : {Kind::counts, Kind::records, Kind::by_birth}) {
    for (const std::int64_t people : {1, 2, 8, 15, 16, 17, 40}) {
      check_choices<Engine>(kind, people, people < 10 ? 4000 : 2000, seed++);
    }
  }
}

TEST_CASE_TEMPLATE("few who leave in a world of many regions: each goes where its group and stream lead",
                   Engine, Simulation, plain::Engine) {
  // Each group of region 0 goes to a region of its own, in another order, and on to two more: no one's way
  // may be taken for another's, whatever an engine does to put its moves in order.
  constexpr std::size_t many = 150;
  constexpr std::size_t groups = 20;
  std::vector<std::string> values;
  for (std::size_t g = 0; g < groups; ++g) values.push_back(std::to_string(g));
  for (const bool records : {false, true}) {
    Scenario scenario = test::small_scenario(many, "2010-04-01", "1 month", {{"group", values}}, 40);
    for (std::size_t g = 0; g < groups; ++g) {
      for (std::size_t leg = 0; leg < 3; ++leg) {
        const std::size_t to = 1 + (57 * g + 50 * leg) % (many - 1);
        Stream& stream = test::add_stream(scenario, values[g] + "/" + std::to_string(leg), everybody,
                                          Listed{{Region{to}}});
        const std::size_t from = leg == 0 ? 0 : 1 + (57 * g + 50 * (leg - 1)) % (many - 1);
        stream.who.residences.assign(many, false);
        stream.who.residences[from] = true;
        stream.who.groups.assign(groups, false);
        stream.who.groups[g] = true;
      }
      // Ages go with groups: group g is of age 2 g or 2 g + 1.
      test::stayers(scenario, 0, g, 2 * g) = g % 3 == 0 ? 1 : 0;
      test::stayers(scenario, 0, g, 2 * g + 1) = g % 4 == 1 ? 2 : 0;
    }
    if (records) scenario.output.diaspora_every = 1;
    Workers workers(1);
    Engine run(scenario, scenario.variants[0], {1, 0}, workers);
    for (std::size_t leg = 0; leg < 3; ++leg) {
      run.advance();
      std::vector<std::int64_t> expected(many * groups * 40);
      for (std::size_t g = 0; g < groups; ++g) {
        const std::size_t cell = (1 + (57 * g + 50 * leg) % (many - 1)) * groups + g;
        if (g % 3 == 0) expected[cell * 40 + 39 - 2 * g] = 1;
        if (g % 4 == 1) expected[cell * 40 + 38 - 2 * g] = 2;
      }
      const auto now = view_of(run).residents;
      CHECK(std::vector<std::int64_t>(now.begin(), now.end()) == expected);
    }
  }
}

TEST_CASE_TEMPLATE("few who leave in a world of many regions: two meet by chance only", Engine, Simulation,
                   plain::Engine) {
  constexpr std::size_t many = 90;
  constexpr std::uint32_t replicates = 1200;
  for (const Kind kind : {Kind::counts, Kind::by_birth}) {
    for (const double people : {3.0, 30.0}) {
      Scenario scenario = test::small_scenario(many, "2010-02-01", "1 month");
      scenario.seed = static_cast<std::uint32_t>(people);
      Stream& stream = test::add_stream(scenario, "move", everybody);
      stream.who.residences.assign(many, false);
      stream.who.residences[0] = true;
      if (kind == Kind::by_birth) {
        stream.destination.pull.emplace_back(
            HomeTerm{"home", test::add_parameter(scenario, "home", {home}, true)});
        scenario.output.diaspora_every = 1;
      }
      test::stayers(scenario, 0) = people;
      std::vector<std::int64_t> to(many - 1);
      double pairs = 0;
      Workers workers(1);
      for (std::uint32_t i = 0; i < replicates; ++i) {
        Engine run(scenario, scenario.variants[0], {scenario.seed, i}, workers);
        run.advance();
        const auto now = view_of(run).residents;
        for (std::size_t d = 1; d < many; ++d) {
          to[d - 1] += now[d];
          pairs += static_cast<double>(now[d] * (now[d] - 1)) / 2;
        }
      }
      CAPTURE(people);
      const double movers = people * replicates;
      CHECK(test::chi_square_sigmas(to, std::vector(many - 1, movers / (many - 1))) < test::five_sigma);
      // Pairs that go to one region: each with probability 1 / 89, pairs of pairs independent of each other.
      const double p = 1.0 / (many - 1);
      const double all = people * (people - 1) / 2 * replicates;
      CHECK(std::abs(pairs - all * p) < test::five_sigma * std::sqrt(all * p * (1 - p) + 5));
    }
  }
}

TEST_SUITE_END();

}  // namespace destinations_test
