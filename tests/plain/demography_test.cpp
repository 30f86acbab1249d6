#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/support/derived_factor.hpp"
#include "tests/support/jump_process.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace demography_test {

/// Births and deaths of our engine beside those of the plain one, and both beside exact laws.
namespace {

using namespace sojourn;

std::int64_t total(std::span<const std::int64_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

RunView view_of(Simulation& run) { return view(run); }
RunView view_of(plain::Engine& run) { return run.view(); }

/// Two regions, women and men, steps of three months for three years: movers of the start, moves and returns
/// that depend on stay and age, births and deaths that differ between regions and sexes.
Scenario small_world() {
  Scenario scenario = test::small_scenario(2, "2013-01-01", "3 months", {{"sex", {"female", "male"}}}, 90);
  for (std::size_t age = 0; age < 90; age += 3) {
    test::stayers(scenario, 0, 0, age) = 3;
    test::stayers(scenario, 0, 1, age) = 2;
    test::stayers(scenario, 1, 0, age) = 1;
    test::add_movers(scenario, 1, 0, 1, age % 2, age);
  }
  scenario.population.arrival = UniformArrival{10};
  Stream& labour = test::add_stream(scenario, "labour", 0.2);
  labour.who.age_from = 15;
  labour.who.age_to = 60;
  test::add_stream(scenario, "back", 0.3, BirthRegion{}).hazard.stay = {{0, 2}, {2, 0.5}};
  scenario.output.relocations_every = 4;
  scenario.output.usual_every = 4;
  scenario.output.year_steps = 4;
  scenario.output.stock_by_age = true;
  scenario.output.age_from = {0, 1, 15, 60};
  scenario.output.stock_attributes = {AttributeId{0}};
  test::add_births(scenario, test::add_age_factor(scenario, "fertility", FactorPlaces::region, false,
                                                  {0, 15, 45}, {0, 0.6, 0, 0, 0.3, 0}));
  test::add_deaths(scenario,
                   test::add_age_factor(scenario, "mortality", FactorPlaces::region, true, {0, 1, 60},
                                        {0.5, 0.05, 0.3, 0.6, 0.1, 0.4, 0.2, 0.02, 0.6, 0.3, 0.02, 0.8}));
  return scenario;
}

/// Likewise with a status that comes and goes by age, stay, sex, and abroad only, and that new-born inherit;
/// whoever moves loses it.
Scenario world_of_statuses() {
  Scenario scenario = test::small_scenario(2, "2013-01-01", "3 months",
                                           {{"sex", {"f", "m"}}, {"status", {"out", "in", "done"}}}, 90);
  for (std::size_t age = 0; age < 90; age += 3) {
    test::stayers(scenario, 0, 0, age) = 3;
    test::stayers(scenario, 0, 4, age) = 2;
    test::stayers(scenario, 1, 1, age) = 1;
    test::add_movers(scenario, 1, 0, 2, age % 6, age);
  }
  scenario.population.arrival = UniformArrival{10};
  Stream& labour = test::add_stream(scenario, "labour", 0.3);
  labour.becomes = {Group{0}, Group{0}, Group{2}, Group{3}, Group{3}, Group{5}};
  test::add_stream(scenario, "back", 0.4, BirthRegion{}).hazard.stay = {{0, 2}, {2, 0.5}};
  Transition& join = test::add_transition(scenario, "join", 1.0, 1, 1);
  join.who.age_from = 15;
  scenario.parameters[join.hazard.rate.index()].by_group = {0.8, 0.8, 0.8, 1.4, 1.4, 1.4};
  Transition& finish = test::add_transition(scenario, "finish", 0.5, 1, 2);
  finish.hazard.stay = {{0, 1, 5}, {0.2, 1, 3}};
  finish.hazard.schedule = AgeTable{{0, 30, 60}, {0.5, 2, 1}};
  test::add_transition(scenario, "lapse", 0.6, 1, 0).who.foreign_born = true;
  // Those who are in draw others in; crowds that came drive away.
  const FactorId contagion =
      test::add_derived(scenario, "contagion", "0.2 + in / (1 + all)",
                        {test::people(scenario, "in", {false, true, false, false, true, false}),
                         test::people(scenario, "all")});
  scenario.transitions[0].hazard.rate_factor = contagion;
  const FactorId arrivals =
      test::add_derived(scenario, "arrivals", "in + 0.1 * abroad",
                        {{"in", FlowInput{FlowInput::Kind::arrivals, {true, true}, 2, 5}, 1},
                         {"abroad", ForeignBornInput{}, 0}});
  scenario.streams[0].hazard.push = {{"arrivals",
                                      arrivals,
                                      Measure::level,
                                      {},
                                      Transform::log1p,
                                      Comparison::origin,
                                      test::add_parameter(scenario, "c", {0.2})}};
  Inflow& come = test::add_inflow(scenario, "come", 12);
  come.groups = {{Group{0}, 0.25}, {Group{4}, 0.75}};
  come.ages = {{0, 20, 1}, {20, 60, 3}};
  test::add_inflow(scenario, "home", 5).birth = Region{0};
  scenario.inflows[1].is_random = false;
  Outflow& leave = test::add_outflow(scenario, "leave", 0.3);
  leave.who.age_from = 20;
  leave.hazard.stay = {{0, 1}, {2, 0.5}};
  scenario.output.relocations_every = 4;
  scenario.output.usual_every = 4;
  scenario.output.year_steps = 4;
  scenario.output.stock_attributes = {AttributeId{1}};
  test::add_births(scenario, 0.1);
  test::add_deaths(scenario, test::add_age_factor(scenario, "mortality", FactorPlaces::region, false,
                                                  {0, 1, 60}, {0.5, 0.05, 0.3, 0.2, 0.02, 0.6}));
  return scenario;
}

/// Likewise with two queues, of which one is one office of both regions; women come first in it, in the other
/// young women and old men.
Scenario world_of_queues() {
  Scenario scenario =
      test::small_scenario(2, "2013-01-01", "3 months", {{"sex", {"f", "m"}}, {"status", {"a", "b", "c"}}},
                           90, {"permit", "card"});
  for (std::size_t age = 0; age < 90; age += 3) {
    test::stayers(scenario, 0, 0, age) = 4;
    test::stayers(scenario, 0, 3, age) = 3;
    test::stayers(scenario, 1, 1, age) = 2;
    test::add_movers(scenario, 1, 0, 2, age % 6, age);
  }
  test::add_stream(scenario, "labour", 0.3).who.age_from = 15;
  test::add_stream(scenario, "back", 0.4, BirthRegion{});
  Transition& permit = test::add_transition(scenario, "permit", 0.8, 1, 1);
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    if (scenario.groups.value(Group{g}, AttributeId{1}) == 2) permit.who.groups[g] = false;
  }
  test::add_transition(scenario, "card", 0.6, 1, 2).who.age_from = 18;
  test::add_transition(scenario, "lapse", 0.3, 1, 0);
  Queue& permits = test::add_queue(scenario, 0, 5);
  permits.period = Queue::Period::quarter;
  permits.priority_from_age = {0, 20, 50};
  permits.priority.clear();
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    const bool is_man = scenario.groups.value(Group{g}, AttributeId{0}) == 1;
    for (const std::size_t number : {is_man ? 1U : 0U, 2U, is_man ? 0U : 1U})
      permits.priority.push_back(number);
  }
  Queue& cards = test::add_queue(scenario, 1, 13);
  cards.period = Queue::Period::year;
  cards.one_office = true;
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    cards.priority[g] = scenario.groups.value(Group{g}, AttributeId{0});
  }
  scenario.parameters[scenario.queues[0].giving_up.rate.index()].by_group = {0.5};
  // Those who lapse look at all that happened a while before.
  const auto flow = [](const char* name, FlowInput::Kind kind, std::vector<bool> named) {
    return DerivedInput{name, FlowInput{kind, std::move(named), 2, 4}, 0};
  };
  scenario.transitions[2].hazard.rate_factor = test::add_derived(
      scenario, "mood", "min(5, 0.2 + 0.1 * (permits + asked) / (1 + born + died))",
      {flow("permits", FlowInput::Kind::transitions, {true, false, true}),
       flow("asked", FlowInput::Kind::requests, {true, true}), flow("born", FlowInput::Kind::births, {true}),
       flow("died", FlowInput::Kind::deaths, {true})});
  test::add_inflow(scenario, "come", 12).ages = {{0, 60, 1}};
  test::add_outflow(scenario, "leave", 0.1);
  scenario.output.relocations_every = 4;
  scenario.output.usual_every = 4;
  scenario.output.year_steps = 4;
  scenario.output.stock_attributes = {AttributeId{0}, AttributeId{1}};
  test::add_births(scenario, 0.05);
  test::add_deaths(scenario, test::add_age_factor(scenario, "mortality", FactorPlaces::region, false,
                                                  {0, 1, 60}, {0.5, 0.05, 0.3, 0.2, 0.02, 0.6}));
  join_queues(scenario);
  return scenario;
}

