#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/reading/reading.hpp"
#include "tests/support/both_engines.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace shared_offices_test {

/// Offices of several procedures that share limits, in both engines.
namespace {

using namespace sojourn;

using test::run_one;

/// Lets a queue draw on a limit in place of its own.
void draw_in_queue(Scenario& scenario, std::size_t queue, std::size_t limit, double amount) {
  const std::string name = "transitions." + scenario.queues[queue].name + ".capacity.draws";
  scenario.queues[queue].draws.push_back({LimitId{limit}, test::add_parameter(scenario, name, {amount})});
}

/// Two procedures of 10 and 100 minutes for people of two kinds, each of whom asks once; so many minutes a
/// month.
Scenario two_procedures(double minutes, double order_of_short, double order_of_long, bool records,
                        Limit::ForEach for_each = Limit::ForEach::all) {
  Scenario scenario =
      test::small_scenario(2, "2018-01-01", "1 month",
                           {{"kind", {"short", "long"}}, {"paper", {"no", "yes"}}}, 1, {"quick", "slow"});
  for (const std::size_t region : {0U, 1U}) {
    test::stayers(scenario, region, 0) = records ? 0 : 900;
    test::stayers(scenario, region, 2) = records ? 0 : 100;
    if (!records) continue;
    test::add_movers(scenario, region, 1 - region, 900, 0);
    test::add_movers(scenario, region, 1 - region, 100, 2);
  }
  test::add_stream(scenario, "home", 0.0, BirthRegion{});
  for (const char* name : {"quick", "slow"}) {
    Transition& transition = test::add_transition(scenario, name, 0.4, 1, 1);
    for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
      const bool is_quick = scenario.groups.value(Group{g}, AttributeId{0}) == 0;
      if (is_quick != (std::string(name) == "quick")) transition.who.groups[g] = false;
    }
  }
  test::add_queue(scenario, 0, 0).order = order_of_short;
  test::add_queue(scenario, 1, 0).order = order_of_long;
  test::add_limit(scenario, "clerks", minutes, for_each, Period::month);
  draw_in_queue(scenario, 0, 0, 10);
  draw_in_queue(scenario, 1, 0, 100);
  join_queues(scenario);
  return scenario;
}

/// Minutes of work that wait, less what the clerks have left for whom it was too little, by step; and those
/// that were asked for in each step.
struct Work {
  std::vector<double> waiting;
  std::vector<double> asked;
  std::vector<double> lengths = {0, 0};
};

template <class Engine>
Work work_of(const Scenario& scenario, std::uint32_t replicate) {
  Work work;
  double requested = 0;
  run_one<Engine>(scenario, {17, replicate}, 2, [&](const RunView& seen) {
    double minutes = 0;
    double asked = 0;
    for (std::size_t i = 0; i < seen.queues.counts().size(); ++i) {
      const QueueTally::Counts& counts = seen.queues.counts()[i];
      std::int64_t served = 0;
      for (const auto& [days, agents] : counts.served) served += agents;
      const double takes = i % 2 == 0 ? 10 : 100;
      minutes += takes * static_cast<double>(counts.requests - served);
      asked += takes * static_cast<double>(counts.requests);
      work.lengths[i % 2] += static_cast<double>(counts.requests - served);
    }
    work.asked.push_back(asked - requested);
    requested = asked;
    work.waiting.push_back(minutes > 0 ? minutes - seen.limits.room(0) : 0);
    CHECK(seen.limits.is_balanced());
    CHECK(seen.limits.room(0) < (minutes > 0 ? 100 : 3000));
  });
  return work;
}

}  // namespace

TEST_CASE("the work that waits is the same in whatever order procedures come, as that of one server") {
  constexpr double minutes = 1000;
  for (const bool records : {false, true}) {
    CAPTURE(records);
    const auto check = [&]<class Engine>() {
      double shorter = 0;
      double longer = 0;
      for (std::uint32_t replicate = 0; replicate < 5; ++replicate) {
        const Work first = work_of<Engine>(two_procedures(minutes, 1, 2, records), replicate);
        const Work last = work_of<Engine>(two_procedures(minutes, 2, 1, records), replicate);
        const Work one_line = work_of<Engine>(two_procedures(minutes, 0, 0, records), replicate);
        for (const Work* work : {&first, &last, &one_line}) {
          double expected = 0;
          for (std::size_t s = 0; s < work->waiting.size(); ++s) {
            expected = std::max(0.0, expected + work->asked[s] - minutes);
            CHECK(work->waiting[s] == expected);
          }
        }
        shorter += first.lengths[0];
        longer += last.lengths[0];
      }
      // The quick come first, or last.
      CHECK(shorter * 10 < longer);
    };
    check.operator()<Simulation>();
    check.operator()<plain::Engine>();
  }
}

