#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "tests/support/both_engines.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

namespace enumeration_test {

TEST_SUITE_BEGIN("law: agents against exact probabilities");

/// Worlds so small that the probability of all that can happen in them is written down: each path of one
/// agent, or of two who attract each other. Both engines must run through them with these frequencies.
namespace {

using namespace sojourn;

using test::view_of;

/// What is seen of a world after each step, as a number; a path is one for each step.
using Path = std::vector<std::size_t>;
using Law = std::map<Path, double>;

template <class Engine>
std::map<Path, std::int64_t> run_paths(const Scenario& scenario, std::size_t variant,
                                       std::uint32_t replicates,
                                       const std::function<std::size_t(const RunView&)>& see) {
  Workers workers(1);
  std::map<Path, std::int64_t> seen;
  for (std::uint32_t i = 0; i < replicates; ++i) {
    Engine run(scenario, scenario.variants[variant], {scenario.seed, i}, workers);
    Path path;
    while (!run.finished()) {
      run.advance();
      path.push_back(see(view_of(run)));
    }
    ++seen[path];
  }
  return seen;
}

void check_paths(const std::map<Path, std::int64_t>& seen, const Law& law, std::uint32_t replicates) {
  // Rare paths last, where chi-square merges them.
  std::vector<std::pair<double, Path>> paths;
  double total = 0;
  for (const auto& [path, probability] : law) {
    paths.emplace_back(-probability, path);
    total += probability;
  }
  REQUIRE(total == doctest::Approx(1).epsilon(1e-12));
  std::sort(paths.begin(), paths.end());
  std::vector<std::int64_t> counts;
  std::vector<double> expected;
  std::int64_t known = 0;
  for (const auto& [negative, path] : paths) {
    const auto found = seen.find(path);
    counts.push_back(found == seen.end() ? 0 : found->second);
    expected.push_back(-negative * replicates);
    known += counts.back();
  }
  CHECK(known == replicates);  // and none of the paths that cannot be
  CHECK(test::chi_square_sigmas(counts, expected) < test::five_sigma);
}

/// One agent of age 17 at the start, two groups, four regions. What it remembers is its state.
struct State {
  std::size_t residence = 0;
  std::size_t group = 0;
  std::size_t birth = 0;
  std::size_t previous = 0;
  bool moved = false;
  /// Since it came: years at the start of the step are spread evenly over [shortest, shortest + width).
  double shortest = 0;
  double width = 0;
};

constexpr std::size_t regions = 4;
constexpr std::array<double, regions> conflict = {1, 0, 2, 0.5};
constexpr std::array<double, regions> income = {2, 5, 1, 3};
constexpr std::array<double, 2> labour_rate = {1.1, 0.6};
constexpr std::array<double, 2> pull = {0.9, -0.4};
constexpr double home = 0.7;
constexpr double return_rate = 1.4;
constexpr double again_rate = 0.8;

/// How it begins: where it was born; born in region 1, having come from region 2; or born in region 1, having
/// come back to where it lived before, so that there is nowhere to go back to.
enum class Begins { stayer, mover, came_back };

Scenario one_agent(Begins begins, const std::string& step) {
  Scenario scenario = test::small_scenario(regions, step == "1 month" ? "2010-04-01" : "2010-10-01", step,
                                           {{"status", {"new", "old"}}}, 40);
  const FactorId conflicts =
      test::add_factor(scenario, "conflict", FactorPlaces::region, {conflict.begin(), conflict.end()});
  const FactorId incomes =
      test::add_factor(scenario, "income", FactorPlaces::region, {income.begin(), income.end()});
  const ParameterId push = test::add_parameter(scenario, "push", {0.3});
  const ParameterId by_income = test::add_parameter(scenario, "pull", {pull.begin(), pull.end()}, true);
  const ParameterId by_home = test::add_parameter(scenario, "home", {home}, true);
  const ParameterId network = test::add_parameter(scenario, "network", {2.0}, true);
  Stream& labour = test::add_stream(scenario, "labour", 1);
  scenario.parameters[labour.hazard.rate.index()].by_group = {labour_rate.begin(), labour_rate.end()};
  labour.becomes = {Group{1}, Group{1}};
  labour.hazard.schedule = AgeTable{{0, 18}, {0.5, 2}};
  labour.hazard.schedule_mean = ScheduleMean::as_given;
  labour.hazard.push = {
      {"conflict", conflicts, Measure::level, {}, Transform::identity, Comparison::origin, push}};
  labour.destination.pull = {
      FactorTerm{"income", incomes, Measure::level, {}, Transform::log, Comparison::destination, by_income},
      HomeTerm{"home", by_home}, DiasporaTerm{"network", Transform::log1p, network}};
  Stream& back = test::add_stream(scenario, "return", return_rate, BirthRegion{});
  back.hazard.stay = {{0, 0.5, 1.6}, {0.5, 3, 1}};
  Stream& again = test::add_stream(scenario, "again", again_rate, PreviousRegion{});
  again.becomes = {Group{0}, Group{0}};
  if (begins != Begins::stayer) {
    test::add_movers(scenario, 0, 1, 1, 0, 17);
    scenario.population.movers[0].previous = Region{begins == Begins::mover ? 2U : 0U};
    scenario.population.movers[0].years_since_arrival = 1.3;
  } else {
    test::stayers(scenario, 0, 0, 17) = 1;
  }
  Change change;
  change.target = scenario.streams[0].hazard.rate;
  change.kind = Change::Kind::scale;
  change.amount = 2.5;
  scenario.policies.push_back({"open", scenario.time.boundary(1), scenario.time.boundary(2), {change}});
  scenario.variants.push_back({"open", {PolicyId{0}}});
  return scenario;
}

/// Mean of the table of stay over a step, by midpoints.
double stay_ratio_of(const State& state, double years) {
  constexpr int parts = 400;
  const auto mean = [&](double shortest) {
    const auto overlap = [&](double from, double to) {
      return std::max(0.0, std::min(shortest + state.width, to) - std::max(shortest, from));
    };
    return (0.5 * overlap(0, 0.5) + 3 * overlap(0.5, 1.6) + overlap(1.6, 100)) / state.width;
  };
  double sum = 0;
  for (int i = 0; i < parts; ++i) sum += mean(state.shortest + years * (i + 0.5) / parts);
  return sum / parts;
}

struct Outcome {
  double probability = 0;
  State state;
};

/// All that can happen to the agent in a step.
std::vector<Outcome> outcomes(const State& state, const TimeGrid& time, std::size_t step, bool policy) {
  const double years = time.years(Step{step});
  const double share_above_18 = std::clamp(17 + time.middle(Step{step}) + 1 - 18, 0.0, 1.0);
  const double labour = labour_rate[state.group] * (policy && step == 1 ? 2.5 : 1) *
                        (0.5 + 1.5 * share_above_18) * std::exp(0.3 * conflict[state.residence]);
  const double back =
      state.moved && state.birth != state.residence ? return_rate * stay_ratio_of(state, years) : 0;
  const double again = state.moved && state.previous != state.residence ? again_rate : 0;
  const double sum = labour + back + again;
  const double event = 1 - std::exp(-sum * years);
  std::vector<Outcome> result;
  State stays = state;
  stays.shortest += years;
  result.push_back({1 - event, stays});
  const auto add_move = [&](double probability, std::size_t destination, std::size_t group) {
    if (probability == 0) return;
    // Who comes in a step comes at any time of it.
    result.push_back({probability, {destination, group, state.birth, state.residence, true, 0, years}});
  };
  double total = 0;
  std::array<double, regions> weight{};
  for (std::size_t d = 0; d < regions; ++d) {
    if (d == state.residence) continue;
    // Nobody born where it was born lives anywhere else: the network says nothing.
    weight[d] = std::exp(pull[state.group] * std::log(income[d]) + (d == state.birth ? home : 0));
    total += weight[d];
  }
  for (std::size_t d = 0; d < regions; ++d) add_move(event * labour / sum * weight[d] / total, d, 1);
  add_move(event * back / sum, state.birth, state.group);
  add_move(event * again / sum, state.previous, 0);
  return result;
}

void add_paths(const State& state, const TimeGrid& time, bool policy, double probability, Path& path,
               Law& law) {
  if (path.size() == time.steps()) {
    law[path] += probability;
    return;
  }
  for (const Outcome& outcome : outcomes(state, time, path.size(), policy)) {
    path.push_back(outcome.state.residence * 2 + outcome.state.group);
    add_paths(outcome.state, time, policy, probability * outcome.probability, path, law);
    path.pop_back();
  }
}

/// Where the one agent is: region * 2 + group.
std::size_t where_it_is(const RunView& now) {
  const auto found = std::find(now.residents.begin(), now.residents.end(), 1);
  return static_cast<std::size_t>(found - now.residents.begin()) / 40;
}

/// Each beginning, without and with a policy.
template <class Engine>
void check_one_agent(const std::string& step, std::uint32_t replicates) {
  for (const Begins begins : {Begins::stayer, Begins::mover, Begins::came_back}) {
    for (const bool policy : {false, true}) {
      const Scenario scenario = one_agent(begins, step);
      const bool mover = begins != Begins::stayer;
      // Of those who came before the start a slot as long as a step is known.
      const double slot = step == "1 month" ? 1.0 / 12 : 0.25;
      const State start{
          0,   0, mover ? 1U : 0U, begins == Begins::mover ? 2U : 0U, mover, std::floor(1.3 / slot) * slot,
          slot};
      Law law;
      Path path;
      add_paths(start, scenario.time, policy, 1, path, law);
      CAPTURE(step);
      CAPTURE(static_cast<int>(begins));
      CAPTURE(policy);
      check_paths(run_paths<Engine>(scenario, policy ? 1 : 0, replicates, where_it_is), law, replicates);
    }
  }
}

/// Two people born in region 0 of four, who follow each other: log1p of the diaspora, and attraction.
constexpr double network = 1.6;
constexpr double lambda = 0.8;
constexpr double rate = 1.5;
constexpr std::array<double, regions> size = {3, 1, 2, 0.5};

Scenario two_agents() {
  Scenario scenario = test::small_scenario(regions, "2010-10-01", "1 quarter");
  test::stayers(scenario, 0) = 2;
  const FactorId sizes = test::add_factor(scenario, "size", FactorPlaces::region, {size.begin(), size.end()});
  const ParameterId one = test::add_parameter(scenario, "one", {1.0}, true);
  const ParameterId follow = test::add_parameter(scenario, "follow", {network}, true);
  const ParameterId attraction = test::add_parameter(scenario, "attraction", {lambda});
  Stream& stream = test::add_stream(scenario, "move", rate);
  stream.hazard.attraction = attraction;
  stream.destination.pull = {
      FactorTerm{"size", sizes, Measure::level, {}, Transform::log, Comparison::destination, one},
      DiasporaTerm{"follow", Transform::log1p, follow}};
  return scenario;
}

/// Probabilities of where one of the two is after a step, given where it and the other were.
std::array<double, regions> one_of_two(std::size_t here, std::size_t other, double years) {
  const auto weight = [&](std::size_t d, std::size_t birth) {
    double people = 0;
    if (birth == 0 && d != 0) people = (d == here ? 1 : 0) + (d == other ? 1 : 0);
    return size[d] * std::pow(1 + people, network);
  };
  const auto total = [&](std::size_t birth) {
    double sum = 0;
    for (std::size_t d = 0; d < regions; ++d) sum += d == here ? 0 : weight(d, birth);
    return sum;
  };
  double at_start = 0;
  for (std::size_t d = 0; d < regions; ++d) at_start += d == here ? 0 : size[d];
  // Attraction looks at those born where one lives.
  const double hazard = rate * std::pow(total(here) / at_start, lambda);
  const double event = 1 - std::exp(-hazard * years);
  std::array<double, regions> result{};
  for (std::size_t d = 0; d < regions; ++d) {
    result[d] = d == here ? 1 - event : event * weight(d, 0) / total(0);
  }
  return result;
}

/// People by region as one number.
std::size_t code_of(std::size_t a, std::size_t b) { return std::min(a, b) * regions + std::max(a, b); }
std::size_t where_they_are(const RunView& now) {
  std::vector<std::size_t> places;
  for (std::size_t r = 0; r < regions; ++r)
    places.insert(places.end(), static_cast<std::size_t>(now.residents[r]), r);
  return places.size() == 2 ? code_of(places[0], places[1]) : 999;
}

void add_paths_of_two(std::size_t a, std::size_t b, const TimeGrid& time, double probability, Path& path,
                      Law& law) {
  if (path.size() == time.steps()) {
    law[path] += probability;
    return;
  }
  const double years = time.years(Step{path.size()});
  const auto to_a = one_of_two(a, b, years);
  const auto to_b = one_of_two(b, a, years);
  for (std::size_t next_a = 0; next_a < regions; ++next_a) {
    for (std::size_t next_b = 0; next_b < regions; ++next_b) {
      path.push_back(code_of(next_a, next_b));
      add_paths_of_two(next_a, next_b, time, probability * to_a[next_a] * to_b[next_b], path, law);
      path.pop_back();
    }
  }
}

}  // namespace

TEST_CASE_TEMPLATE("one agent in the whole world: every path has its probability", Engine, Simulation,
                   plain::Engine) {
  check_one_agent<Engine>("1 quarter", 8000);
}

TEST_CASE_TEMPLATE("long: one agent in the whole world, finely, by months and quarters", Engine, Simulation,
                   plain::Engine) {
  check_one_agent<Engine>("1 month", 50000);
  check_one_agent<Engine>("1 quarter", 50000);
}

TEST_CASE_TEMPLATE("two agents who follow each other: every path has its probability", Engine, Simulation,
                   plain::Engine) {
  constexpr std::uint32_t replicates = 60000;
  const Scenario scenario = two_agents();
  Law law;
  Path path;
  add_paths_of_two(0, 0, scenario.time, 1, path, law);
  check_paths(run_paths<Engine>(scenario, 0, replicates, where_they_are), law, replicates);
}

TEST_CASE_TEMPLATE("how often a person has moved is binomial, as counts and as records", Engine, Simulation,
                   plain::Engine) {
  constexpr std::size_t steps = 6;
  constexpr std::int64_t people = 300;
  for (const double hazard : {0.4, 6.0, 60.0}) {
    for (const bool records : {false, true}) {
      Scenario scenario =
          test::small_scenario(3, "2010-07-01", "1 month", {{"moves", {"0", "1", "2", "3", "4", "5", "6"}}});
      Stream& stream = test::add_stream(scenario, "move", hazard);
      for (std::size_t g = 0; g < steps; ++g) stream.becomes[g] = Group{g + 1};
      if (records) scenario.output.relocations_every = steps;
      test::stayers(scenario, 1) = people;
      Workers workers(1);
      std::vector<std::int64_t> seen(steps + 1);
      constexpr std::uint32_t replicates = 200;
      for (std::uint32_t i = 0; i < replicates; ++i) {
        Engine run(scenario, scenario.variants[0], {scenario.seed, i}, workers);
        while (!run.finished()) run.advance();
        const RunView now = view_of(run);
        for (std::size_t cell = 0; cell < now.residents.size(); ++cell) {
          seen[cell % (steps + 1)] += now.residents[cell];
        }
      }
      // The months are not equally long: a sum of six different yes or no.
      std::vector<double> law(steps + 1);
      law[0] = static_cast<double>(people * replicates);
      for (std::size_t step = 0; step < steps; ++step) {
        const double p = 1 - std::exp(-hazard * scenario.time.years(Step{step}));
        for (std::size_t k = steps; k > 0; --k) law[k] = law[k] * (1 - p) + law[k - 1] * p;
        law[0] *= 1 - p;
      }
      CAPTURE(hazard);
      CAPTURE(records);
      CHECK(test::chi_square_sigmas(seen, law) < test::five_sigma);
    }
  }
}

TEST_SUITE_END();

}  // namespace enumeration_test
