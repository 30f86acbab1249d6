#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/base/random_names.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/support/both_engines.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace limits_test {

/// Limits of moves, in both engines: known answers, and that the engines agree.
namespace {

using namespace sojourn;

using test::view_of;

/// Shows what each of many runs of an engine came to, and after every step.
template <class Engine, class Look, class EachStep>
void run_many(const Scenario& scenario, std::uint32_t runs, const Look& look, const EachStep& each_step) {
  Workers workers(1);
  for (std::uint32_t i = 0; i < runs; ++i) {
    Engine run(scenario, scenario.variants.back(), {11, i}, workers);
    while (!run.finished()) {
      run.advance();
      each_step(view_of(run));
    }
    look(view_of(run));
  }
}
template <class Engine, class Look>
void run_many(const Scenario& scenario, std::uint32_t runs, const Look& look) {
  run_many<Engine>(scenario, runs, look, [](const RunView&) {});
}

std::int64_t all(const std::vector<std::int64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

std::int64_t residents(const RunView& seen, std::size_t region) {
  const std::size_t size = seen.residents.size() / seen.scenario.region_count();
  const auto first = seen.residents.begin() + static_cast<std::ptrdiff_t>(region * size);
  return std::accumulate(first, first + static_cast<std::ptrdiff_t>(size), std::int64_t{0});
}

/// P(X >= least) for X ~ Binomial(n, p).
double binomial_tail(int n, double p, int least) {
  double sum = 0;
  for (int k = least; k <= n; ++k) {
    sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) + k * std::log(p) +
                    (n - k) * std::log(1 - p));
  }
  return sum;
}

/// Those of region 0 leave for region 1 at a rate, as counts or with records, as far as a yearly quota goes.
Scenario under_quota(double people, double rate, double quota, const char* step, bool records) {
  Scenario scenario = test::small_scenario(2, "2011-01-01", step, {{"status", {"out", "in"}}});
  test::add_stream(scenario, "leave", rate, Listed{{Region{1}}});
  if (records) {
    test::add_stream(scenario, "home", 0.0, BirthRegion{});
    test::add_movers(scenario, 0, 1, people);
  } else {
    test::stayers(scenario, 0) = people;
  }
  test::add_limit(scenario, "quota", quota);
  test::draw_on(scenario, 0, 0);
  return scenario;
}

template <class Check>
void in_both_engines(const Check& check) {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    check.template operator()<Simulation>(records);
    check.template operator()<plain::Engine>(records);
  }
}

/// Poisson arrivals (nearly) that find one of so many places taken are lost (Erlang 1917).
double erlang_b(int places, double load) {
  double blocked = 1;
  for (int n = 1; n <= places; ++n) blocked = load * blocked / (n + load * blocked);
  return blocked;
}

}  // namespace

TEST_CASE("law: a year's quota is full with the probability that so many would have moved, at any step") {
  constexpr std::uint32_t runs = 4000;
  const auto check = [&]<class Engine>(bool records) {
    for (const char* step : {"1 year", "1 month"}) {
      CAPTURE(step);
      std::int64_t full = 0;
      run_many<Engine>(under_quota(30, 0.5, 12, step, records), runs, [&](const RunView& seen) {
        CHECK(residents(seen, 1) <= 12);
        // Never one too few while someone was turned away.
        if (all(seen.limits.turned_away()) > 0) CHECK(residents(seen, 1) == 12);
        full += residents(seen, 1) == 12 ? 1 : 0;
      });
      const double p = binomial_tail(30, 1 - std::exp(-0.5), 12);
      CHECK(std::abs(static_cast<double>(full) - runs * p) <
            test::five_sigma * std::sqrt(runs * p * (1 - p)));
    }
  };
  in_both_engines(check);
}

TEST_CASE("a refusal takes no time: who is turned away leaves and dies like others, at any step") {
  constexpr double people = 100000;
  const auto check = [&]<class Engine>(bool records) {
    for (const char* step : {"1 year", "1 month"}) {
      CAPTURE(step);
      Scenario scenario = under_quota(people, 12, 100, step, records);
      test::add_outflow(scenario, "gone", 0.3).who.residences = {true, false};
      test::add_transition(scenario, "enters", 1.0, 0, 1);
      run_many<Engine>(scenario, 1, [&](const RunView& seen) {
        const double p = 1 - std::exp(-0.3);
        const auto gone = static_cast<double>(seen.vitals.outflow()[0] + seen.vitals.outflow()[1]);
        CHECK(residents(seen, 1) == 100);
        CHECK(std::abs(gone - people * p) < test::five_sigma * std::sqrt(people * p * (1 - p)) + 100);
        const double out = people * std::exp(-1.3);
        CHECK(std::abs(static_cast<double>(seen.residents[0]) - out) <
              test::five_sigma * std::sqrt(out) + 100);
      });
    }
  };
  in_both_engines(check);
}