TEST_CASE(
    "Little's law: the days that all have waited are those in which somebody waited, for each procedure") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    const Scenario scenario = two_procedures(700, 1, 2, records);
    const auto check = [&]<class Engine>() {
      std::array<std::int64_t, 2> person_days{};
      run_one<Engine>(scenario, {17, 1}, 2, [&](const RunView& seen) {
        const TimeGrid& time = scenario.time;
        const std::int64_t days =
            (time.boundary(seen.steps_done) - time.boundary(seen.steps_done - 1)).count();
        std::array<std::int64_t, 2> waited{};
        std::array<std::int64_t, 2> length{};
        for (std::size_t i = 0; i < seen.queues.counts().size(); ++i) {
          const QueueTally::Counts& counts = seen.queues.counts()[i];
          length.at(i % 2) += counts.requests;
          for (const auto& [one, agents] : counts.served) {
            waited.at(i % 2) += one * agents;
            length.at(i % 2) -= agents;
          }
        }
        for (std::size_t q = 0; q < 2; ++q) {
          person_days.at(q) += length.at(q) * days;
          if (seen.finished()) CHECK(length.at(q) == 0);
          if (seen.finished()) CHECK(waited.at(q) == person_days.at(q));
        }
      });
    };
    check.operator()<Simulation>();
    check.operator()<plain::Engine>();
  }
}

TEST_CASE("the engines agree on who is served by clerks of each region and one fee for all") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = two_procedures(500, 0, 0, records, Limit::ForEach::region);
    test::add_limit(scenario, "forms", 25, Limit::ForEach::all, Period::month);
    draw_in_queue(scenario, 0, 1, 1);
    draw_in_queue(scenario, 1, 1, 2);
    scenario.queues[0].priority[scenario.groups.joined(Group{0}, QueueId{0}).index()] = 1;
    const auto observe = [&]<class Engine>() {
      std::vector<test::Moments> moments(16);
      for (std::uint32_t replicate = 0; replicate < 1000; ++replicate) {
        run_one<Engine>(scenario, {17, replicate}, 2, [&](const RunView& seen) {
          if (seen.steps_done != 30 && seen.steps_done != 96) return;
          for (std::size_t i = 0; i < 4; ++i) {
            const QueueTally::Counts& counts = seen.queues.counts()[i];
            const std::size_t at = (seen.finished() ? 8 : 0) + 2 * i;
            double days = 0;
            double served = 0;
            for (const auto& [waited, agents] : counts.served) {
              days += static_cast<double>(waited * agents);
              served += static_cast<double>(agents);
            }
            moments[at].add(served);
            moments[at + 1].add(days);
          }
        });
      }
      return moments;
    };
    const std::vector<test::Moments> ours = observe.operator()<Simulation>();
    const std::vector<test::Moments> plain = observe.operator()<plain::Engine>();
    for (std::size_t i = 0; i < ours.size(); ++i) {
      CAPTURE(i);
      const double error = std::sqrt((ours[i].variance() + plain[i].variance() + 0.1) / 1000);
      CHECK(std::abs(ours[i].mean() - plain[i].mean()) < test::five_sigma * error);
      if (ours[i].variance() < 1 || plain[i].variance() < 1) continue;
      CHECK(std::abs(std::log(ours[i].variance() / plain[i].variance())) <
            test::five_sigma * std::sqrt(4.0 / 999));
    }
  }
}