/// What is compared, by name.
using Seen = std::map<std::string, test::Moments>;

template <class Engine>
Seen run_many(const Scenario& scenario, std::uint32_t seed, std::uint32_t replicates) {
  Seen seen;
  Workers workers(1);
  for (std::uint32_t i = 0; i < replicates; ++i) {
    Engine run(scenario, scenario.variants[0], {seed, i}, workers);
    std::vector<std::int64_t> relocations(4);
    while (!run.finished()) {
      run.advance();
      if (view_of(run).steps_done % 4 == 0) {
        const auto counts = view_of(run).take_relocations();
        for (std::size_t k = 0; k < counts.size(); ++k) relocations[k] += counts[k];
      }
    }
    RunView end = view_of(run);
    const auto add = [&](const std::string& name, const std::vector<std::int64_t>& numbers) {
      for (std::size_t k = 0; k < numbers.size(); ++k) {
        seen[name + " " + std::to_string(k)].add(static_cast<double>(numbers[k]));
      }
    };
    add("births", end.vitals.births());
    add("deaths", end.vitals.deaths());
    add("transitions", end.vitals.transitions());
    for (std::size_t k = 0; k < end.queues.counts().size(); ++k) {
      const QueueTally::Counts& counts = end.queues.counts()[k];
      const std::string name = " of queue " + std::to_string(k) + ",";
      add("requests" + name, {counts.requests});
      add("giving up" + name, {counts.given_up});
      add("leaving" + name, {counts.left});
      std::vector<std::int64_t> by_year(4);
      for (const auto& [days, agents] : counts.served)
        by_year[static_cast<std::size_t>(days / 365)] += agents;
      add("waits" + name, by_year);
    }
    add("inflow", end.vitals.inflow());
    add("outflow", end.vitals.outflow());
    add("relocations", relocations);
    for (std::size_t k = 0; k < end.usual.intervals(); ++k) {
      add("usual residence in year " + std::to_string(k), end.usual.take(k));
    }
    add("diaspora", {end.diaspora.all().begin(), end.diaspora.all().end()});
    std::vector<std::int64_t> flows(4);
    for (const FlowTally::Row& row : end.flows.take_rows()) {
      flows[row.origin.index() * 2 + row.stream.index()] += row.count;
    }
    add("flows", flows);
    // Stocks by cell and bands of ten cohorts.
    const std::size_t cohorts = scenario.cohort_count();
    std::vector<std::int64_t> stocks(scenario.cell_count() * (cohorts / 10 + 1));
    for (std::size_t k = 0; k < end.residents.size(); ++k) {
      stocks[k / cohorts * (cohorts / 10 + 1) + k % cohorts / 10] += end.residents[k];
    }
    add("stocks", stocks);
  }
  return seen;
}