TEST_CASE("each takes all that it draws on, or nothing, and what is too little is kept as credit") {
  const auto check = [&]<class Engine>(bool records) {
    Scenario scenario = under_quota(1000, 50, 25, "1 month", records);
    scenario.limits[0].period = Period::month;
    scenario.parameters[scenario.streams[0].draws[0].amount.index()].by_group = {10};
    test::add_limit(scenario, "year", 26);
    test::draw_on(scenario, 0, 1);
    test::add_limit(scenario, "fees", 0).amount.reset();
    test::draw_on(scenario, 0, 2, 120);
    std::vector<std::int64_t> arrived;
    run_many<Engine>(
        scenario, 1,
        [&](const RunView& seen) {
          const std::vector<LimitLedger::Account> accounts = seen.limits.accounts();
          CHECK(accounts[0].amount == 300);
          CHECK(accounts[0].used == 260);
          // Of 40 left, the last month's 25 with 5 of before are not over.
          CHECK(accounts[0].lost + seen.limits.room(0) == 40);
          CHECK(accounts[1].used == 26);
          CHECK(accounts[2].used == 26 * 120);
          CHECK(seen.limits.is_balanced());
        },
        [&](const RunView& seen) { arrived.push_back(residents(seen, 1)); });
    // 2.5 a month: 2, 3, 2, 3, ... until the year's 26 are used.
    CHECK(arrived == std::vector<std::int64_t>{2, 5, 7, 10, 12, 15, 17, 20, 22, 25, 26, 26});
  };
  in_both_engines(check);
}

TEST_CASE("a period shorter than the step gives the amount of all its days; unused goes to another") {
  const auto check = [&]<class Engine>(bool records) {
    Scenario scenario = under_quota(100000, 50, 10, "1 quarter", records);
    scenario.limits[0].period = Period::day;
    std::vector<std::int64_t> arrived;
    run_many<Engine>(
        scenario, 1, [](const RunView&) {},
        [&](const RunView& seen) { arrived.push_back(residents(seen, 1)); });
    CHECK(arrived == std::vector<std::int64_t>{900, 1810, 2730, 3650});
    // Nobody draws on the second; the first has its month's 5, and from the second month on the 7 of the one
    // before.
    Scenario passing = under_quota(100000, 50, 5, "1 month", records);
    passing.limits[0].period = Period::month;
    test::add_limit(passing, "idle", 7, Limit::ForEach::all, Period::month).unused = LimitId{0};
    arrived.clear();
    run_many<Engine>(
        passing, 1,
        [](const RunView& seen) {
          CHECK(seen.limits.is_balanced());
          CHECK(seen.limits.accounts()[1].lost == 0);
        },
        [&](const RunView& seen) { arrived.push_back(residents(seen, 1)); });
    CHECK(arrived[0] == 5);
    CHECK(arrived[1] == 17);
    CHECK(arrived[11] == 12 * 5 + 11 * 7);
  };
  in_both_engines(check);
}

TEST_CASE("limits for each region, pair and citizenship hold in each of them") {
  const auto check = [&]<class Engine>(bool records) {
    Scenario scenario = test::small_scenario(4, "2011-01-01", "1 month");
    test::add_stream(scenario, "leave", 30, Listed{{Region{2}, Region{3}}});
    for (const std::size_t from : {0U, 1U}) {
      test::stayers(scenario, from) = 2000;
      test::add_movers(scenario, from, 1 - from, records ? 500 : 0);
    }
    using ForEach = Limit::ForEach;
    for (const ForEach for_each : {ForEach::region, ForEach::pair, ForEach::citizenship}) {
      Scenario limited = scenario;
      test::add_limit(limited, "each", 30, for_each);
      test::draw_on(limited, 0, 0);
      if (for_each != ForEach::citizenship) limited.output.citizens_every = 1;
      run_many<Engine>(limited, 1, [&](const RunView& seen) {
        // Who has arrived leaves again for the other region, unless all is full.
        const std::vector<LimitLedger::Account> accounts = seen.limits.accounts();
        CHECK(all(seen.limits.turned_away()) > 0);
        for (std::size_t place = 0; place < accounts.size(); ++place) {
          bool reached = place < 2;
          if (for_each == ForEach::region) reached = place >= 2;
          if (for_each == ForEach::pair) reached = place % 4 >= 2 && place / 4 != place % 4;
          CAPTURE(place);
          CHECK(accounts[place].used == (reached ? 30 : 0));
        }
      });
    }
  };
  in_both_engines(check);
}