TEST_CASE("a queue alone that draws 1 on a limit for each region has the bits of one with its own limit") {
  for (const bool records : {false, true}) {
    Scenario own = two_procedures(1000, 0, 0, records);
    for (Queue& queue : own.queues) {
      queue.draws.clear();
      own.parameters[queue.limit.rate.index()].by_group = {7};
    }
    Scenario shared = own;
    for (std::size_t q = 0; q < 2; ++q) {
      test::add_limit(shared, "own", 7, Limit::ForEach::region, Period::month);
      draw_in_queue(shared, q, 1 + q, 1);
    }
    const auto path = [](const Scenario& scenario) {
      std::vector<std::int64_t> all;
      run_one<Simulation>(scenario, {17, 0}, 2, [&](const RunView& seen) {
        all.insert(all.end(), seen.residents.begin(), seen.residents.end());
      });
      return all;
    };
    CHECK(path(own) == path(shared));
  }
}

TEST_CASE("places that an office gives are never too many, and none is free while somebody waits") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = two_procedures(1000, 0, 0, records);
    for (Queue& queue : scenario.queues) queue.draws.clear();
    Limit& places = test::add_limit(scenario, "places", 40, Limit::ForEach::region);
    places.occupants = test::everybody(scenario);
    for (std::size_t g = 0; g < scenario.groups.count(); ++g)
      places.occupants->groups[g] = scenario.groups.value(Group{g}, AttributeId{1}) == 1;
    draw_in_queue(scenario, 0, 1, 1);
    draw_in_queue(scenario, 1, 1, 1);
    test::add_outflow(scenario, "gone", 1.0).who.groups = places.occupants->groups;
    const auto check = [&]<class Engine>() {
      run_one<Engine>(scenario, {17, 0}, 2, [&](const RunView& seen) {
        for (std::size_t r = 0; r < 2; ++r) {
          double taken = 0;
          double waiting = 0;
          const std::size_t groups = scenario.groups.count();
          for (std::size_t g = 0; g < groups; ++g) {
            const auto agents = static_cast<double>(seen.residents[r * groups + g]);
            if (places.occupants->groups[g]) taken += agents;
            if (scenario.groups.waits(Group{g})) waiting += agents;
          }
          CHECK(taken <= 40);
          if (waiting > 0) CHECK(taken == 40);
        }
      });
    };
    check.operator()<Simulation>();
    check.operator()<plain::Engine>();
  }
}

/// Ten places for whoever is of one kind, of several that attributes and citizenships tell apart, and is
/// served.
template <class Engine>
std::vector<std::int64_t> occupants_of_each_step(const std::string& kind) {
  const test::Folder folder;
  const Scenario scenario = test::read(
      folder,
      "sojourn: 1\n"
      "title: Places of a kind\n"
      "time: {start: 2020-01-01, end: 2021-01-01, step: 1 month}\n"
      "accept: [places-turn-over, inflow-above-people]\n"
      "regions: [a, b]\n"
      "attributes: {sex: [f, m], stage: [before, asks, in]}\n"
      "population: {stayers: {values: {a: 400, b: 0}, age: 20-39, sex: {f: 0.5, m: 0.5}, stage: asks}}\n"
      "inflow: {come: {into: a, number: 2400 per year, age: 20-39, born: b, sex: {f: 1, m: 1}, stage: "
      "asks}}\n"
      "limits: {beds: {amount: 10, occupied: {stage: in, " +
          kind +
          "}}}\n"
          "transitions: {enter: {who: {stage: asks, " +
          kind +
          "}, becomes: {stage: in}, rate: at once, capacity: "
          "{draws: {beds: 1}}}}\n"
          "outflow: {leave: {who: {stage: in}, rate: 2 per year}}\n");
  const Who& named = *scenario.limits[0].occupants;
  std::vector<std::int64_t> occupants;
  run_one<Engine>(scenario, {17, 0}, 2, [&](const RunView& end) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < end.residents.size(); ++i) {
      const std::size_t cell = i / scenario.cohort_count();
      if (named.groups[cell % scenario.groups.count()]) sum += end.residents[i];
    }
    occupants.push_back(sum);
  });
  return occupants;
}

TEST_CASE("an office fills places for people of one kind among those who never ask, and fills no more") {
  for (const char* kind :
       {"sex: f", "sex: m", "citizenship: a", "citizenship: b", "sex: m, citizenship: b"}) {
    CAPTURE(kind);
    const std::vector<std::int64_t> full(12, 10);
    CHECK(occupants_of_each_step<Simulation>(kind) == full);
    CHECK(occupants_of_each_step<plain::Engine>(kind) == full);
  }
}

}  // namespace shared_offices_test
