#include "sim/engine/offices.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/support/derived_factor.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace offices_test {

/// Queues in whole runs. The plain engine is beside them in tests/plain/demography_test.cpp.
using namespace sojourn;

namespace {

using List = std::vector<std::int64_t>;

/// Status a becomes b by permit, for which everybody asks in the first step (if not otherwise told).
Scenario with_permits(std::size_t regions, double limit, double rate = 1e6,
                      const std::string& end = "2011-01-01", bool records = false) {
  Scenario scenario = test::small_scenario(
      regions, end, "1 month", {{"status", {"a", "b"}}, {"skill", {"low", "high"}}}, 1, {"permit"});
  if (records) test::add_stream(scenario, "home", 0.0, BirthRegion{});
  test::add_transition(scenario, "permit", rate, 0, 1);
  test::add_queue(scenario, 0, limit);
  return scenario;
}

void put(Scenario& scenario, std::size_t region, double persons, std::size_t group, bool records) {
  if (records) {
    test::add_movers(scenario, region, (region + 1) % scenario.region_count(), persons, group);
  } else {
    test::stayers(scenario, region, group) = persons;
  }
}

std::int64_t stock(const Simulation& simulation, std::size_t region, std::size_t group) {
  return simulation.population().noted(simulation.population().cell(Region{region}, Group{group}));
}

/// How many were served in each step in a region.
List served_by_step(Simulation& simulation, std::size_t region) {
  List result;
  while (!simulation.finished()) {
    simulation.advance();
    std::int64_t served = 0;
    for (const auto& [days, agents] : simulation.queues().counts()[region].served) served += agents;
    result.push_back(served);
    simulation.queues().clear();
  }
  return result;
}

QueueTally::Counts run(Simulation& simulation, std::size_t region = 0) {
  while (!simulation.finished()) simulation.advance();
  return simulation.queues().counts()[region];
}

Workers& one_worker() {
  static Workers workers(1);
  return workers;
}

}  // namespace

TEST_CASE("an office serves so many a month, in the order of their steps: stayers and movers") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = with_permits(2, 100, 1e6, "2011-01-01", records);
    put(scenario, 0, 450, 0, records);
    put(scenario, 1, 30, 0, records);
    join_queues(scenario);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, one_worker());
    simulation.advance();
    CHECK(stock(simulation, 0, 4) == 350);  // waiting
    CHECK(stock(simulation, 0, 2) == 100);  // permitted
    CHECK(stock(simulation, 1, 2) == 30);
    CHECK(simulation.queues().counts()[0].requests == 450);
    CHECK(simulation.queues().counts()[1].requests == 30);
    const QueueTally::Counts counts = run(simulation);
    // All asked in January; 100 were served in each month, after the days of the months before.
    CHECK(counts.served == QueueTally::Waits{{0, 100}, {31, 100}, {59, 100}, {90, 100}, {120, 50}});
    CHECK(counts.left == 0);
    CHECK(stock(simulation, 0, 2) == 450);
    CHECK(simulation.vitals().transitions()[0] == 450);
    // Each record is still there, with its birth, and holds no ticket any more.
    const Movers& movers = simulation.population().movers();
    for (const Block& block : movers.blocks(simulation.population().cell(Region{0}, Group{2}))) {
      for (std::uint64_t i = 0; i < block.size; ++i) {
        const History history = simulation.population().layout().unpack(movers.read(block, i), block.key);
        REQUIRE(history.ticket == Ticket{});
        REQUIRE(history.birth == Region{1});
      }
    }
  }
}

TEST_CASE("priority comes before the step of joining") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = with_permits(2, 100, 1e6, "2010-05-01", records);
    put(scenario, 0, 220, 0, records);  // a, low
    put(scenario, 0, 80, 1, records);   // a, high
    for (std::size_t g = 0; g < 8; g += 2) scenario.queues[0].priority[g] = 1;
    scenario.output.stock_attributes = {AttributeId{1}};
    join_queues(scenario);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, one_worker());
    std::vector<List> by_step;
    while (!simulation.finished()) {
      simulation.advance();
      const List& all = simulation.vitals().transitions();
      by_step.push_back({all[0], all[1]});
    }
    CHECK(by_step == std::vector<List>{{20, 80}, {120, 80}, {220, 80}, {220, 80}});
  }
}

/// 100 people of each of three ages wait in one region, and those below 18 come first.
Scenario with_minors_first(double limit, const std::string& step, bool records) {
  Scenario scenario = test::small_scenario(2, "2012-01-01", step, {{"status", {"a", "b"}}}, 50, {"permit"});
  if (records) test::add_stream(scenario, "home", 0.0, BirthRegion{});
  test::add_transition(scenario, "permit", 1e6, 0, 1);
  Queue& queue = test::add_queue(scenario, 0, limit);
  queue.period = Queue::Period::step;
  queue.priority_from_age = {0, 18};
  queue.priority = {0, 1, 0, 1, 0, 1, 0, 1};
  for (const std::size_t age : {5U, 17U, 40U}) {
    if (records) {
      test::add_movers(scenario, 0, 1, 100, 0, age);
    } else {
      test::stayers(scenario, 0, 0, age) = 100;
    }
  }
  join_queues(scenario);
  return scenario;
}