namespace {

/// Those who have not asked yet, of two kinds, the places that are left where each of them wants to go first,
/// and how many of the second kind were turned away.
struct Line {
  std::array<int, 2> left{};
  std::array<int, 2> places{};
  int turned_away = 0;
};

/// Adds up, over all orders in which they may ask, the probability of each number of the second kind who were
/// turned away.
void enumerate(const Line& line, double p, std::vector<double>& by_number) {
  const int all_left = line.left[0] + line.left[1];
  if (all_left == 0) {
    by_number[static_cast<std::size_t>(line.turned_away)] += p;
    return;
  }
  for (const std::size_t kind : {0U, 1U}) {
    if (line.left[kind] == 0) continue;
    Line next = line;
    --next.left[kind];
    if (next.places[kind] > 0) {
      --next.places[kind];
    } else if (next.places[1 - kind] > 0) {
      --next.places[1 - kind];
    } else {
      next.turned_away += static_cast<int>(kind);
    }
    enumerate(next, p * line.left[kind] / all_left, by_number);
  }
}

/// 15 who want to go to region 1 and 8 who want to go to region 2, each of which admits 10.
Scenario first_choices(Otherwise::Kind otherwise) {
  Scenario scenario = test::small_scenario(3, "2011-01-01", "1 year", {{"wants", {"one", "two"}}});
  test::stayers(scenario, 0, 0) = 15;
  test::stayers(scenario, 0, 1) = 8;
  Stream& go = test::add_stream(scenario, "go", 1000);
  go.who.residences = {true, false, false};
  FactorTerm taste;
  taste.name = "taste";
  taste.factor = test::add_factor(scenario, "taste", FactorPlaces::region, {0, 0, 24, 0, 0, 24}, true);
  taste.comparison = Comparison::destination;
  taste.coefficient = test::add_parameter(scenario, "streams.go.destination.pull.taste", {1}, true);
  go.destination.pull = {taste};
  test::add_limit(scenario, "places", 10, Limit::ForEach::region);
  test::draw_on(scenario, 0, 0);
  scenario.streams[0].otherwise.kind = otherwise;
  return scenario;
}

}  // namespace

TEST_CASE("law: 15 whose first choice is one door and 8 who want another, 10 places each, by enumeration") {
  constexpr std::uint32_t runs = 4000;
  std::vector<double> expected(9);
  enumerate({{15, 8}, {10, 10}, 0}, runs, expected);
  const auto check = [&]<class Engine>() {
    run_many<Engine>(first_choices(Otherwise::Kind::stay), 20, [](const RunView& seen) {
      CHECK(residents(seen, 1) == 10);
      CHECK(residents(seen, 2) == 8);
      CHECK(all(seen.limits.turned_away()) == 5);
    });
    std::vector<std::int64_t> stay(9);
    run_many<Engine>(first_choices(Otherwise::Kind::next_choice), runs, [&](const RunView& seen) {
      CHECK(residents(seen, 1) == 10);
      CHECK(residents(seen, 2) == 10);
      ++stay.at(static_cast<std::size_t>(seen.residents[1]));
    });
    CHECK(test::chi_square_sigmas(stay, expected) < test::five_sigma);
  };
  check.operator()<Simulation>();
  check.operator()<plain::Engine>();
}

TEST_CASE("who is turned away moves by another stream, with a share, if that has room") {
  const auto check = [&]<class Engine>(bool records) {
    constexpr double people = 20000;
    Scenario scenario = under_quota(people, 1000, 5000, "1 year", records);
    Stream& other = test::add_stream(scenario, "irregular", 0.0, Listed{{Region{1}}});
    other.becomes = {Group{1}, Group{1}};
    scenario.streams[0].otherwise = {Otherwise::Kind::stream, StreamId{scenario.streams.size() - 1},
                                     test::add_parameter(scenario, "streams.leave.otherwise.share", {0.24})};
    run_many<Engine>(scenario, 1, [&](const RunView& seen) {
      // Regions and groups: what became of them tells by which stream they came.
      CHECK(seen.residents[2] == 5000);
      CHECK(all(seen.limits.turned_away()) == 15000);
      const double p = 0.24;
      CHECK(std::abs(static_cast<double>(seen.residents[3]) - 15000 * p) <
            test::five_sigma * std::sqrt(15000 * p * (1 - p)));
    });
    test::add_limit(scenario, "few", 100);
    test::draw_on(scenario, scenario.streams.size() - 1, 1);
    run_many<Engine>(scenario, 1, [&](const RunView& seen) { CHECK(seen.residents[3] == 100); });
  };
  in_both_engines(check);
}

