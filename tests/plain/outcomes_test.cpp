#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/scenario/outcomes.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/support/both_engines.hpp"
#include "tests/support/jump_process.hpp"
#include "tests/support/outcome_world.hpp"
#include "tests/support/statistics.hpp"

namespace plain_outcomes_test {

/// Decisions that come to one of several outcomes, in both engines, of those who are counted and those who
/// have a record.
namespace {

using namespace sojourn;

using test::run_both;
using test::run_one;

std::int64_t all(std::span<const std::int64_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

/// People of group 0 of region 0, with records or without.
void settle(Scenario& scenario, double people, bool records) {
  if (records) {
    test::add_stream(scenario, "home", 0.0, BirthRegion{});
    test::add_movers(scenario, 0, 1, people);
  } else {
    test::stayers(scenario, 0) = people;
  }
}

constexpr double people = 100000;

const Attribute status{"status", {"asked", "granted", "refused"}};
const Attribute paper{"paper", {"none", "valid"}};

/// Granted people have a paper at once.
const std::vector<test::Comes> three = {{.name = "yes", .weight = 3, .becomes = {{0, 1}, {1, 1}}},
                                        {.name = "no", .weight = 5, .becomes = {{0, 2}}},
                                        {.name = "closed", .weight = 2, .leaves = true}};

/// All that is counted, and who lives where in the end.
std::vector<std::int64_t> trace(const Scenario& scenario, std::uint32_t seed, unsigned threads, bool plain) {
  std::vector<std::int64_t> seen;
  const auto look = [&](const RunView& now) {
    const auto add = [&](std::span<const std::int64_t> counts) {
      seen.insert(seen.end(), counts.begin(), counts.end());
    };
    add(now.residents);
    add(now.vitals.transitions());
    add(now.vitals.outflow());
    for (const QueueTally::Counts& one : now.queues.counts()) {
      seen.insert(seen.end(), {one.requests, one.given_up, one.left});
      for (const auto& [days, agents] : one.served) seen.insert(seen.end(), {days, agents});
    }
  };
  if (plain) {
    run_one<plain::Engine>(scenario, {seed, 0}, threads, look);
  } else {
    run_one<Simulation>(scenario, {seed, 0}, threads, look);
  }
  return seen;
}

/// Everybody asks at 3 a year; an office serves so many a month, and who waits gives up at 1 a year.
Scenario with_office(double limit, bool records, const std::vector<test::Comes>& outcomes) {
  Scenario scenario = test::small_scenario(2, "2012-01-01", "1 month", {status, paper}, 1, {"decide"});
  settle(scenario, 20000, records);
  test::add_decision(scenario, "decide", 3, outcomes).who.groups.assign(scenario.groups.count(), false);
  scenario.transitions[0].who.groups[0] = true;
  test::add_queue(scenario, 0, limit);
  scenario.parameters[scenario.queues[0].giving_up.rate.index()].by_group = {1.0};
  return scenario;
}

}  // namespace

TEST_CASE("a decision made at once is the jump process of its rate times the shares of its outcomes") {
  for (const bool records : {false, true}) {
    for (const char* step : {"1 month", "1 year"}) {
      CAPTURE(records);
      CAPTURE(step);
      Scenario scenario = test::small_scenario(2, "2012-01-01", step, {status, paper});
      settle(scenario, people, records);
      test::add_decision(scenario, "decide", 2, three).who.groups = {true, false, false, false, false, false};
      // Who is refused may ask again: decisions follow each other within a step.
      Transition& again = test::add_decision(
          scenario, "again", 4,
          {{.name = "yes", .weight = 1, .becomes = {{0, 0}}}, {.name = "no", .weight = 1}});
      again.who.groups = {false, false, false, false, true, false};
      test::add_outflow(scenario, "leaves", 0.5).who.groups = {false, false, false, true, false, false};
      // Asked, granted with a paper, refused, closed, gone.
      std::vector<double> expected =
          test::after({1, 0, 0, 0, 0}, {{0, 1, 0.6}, {0, 2, 1.0}, {0, 3, 0.4}, {2, 0, 2.0}, {1, 4, 0.5}}, 2);
      for (double& share : expected) share *= people;
      run_both(scenario, [&](const RunView& now) {
        if (now.steps_done < scenario.time.steps()) return;
        const auto region = now.residents.subspan(0, 6);
        const auto out = now.vitals.outflow();
        // Ways out of region 0: leaves, decide/closed.
        CHECK(test::chi_square_sigmas({region[0], region[3], region[4], out[1], out[0]}, expected) <
              test::five_sigma);
        const auto made = now.vitals.transitions();
        CHECK(made[2] == out[1]);
        CHECK(region[0] == static_cast<std::int64_t>(people) - made[0] - made[1] - made[2] + made[3]);
        // What changes nothing is counted as well: half of all that is asked again.
        const double asked_again = static_cast<double>(made[3] + made[4]);
        CHECK(std::abs(static_cast<double>(made[3]) - asked_again / 2) <
              test::five_sigma * std::sqrt(asked_again / 4));
      });
    }
  }
}

TEST_CASE("pending follows exactly: requests less served, given up and left; outcomes sum to those served") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = with_office(500, records, three);
    test::add_outflow(scenario, "leaves", 0.5);
    join_queues(scenario);
    run_both(scenario, [&](const RunView& now) {
      const QueueTally::Counts& counts = now.queues.counts()[0];
      std::int64_t served = 0;
      for (const auto& [days, agents] : counts.served) served += agents;
      std::int64_t waiting = 0;
      for (std::size_t g = 6; g < 12; ++g) waiting += now.residents[g];
      CHECK(waiting == counts.requests - served - counts.given_up - counts.left);
      const std::vector<std::int64_t>& made = now.vitals.transitions();
      CHECK(made[0] + made[1] + made[2] == served);
      CHECK(now.vitals.outflow()[1] == made[2]);
      CHECK(all(now.residents) + all(now.vitals.outflow()) == 20000);
      if (now.steps_done < scenario.time.steps()) return;
      const auto of_all = static_cast<double>(served);
      CHECK(test::chi_square_sigmas({made[0], made[1], made[2]}, {0.3 * of_all, 0.5 * of_all, 0.2 * of_all}) <
            test::five_sigma);
    });
  }
}