/// Agents of a group and of an age at the start in region 0, be they counts or records.
std::int64_t of_age(const Simulation& simulation, Group group, std::size_t age) {
  const Population& population = simulation.population();
  const std::size_t cell = population.cell(Region{0}, group);
  const Cohort cohort{49 - age};
  std::int64_t sum = population.counted(cell, cohort);
  for (const Block& block : population.movers().blocks(cell)) {
    for (std::uint64_t i = 0; i < block.size; ++i) {
      const RecordWord word = population.movers().read(block, i);
      sum += population.layout().cohort(word, block.key) == cohort ? 1 : 0;
    }
  }
  return sum;
}

TEST_CASE("with minors first all minors are served before anybody else") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    const Scenario scenario = with_minors_first(100, "1 month", records);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, one_worker());
    simulation.advance();
    const auto served = [&](std::size_t age) { return of_age(simulation, Group{1}, age); };
    CHECK(served(5) + served(17) == 100);
    CHECK(served(40) == 0);
    simulation.advance();
    // Of those of 17 a few have their birthday each month, and wait with the adults.
    CHECK(served(5) == 100);
    CHECK(served(17) + served(40) == 100);
    CHECK(served(17) > 70);
    simulation.advance();
    CHECK(served(17) + served(40) == 200);
  }
}

TEST_CASE("of those whom a bound of ages cuts the share that is named comes first") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    test::Moments of_17;
    for (std::uint32_t replicate = 0; replicate < 400; ++replicate) {
      const Scenario scenario = with_minors_first(200, "1 year", records);
      Simulation simulation(scenario, scenario.variants[0], {1, replicate}, one_worker());
      simulation.advance();
      REQUIRE(of_age(simulation, Group{1}, 5) == 100);
      of_17.add(static_cast<double>(of_age(simulation, Group{1}, 17)));
    }
    // In the middle of the year half of them are minors, N of 100; the other 100 - N places go to 200 - N
    // people, of whom 100 - N are of this cohort. By sums over the binomial law the mean is 66.74.
    CHECK(std::abs(of_17.mean() - 66.74) < 5 * std::sqrt(of_17.variance() / 400));
  }
}

TEST_CASE("with a limit beyond all requests a queue changes nothing") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    constexpr double people = 200000;
    Scenario scenario = with_permits(2, 1e9, 0.7, "2012-01-01", records);
    put(scenario, 0, people, 0, records);
    join_queues(scenario);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, one_worker());
    const QueueTally::Counts counts = run(simulation);
    const double probability = 1 - std::exp(-0.7 * 2);
    CHECK(test::chi_square_sigmas({stock(simulation, 0, 0), stock(simulation, 0, 2)},
                                  {people * (1 - probability), people * probability}) < test::five_sigma);
    CHECK(counts.served == QueueTally::Waits{{0, stock(simulation, 0, 2)}});
    CHECK(counts.requests == stock(simulation, 0, 2));
  }
}

TEST_CASE("those who came in one step are served at random, from one pot of all regions") {
  // 12 wait in region 0 and 18 in region 1, as counts and as records; 10 are served.
  constexpr std::uint32_t runs = 20000;
  List seen(11);
  List records_seen(11);
  for (std::uint32_t i = 0; i < runs; ++i) {
    Scenario scenario = with_permits(2, 10, 1e6, "2010-02-01", true);
    put(scenario, 0, 6, 0, true);
    put(scenario, 0, 6, 0, false);
    put(scenario, 1, 18, 0, false);
    scenario.queues[0].one_office = true;
    join_queues(scenario);
    Simulation simulation(scenario, scenario.variants[0], {5, i}, one_worker());
    simulation.advance();
    REQUIRE(stock(simulation, 0, 2) + stock(simulation, 1, 2) == 10);
    ++seen[static_cast<std::size_t>(stock(simulation, 0, 2))];
    const std::size_t cell = simulation.population().cell(Region{0}, Group{2});
    ++records_seen[static_cast<std::size_t>(simulation.population().movers().count(cell))];
  }
  const auto expected = [](double marked) {
    const auto log_choose = [](double n, double k) {
      return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
    };
    std::vector<double> result;
    for (double k = 0; k <= 10; ++k) {
      const double log_probability =
          log_choose(marked, k) + log_choose(30 - marked, 10 - k) - log_choose(30, 10);
      result.push_back(k > marked ? 0 : runs * std::exp(log_probability));
    }
    return result;
  };
  CHECK(test::chi_square_sigmas(seen, expected(12)) < test::five_sigma);
  CHECK(test::chi_square_sigmas(records_seen, expected(6)) < test::five_sigma);
}