TEST_CASE("long: of arrivals who find a place taken as many are lost as Erlang's formula says") {
  // A thousand years by days: of 600,000 who ask, 37,400 are turned away, with a deviation of about 0.1
  // points.
  Scenario scenario = test::small_scenario(2, "2030-01-01", "1 day");
  constexpr double crowd = 300000;
  test::stayers(scenario, 0) = crowd;
  test::add_stream(scenario, "enter", 600.0 / crowd, Listed{{Region{1}}});
  test::add_stream(scenario, "go", 4.0, Listed{{Region{0}}}).who.residences = {false, true};
  Limit& places = test::add_limit(scenario, "places", 150);
  places.occupants = test::everybody(scenario);
  places.occupants->residences = {false, true};
  test::draw_on(scenario, 0, 0);
  double lost = 0;
  double entered = 0;
  run_many<Simulation>(
      scenario, 50,
      [&](const RunView& seen) {
        lost += static_cast<double>(all(seen.limits.turned_away()));
        for (const FlowTally::Row& row : seen.flows.take_rows())
          entered += row.stream == StreamId{0} ? static_cast<double>(row.count) : 0.0;
      },
      [&](const RunView& seen) { CHECK(residents(seen, 1) <= 150); });
  MESSAGE("turned away: " << lost / (lost + entered) << ", Erlang: " << erlang_b(150, 150));
  CHECK(std::abs(lost / (lost + entered) - erlang_b(150, 150)) < 0.004);
}

namespace {

/// Everything at once: streams that share limits by region, pair and citizenship, an own quota by months,
/// places in a region, fees, an inflow; people who change, wait for an office, die and leave.
Scenario everything() {
  Scenario scenario =
      test::small_scenario(4, "2011-01-01", "1 month", {{"status", {"out", "in"}}}, 1, {"permit"});
  const auto rate = [](double moves) { return moves; };
  test::add_stream(scenario, "work", rate(2.5)).who.residences = {true, true, true, false};
  Stream& family = test::add_stream(scenario, "family", rate(1.5));
  family.becomes = {Group{1}, Group{1}, Group{1}, Group{1}};
  test::add_stream(scenario, "home", 1.0, BirthRegion{});
  test::stayers(scenario, 0) = 60;
  test::stayers(scenario, 1, 1) = 40;
  test::add_movers(scenario, 0, 1, 30);
  test::add_movers(scenario, 2, 1, 20, 1);
  using ForEach = Limit::ForEach;
  test::add_limit(scenario, "quota", 9, ForEach::region, Period::month);
  test::add_limit(scenario, "pairs", 30, ForEach::pair, Period::quarter);
  test::add_limit(scenario, "nations", 45, ForEach::citizenship);
  Limit& places = test::add_limit(scenario, "places", 38, ForEach::region);
  places.occupants = test::everybody(scenario);
  places.occupants->groups = {false, true, false, true};
  test::add_limit(scenario, "fees", 0).amount.reset();
  test::draw_on(scenario, 0, 0, 2);
  test::draw_on(scenario, 0, 1);
  test::draw_on(scenario, 0, 2);
  test::draw_on(scenario, 1, 0);
  test::draw_on(scenario, 1, 3);
  test::draw_on(scenario, 1, 4, 7);
  scenario.streams[0].otherwise.kind = Otherwise::Kind::next_choice;
  scenario.streams[1].otherwise = {Otherwise::Kind::stream, StreamId{0},
                                   test::add_parameter(scenario, "streams.family.otherwise.share", {0.6})};
  test::add_transition(scenario, "permit", 2.0, 0, 1);
  test::add_queue(scenario, 0, 4);
  test::add_transition(scenario, "lost", 1.0, 0, 0);
  test::add_outflow(scenario, "gone", 0.2);
  Inflow& inflow = test::add_inflow(scenario, "comers", 40);
  inflow.draws.push_back({LimitId{0}, test::add_parameter(scenario, "inflow.comers.draws.quota", {1})});
  inflow.groups = {{Group{0}, 0.5}, {Group{1}, 0.5}};
  inflow.birth = Region{3};
  join_queues(scenario);
  return scenario;
}

using Observed = std::vector<std::vector<double>>;

template <class Engine>
Observed observe(const Scenario& scenario, std::uint32_t runs) {
  Observed observed;
  run_many<Engine>(scenario, runs, [&](const RunView& seen) {
    std::vector<double> of_run;
    const auto add = [&](const auto& numbers) {
      for (const auto number : numbers) of_run.push_back(static_cast<double>(number));
    };
    add(seen.limits.turned_away());
    add(seen.limits.entries_turned_away());
    add(seen.residents);
    add(seen.vitals.outflow());
    add(seen.vitals.transitions());
    add(seen.vitals.inflow());
    for (const LimitLedger::Account& account : seen.limits.accounts())
      add(std::vector{account.used, account.lost});
    CHECK(seen.limits.is_balanced());
    observed.push_back(std::move(of_run));
  });
  return observed;
}

test::Moments moments(const Observed& observed, std::size_t i) {
  test::Moments result;
  for (const std::vector<double>& run : observed) result.add(run[i]);
  return result;
}

}  // namespace