/// How far two sets of numbers are apart, in standard errors of means and of variances: the largest.
std::pair<double, double> distance(const Seen& a, const Seen& b, std::uint32_t replicates) {
  double means = 0;
  double variances = 0;
  const double n = replicates;
  for (const auto& [name, moments] : a) {
    const test::Moments& other = b.at(name);
    const double variance = 0.5 * (moments.variance() + other.variance());
    if (variance == 0) {
      CHECK(moments.mean() == other.mean());
      continue;
    }
    means = std::max(means, std::abs(moments.mean() - other.mean()) / std::sqrt(2 * variance / n));
    // Of nearly normal numbers; rare ones, and those that are nearly always the same, have heavier tails.
    if (moments.mean() < 5 || variance < 1) continue;
    variances =
        std::max(variances, std::abs(moments.variance() - other.variance()) / (variance * std::sqrt(4 / n)));
  }
  return {means, variances};
}

}  // namespace

TEST_CASE("long: births, deaths, stocks, moves and relocations agree with the plain engine") {
  const Scenario scenario = small_world();
  constexpr std::uint32_t replicates = 3000;
  const Seen ours = run_many<Simulation>(scenario, 1, replicates);
  const Seen plain = run_many<plain::Engine>(scenario, 2, replicates);
  const Seen again = run_many<plain::Engine>(scenario, 3, replicates);
  REQUIRE(ours.size() == plain.size());
  CHECK(ours.at("births 0").mean() > 20);
  CHECK(ours.at("relocations 1").mean() > 10);
  const auto [means, variances] = distance(ours, plain, replicates);
  const auto [plain_means, plain_variances] = distance(plain, again, replicates);
  CHECK(means < test::five_sigma);
  CHECK(variances < test::five_sigma);
  CHECK(plain_means < test::five_sigma);
  CHECK(plain_variances < test::five_sigma);
}

TEST_CASE("long: transitions, and all that they mix with, agree with the plain engine") {
  const Scenario scenario = world_of_statuses();
  constexpr std::uint32_t replicates = 3000;
  const Seen ours = run_many<Simulation>(scenario, 1, replicates);
  const Seen plain = run_many<plain::Engine>(scenario, 2, replicates);
  REQUIRE(ours.size() == plain.size());
  CHECK(ours.at("transitions 0").mean() > 20);
  CHECK(ours.at("outflow 1").mean() > 2);
  const auto [means, variances] = distance(ours, plain, replicates);
  CHECK(means < test::five_sigma);
  CHECK(variances < test::five_sigma);
}