TEST_CASE("who gives up may ask again: the share that waits is that of two rates") {
  Scenario scenario = with_permits(1, 0, 1.5, "2030-01-01");
  test::stayers(scenario, 0) = 300000;
  scenario.parameters[scenario.queues[0].giving_up.rate.index()].by_group = {0.5};
  join_queues(scenario);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, one_worker());
  const QueueTally::Counts counts = run(simulation);
  const double share = 1.5 / (1.5 + 0.5);
  CHECK(test::chi_square_sigmas({stock(simulation, 0, 0), stock(simulation, 0, 4)},
                                {300000 * (1 - share), 300000 * share}) < test::five_sigma);
  CHECK(counts.requests - counts.given_up == stock(simulation, 0, 4));
  CHECK(counts.served.empty());
}

TEST_CASE("who dies or moves while waiting leaves the queue, and nobody is served twice") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = with_permits(2, 1000, 1e6, "2010-07-01", records);
    constexpr double people = 100000;
    put(scenario, 0, people, 0, records);
    test::add_stream(scenario, "away", 0.6).who.residences = {true, false};
    test::add_deaths(scenario, 0.4);
    // Those who came to region 1 ask there, where nobody is served.
    scenario.transitions[0].who.residences = {true, false};
    join_queues(scenario);
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, one_worker());
    const QueueTally::Counts counts = run(simulation);
    // Requests come almost before anything else.
    CHECK(static_cast<double>(counts.requests) > 0.9999 * people);
    const std::int64_t served =
        std::accumulate(counts.served.begin(), counts.served.end(), std::int64_t{0},
                        [](std::int64_t sum, const auto& waited) { return sum + waited.second; });
    CHECK(served == 6000);
    CHECK(counts.requests == served + counts.left + stock(simulation, 0, 4));
    // Who asks at once has all of the first step before it, too: in each the chance of exp(-1/12) to stay.
    double waiting = people;
    double variance = 0;
    for (int step = 0; step < 6; ++step) {
      const double stay = std::exp(-(0.6 + 0.4) * scenario.time.years(Step{static_cast<std::size_t>(step)}));
      variance = variance * stay * stay + waiting * stay * (1 - stay);
      waiting = waiting * stay - 1000;
    }
    CHECK(std::abs(static_cast<double>(stock(simulation, 0, 4)) - waiting) <
          test::five_sigma * std::sqrt(variance) + 20);
    CHECK(stock(simulation, 1, 4) == 0);
  }
}

TEST_CASE("a month is one pot for weeks, or shared out evenly") {
  Scenario scenario = with_permits(1, 12);
  scenario.time = TimeGrid(*parse_date("2010-01-01"), *parse_date("2010-02-26"), *parse_duration("1 week"));
  test::stayers(scenario, 0) = 100;
  join_queues(scenario);
  {
    Simulation simulation(scenario, scenario.variants[0], {1, 0}, one_worker());
    CHECK(served_by_step(simulation, 0) == List{12, 0, 0, 0, 0, 12, 0, 0});
  }
  scenario.queues[0].spread_evenly = true;
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, one_worker());
  CHECK(served_by_step(simulation, 0) == List{2, 2, 3, 2, 3, 3, 3, 3});
}

TEST_CASE("an expression reads how long the queue is: those who see it long do not join") {
  // Requests at rate 2 / (1 + length / 1000) a year of 10000 people, of whom 50 a month are served and
  // return.
  Scenario scenario = with_permits(1, 50, 2, "2060-01-01");
  test::stayers(scenario, 0) = 10000;
  test::add_transition(scenario, "expire", 1.0, 0, 0);
  PeopleInput waiting{test::everybody(scenario)};
  for (std::size_t g = 0; g < 8; ++g) {
    waiting.who.groups[g] = scenario.groups.waits(Group{g}, QueueId{0});
  }
  const FactorId patience =
      test::add_derived(scenario, "patience", "1 / (1 + length / 1000)", {{"length", waiting, 0}});
  scenario.transitions[0].hazard.rate_factor = patience;
  join_queues(scenario);
  Simulation simulation(scenario, scenario.variants[0], {1, 0}, one_worker());
  double mean = 0;
  int steps = 0;
  while (!simulation.finished()) {
    simulation.advance();
    if (simulation.steps_done() <= 240) continue;
    mean += static_cast<double>(stock(simulation, 0, 4));
    ++steps;
  }
  mean /= steps;
  // Steady: as many requests as served, 50 a month; permitted P with P (1 - exp(-1/12)) = 50; and
  // (10000 - P - L) (1 - exp(-2 / (1 + L / 1000) / 12)) = 50, by bisection.
  const double permitted = 50 / (1 - std::exp(-1.0 / 12));
  double low = 0;
  double high = 10000 - permitted;
  for (int i = 0; i < 100; ++i) {
    const double length = 0.5 * (low + high);
    const double requests = (10000 - permitted - length) * (1 - std::exp(-2 / (1 + length / 1000) / 12));
    (requests > 50 ? low : high) = length;
  }
  CHECK(mean == doctest::Approx(low).epsilon(0.01));
}