TEST_CASE("long: the engines agree on means and variances with limits of all kinds") {
  const Scenario scenario = everything();
  constexpr std::uint32_t runs = 600;
  const Observed ours = observe<Simulation>(scenario, runs);
  const Observed plain = observe<plain::Engine>(scenario, runs);
  double worst_mean = 0;
  double worst_variance = 0;
  for (std::size_t i = 0; i < ours[0].size(); ++i) {
    const test::Moments a = moments(ours, i);
    const test::Moments b = moments(plain, i);
    const double error = std::sqrt((a.variance() + b.variance() + 0.1) / runs);
    CAPTURE(i);
    CHECK(std::abs(a.mean() - b.mean()) / error < test::five_sigma);
    worst_mean = std::max(worst_mean, std::abs(a.mean() - b.mean()) / error);
    if (a.variance() < 1 || b.variance() < 1) continue;
    const double ratio = std::log(a.variance() / b.variance()) / std::sqrt(4.0 / (runs - 1));
    CHECK(std::abs(ratio) < test::five_sigma);
    worst_variance = std::max(worst_variance, std::abs(ratio));
  }
  MESSAGE("worst mean " << worst_mean << ", worst variance " << worst_variance << " sigmas");
}

TEST_CASE("the same bits for any number of threads, and none changes where no limit is reached") {
  const auto end_of = [](const Scenario& scenario, unsigned threads) {
    Workers workers(threads);
    RandomNameLog log;
    Simulation run(scenario, scenario.variants[0], {5, 0, &log}, workers);
    while (!run.finished()) run.advance();
    return std::vector<std::int64_t>(run.population().residents().begin(),
                                     run.population().residents().end());
  };
  Scenario scenario = everything();
  for (double& persons : scenario.population.stayers) persons *= 300;
  CHECK(end_of(scenario, 1) == end_of(scenario, 2));
  CHECK(end_of(scenario, 1) == end_of(scenario, 3));
  scenario.inflows[0].draws.clear();
  for (const Limit& limit : scenario.limits) {
    if (limit.amount) scenario.parameters[limit.amount->rate.index()].by_group = {1e9};
  }
  const std::vector<std::int64_t> unreached = end_of(scenario, 2);
  for (Stream& stream : scenario.streams) stream.draws.clear();
  CHECK(end_of(scenario, 1) == unreached);
}

TEST_CASE("law: who enters at a rate fills a year's quota with the probability of a Poisson number") {
  constexpr std::uint32_t runs = 4000;
  Scenario scenario = test::small_scenario(1, "2011-01-01", "1 quarter");
  test::add_limit(scenario, "quota", 12);
  Inflow& inflow = test::add_inflow(scenario, "comers", 10);
  inflow.draws.push_back({LimitId{0}, test::add_parameter(scenario, "inflow.comers.draws.quota", {1})});
  double below = 0;
  for (int k = 0; k < 12; ++k) below += std::exp(k * std::log(10.0) - 10 - std::lgamma(k + 1.0));
  const auto check = [&]<class Engine>() {
    std::int64_t full = 0;
    run_many<Engine>(scenario, runs, [&](const RunView& seen) {
      CHECK(residents(seen, 0) <= 12);
      CHECK(all(seen.vitals.inflow()) == residents(seen, 0));
      full += residents(seen, 0) == 12 ? 1 : 0;
    });
    CHECK(std::abs(static_cast<double>(full) - runs * (1 - below)) <
          test::five_sigma * std::sqrt(runs * below * (1 - below)));
  };
  check.operator()<Simulation>();
  check.operator()<plain::Engine>();
}

}  // namespace limits_test