TEST_CASE("long: queues, and all that they mix with, agree with the plain engine") {
  const Scenario scenario = world_of_queues();
  constexpr std::uint32_t replicates = 3000;
  const Seen ours = run_many<Simulation>(scenario, 1, replicates);
  const Seen plain = run_many<plain::Engine>(scenario, 2, replicates);
  REQUIRE(ours.size() == plain.size());
  CHECK(ours.at("waits of queue 0, 0").mean() > 20);
  CHECK(ours.at("waits of queue 1, 1").mean() > 2);
  CHECK(ours.at("giving up of queue 0, 0").mean() > 5);
  CHECK(ours.at("leaving of queue 1, 0").mean() > 5);
  const auto [means, variances] = distance(ours, plain, replicates);
  CHECK(means < test::five_sigma);
  CHECK(variances < test::five_sigma);
}

TEST_CASE("a transition, death and a move compete, and go on where one has changed") {
  constexpr double people = 100000;
  for (const bool movers : {false, true}) {
    CAPTURE(movers);
    Scenario scenario = test::small_scenario(3, "2010-02-01", "1 month", {{"status", {"a", "b", "c"}}});
    test::add_stream(scenario, "a", 8.0, Listed{{Region{1}}}).who.residences = {true, false, false};
    test::add_stream(scenario, "home", 0.0, BirthRegion{});
    test::add_transition(scenario, "to_b", 5.0, 0, 1);
    test::add_transition(scenario, "to_c", 2.0, 0, 2);
    if (movers) {
      test::add_movers(scenario, 0, 2, people);
    } else {
      test::stayers(scenario, 0) = people;
    }
    test::add_deaths(scenario, 3.0);
    // a, b, c, moved, dead: everybody may move or die, and go back and forth between b and c.
    std::vector<test::Jump> jumps = {{0, 1, 5}, {0, 2, 2}, {1, 2, 2}, {2, 1, 5}};
    for (std::size_t status = 0; status < 3; ++status) {
      jumps.push_back({status, 3, 8});
      jumps.push_back({status, 4, 3});
    }
    std::vector<double> expected = test::after({1, 0, 0, 0, 0}, jumps, scenario.time.years(Step{0}));
    for (double& share : expected) share *= people;
    const auto check = [&](auto& run) {
      run.advance();
      const RunView seen = view_of(run);
      const std::vector<std::int64_t> counts = {seen.residents[0], seen.residents[1], seen.residents[2],
                                                total(seen.residents.subspan(3, 3)),
                                                total(seen.vitals.deaths())};
      CHECK(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) == people);
      CHECK(test::chi_square_sigmas(counts, expected) < test::five_sigma);
    };
    Workers workers(1);
    Simulation ours(scenario, scenario.variants[0], {5, 0}, workers);
    check(ours);
    plain::Engine plain(scenario, scenario.variants[0], {6, 0}, workers);
    check(plain);
  }
}

TEST_CASE("death and a move compete for an agent") {
  constexpr double people = 100000;
  constexpr double death = 3.0;
  constexpr double move = 8.0;
  for (const bool movers : {false, true}) {
    CAPTURE(movers);
    Scenario scenario = test::small_scenario(3, "2010-02-01", "1 month");
    test::add_stream(scenario, "a", move, Listed{{Region{1}}}).who.residences = {true, false, false};
    // So that movers have records.
    test::add_stream(scenario, "home", 0.0, BirthRegion{});
    if (movers) {
      test::add_movers(scenario, 0, 2, people);
    } else {
      test::stayers(scenario, 0) = people;
    }
    test::add_deaths(scenario, death);
    const double event = 1 - std::exp(-(death + move) * scenario.time.years(Step{0}));
    const auto check = [&](auto& run) {
      run.advance();
      const RunView seen = view_of(run);
      const std::vector<std::int64_t> counts = {seen.residents[0], seen.residents[1],
                                                seen.vitals.deaths()[0]};
      CHECK(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}) == people);
      CHECK(test::chi_square_sigmas(counts, {people * (1 - event), people * event * move / (death + move),
                                             people * event * death / (death + move)}) < test::five_sigma);
    };
    Workers workers(1);
    Simulation ours(scenario, scenario.variants[0], {5, 0}, workers);
    check(ours);
    plain::Engine plain(scenario, scenario.variants[0], {6, 0}, workers);
    check(plain);
  }
}

}  // namespace demography_test