namespace {

/// Two queues, one of them of one office, priorities, giving up, moves, births, deaths, inflow and outflow,
/// and changes that end what is waited for.
Scenario busy_world() {
  Scenario scenario = test::small_scenario(
      3, "2014-01-01", "1 month", {{"sex", {"f", "m"}}, {"status", {"a", "b", "c"}}}, 90, {"permit", "card"});
  for (std::size_t r = 0; r < 3; ++r) {
    for (std::size_t age = 0; age < 90; ++age) {
      test::stayers(scenario, r, 0, age) = 200;
      test::stayers(scenario, r, 4, age) = 100;
      test::add_movers(scenario, r, (r + 1) % 3, 40, age % 6, age);
    }
  }
  scenario.population.arrival = UniformArrival{10};
  test::add_stream(scenario, "labour", 0.2).who.age_from = 15;
  test::add_stream(scenario, "back", 0.3, BirthRegion{}).hazard.stay = {{0, 2}, {2, 0.5}};
  Transition& permit = test::add_transition(scenario, "permit", 0.8, 1, 1);
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    permit.who.groups[g] = scenario.groups.value(Group{g}, AttributeId{1}) == 0;
  }
  test::add_transition(scenario, "card", 0.5, 1, 2).who.age_from = 18;
  test::add_transition(scenario, "lapse", 0.3, 1, 0);
  test::add_queue(scenario, 0, 60);
  Queue& card = test::add_queue(scenario, 1, 90);
  card.one_office = true;
  card.spread_evenly = true;
  card.period = Queue::Period::quarter;
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    card.priority[g] = scenario.groups.value(Group{g}, AttributeId{0});
  }
  scenario.parameters[scenario.queues[0].giving_up.rate.index()].by_group = {0.4};
  test::add_inflow(scenario, "come", 500).ages = {{20, 40, 1}};
  test::add_outflow(scenario, "go", 0.05);
  scenario.output.diaspora_every = 1;
  scenario.output.relocations_every = 12;
  test::add_births(scenario, 0.03);
  test::add_deaths(scenario, test::add_age_factor(scenario, "mortality", FactorPlaces::everywhere, false,
                                                  {0, 1, 60}, {0.05, 0.005, 0.05}));
  join_queues(scenario);
  return scenario;
}

}  // namespace

TEST_CASE("everything at once: each queue's balance, in every step, and the same for 1, 2 and 3 threads") {
  const Scenario scenario = busy_world();
  std::vector<std::int64_t> first;
  for (const unsigned threads : {1U, 2U, 3U}) {
    Workers workers(threads);
    Simulation simulation(scenario, scenario.variants[0], {3, 0}, workers);
    std::vector<std::int64_t> history;
    List length(6);
    bool both = false;
    while (!simulation.finished()) {
      simulation.advance();
      List now(6);
      for (std::size_t r = 0; r < 3; ++r) {
        for (std::size_t g = 6; g < 24; ++g) {
          for (std::size_t q = 0; q < 2; ++q) {
            if (scenario.groups.waits(Group{g}, QueueId{q})) now[2 * r + q] += stock(simulation, r, g);
          }
          both = both || (g >= 18 && stock(simulation, r, g) > 0);
        }
      }
      std::int64_t cards = 0;
      for (std::size_t i = 0; i < 6; ++i) {
        const QueueTally::Counts& counts = simulation.queues().counts()[i];
        std::int64_t served = 0;
        for (const auto& [days, agents] : counts.served) {
          served += agents;
          history.push_back(days * 1000000 + agents);
        }
        REQUIRE(now[i] == length[i] + counts.requests - counts.given_up - counts.left - served);
        if (i % 2 == 0) REQUIRE(served <= 60);
        if (i % 2 == 1) cards += served;
        REQUIRE((i % 2 == 0 || counts.given_up == 0));
        history.insert(history.end(), {counts.requests, counts.given_up, counts.left, served});
      }
      REQUIRE(cards <= 30);
      length = now;
      simulation.queues().clear();
    }
    CHECK(both);
    CHECK(*std::min_element(length.begin(), length.end()) > 100);
    history.insert(history.end(), simulation.vitals().transitions().begin(),
                   simulation.vitals().transitions().end());
    if (first.empty()) first = history;
    CHECK(history == first);
  }
}

}  // namespace offices_test