TEST_CASE("one outcome gives the bits of the same transition without outcomes") {
  for (const bool plain : {false, true}) {
    for (const bool records : {false, true}) {
      for (const bool office : {false, true}) {
        CAPTURE(plain);
        CAPTURE(records);
        CAPTURE(office);
        const auto scenario_with = [&](bool outcomes) {
          std::vector<std::string> queues;
          if (office) queues.emplace_back("decide");
          Scenario scenario = test::small_scenario(2, "2012-01-01", "1 month", {status}, 1, queues);
          settle(scenario, 20000, records);
          if (outcomes) {
            test::add_decision(scenario, "decide", 1, {{.name = "only", .weight = 0.3, .becomes = {{0, 1}}}});
          } else {
            test::add_transition(scenario, "decide", 1, 0, 1);
          }
          if (office) test::add_queue(scenario, 0, 300);
          test::add_transition(scenario, "back", 2, 0, 0).who.groups[0] = false;
          test::add_outflow(scenario, "leaves", 0.5);
          join_queues(scenario);
          return scenario;
        };
        CHECK(trace(scenario_with(true), 3, 1, plain) == trace(scenario_with(false), 3, 1, plain));
      }
    }
  }
}

TEST_CASE("outcomes are the same for any number of threads") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = with_office(200, records, three);
    join_queues(scenario);
    const auto one = trace(scenario, 3, 1, false);
    CHECK(one == trace(scenario, 3, 2, false));
    CHECK(one == trace(scenario, 3, 8, false));
  }
}

TEST_CASE("who gives up may become something, or leave") {
  for (const bool leaves : {false, true}) {
    for (const bool records : {false, true}) {
      CAPTURE(leaves);
      CAPTURE(records);
      Scenario scenario = with_office(0, records, three);
      if (leaves) {
        test::add_given_up(scenario, 0, {.leaves = true});
      } else {
        test::add_given_up(scenario, 0, {.becomes = {{0, 2}}});
      }
      join_queues(scenario);
      // Asked, waiting, given up; nobody is ever served.
      std::vector<double> expected = test::after({1, 0, 0}, {{0, 1, 3.0}, {1, 2, 1.0}}, 2);
      for (double& share : expected) share *= 20000;
      run_both(scenario, [&](const RunView& now) {
        const auto made = now.vitals.transitions();
        const QueueTally::Counts& counts = now.queues.counts()[0];
        CHECK(made[3] == counts.given_up);
        CHECK(counts.left == 0);
        const std::int64_t refused = now.residents[4];
        CHECK(refused == (leaves ? 0 : counts.given_up));
        CHECK(all(now.vitals.outflow()) == (leaves ? counts.given_up : 0));
        if (now.steps_done < scenario.time.steps()) return;
        CHECK(test::chi_square_sigmas({now.residents[0], now.residents[6], counts.given_up}, expected) <
              test::five_sigma);
      });
    }
  }
}

TEST_CASE("long: both engines agree on means and variances of what decisions come to") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = with_office(20, records, three);
    scenario.population.stayers.assign(scenario.population.stayers.size(), 0);
    scenario.population.movers.clear();
    if (records) {
      test::add_movers(scenario, 0, 1, 300);
    } else {
      test::stayers(scenario, 0) = 300;
    }
    test::add_given_up(scenario, 0, {.becomes = {{0, 2}}});
    test::add_decision(
        scenario, "later", 1.5,
        {{.name = "lost", .weight = 1, .becomes = {{1, 0}}}, {.name = "out", .weight = 2, .leaves = true}})
        .who.groups = {false, false, false, true, false, false, false, false, false, false, false, false};
    join_queues(scenario);
    constexpr std::uint32_t runs = 400;
    std::vector<test::Moments> ours;
    std::vector<test::Moments> theirs;
    for (std::uint32_t seed = 0; seed < runs; ++seed) {
      for (const bool plain : {false, true}) {
        std::vector<test::Moments>& moments = plain ? theirs : ours;
        std::vector<std::int64_t> last;
        const auto look = [&](const RunView& now) {
          last.assign(now.residents.begin(), now.residents.begin() + 12);
          last.insert(last.end(), now.vitals.transitions().begin(), now.vitals.transitions().begin() + 6);
          last.push_back(all(now.vitals.outflow()));
        };
        if (plain) {
          run_one<plain::Engine>(scenario, {seed, 0}, 1, look);
        } else {
          run_one<Simulation>(scenario, {seed, 0}, 1, look);
        }
        moments.resize(last.size());
        for (std::size_t i = 0; i < last.size(); ++i) moments[i].add(static_cast<double>(last[i]));
      }
    }
    for (std::size_t i = 0; i < ours.size(); ++i) {
      CAPTURE(i);
      const double spread = ours[i].variance() + theirs[i].variance() + 0.5;
      CHECK(std::abs(ours[i].mean() - theirs[i].mean()) < test::five_sigma * std::sqrt(spread / runs));
      if (ours[i].variance() < 5 || theirs[i].variance() < 5) continue;
      CHECK(std::abs(std::log(ours[i].variance() / theirs[i].variance())) <
            test::five_sigma * std::sqrt(4.0 / (runs - 1)));
    }
  }
}

}  // namespace plain_outcomes_test
