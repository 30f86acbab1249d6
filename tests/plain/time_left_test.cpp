#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/support/jump_process.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace time_left_test {

/// Changes of people's group leave them what is left of the step: known answers that hold at any step, for
/// both engines, for those who are counted and those who have a record.
namespace {

using namespace sojourn;

RunView view_of(Simulation& run) { return view(run); }
RunView view_of(plain::Engine& run) { return run.view(); }

/// Runs both engines to the end and shows what they came to.
template <class Look>
void run_both(const Scenario& scenario, const Look& look) {
  Workers workers(2);
  Simulation ours(scenario, scenario.variants[0], {7, 0}, workers);
  while (!ours.finished()) ours.advance();
  look(view_of(ours));
  plain::Engine plain(scenario, scenario.variants[0], {8, 0}, workers);
  while (!plain.finished()) plain.advance();
  look(view_of(plain));
}

std::int64_t all(std::span<const std::int64_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

/// People of group 0 of the one region that counts, with records or without.
void settle(Scenario& scenario, double people, bool records) {
  if (records) {
    test::add_stream(scenario, "home", 0.0, BirthRegion{});
    test::add_movers(scenario, 0, 1, people);
  } else {
    test::stayers(scenario, 0) = people;
  }
}

constexpr double people = 200000;

}  // namespace

TEST_CASE("permits that run out and are renewed keep nobody from leaving, whatever the step") {
  for (const bool records : {false, true}) {
    for (const auto& [step, renewal] :
         {std::pair("1 month", 12.0), std::pair("1 month", 1000.0), std::pair("1 year", 12.0)}) {
      CAPTURE(records);
      CAPTURE(step);
      CAPTURE(renewal);
      Scenario scenario = test::small_scenario(2, "2011-01-01", step, {{"paper", {"valid", "due"}}});
      settle(scenario, people, records);
      test::add_transition(scenario, "runs_out", 1.35, 0, 1);
      test::add_transition(scenario, "renewed", renewal, 0, 0);
      test::add_outflow(scenario, "leaves", 0.3);
      run_both(scenario, [&](const RunView& seen) {
        const double p = 1 - std::exp(-0.3);
        const auto gone = people - static_cast<double>(all(seen.residents));
        CHECK(std::abs(gone - people * p) < test::five_sigma * std::sqrt(people * p * (1 - p)));
      });
    }
  }
}

TEST_CASE("visitors who register at 9 and leave at 12 a year: 12 of 21 leave unregistered, at any step") {
  for (const char* step : {"1 week", "1 quarter", "1 year"}) {
    CAPTURE(step);
    Scenario scenario = test::small_scenario(1, std::string(step) == "1 week" ? "2015-01-02" : "2015-01-01",
                                             step, {{"status", {"visitor", "registered"}}});
    settle(scenario, people, false);
    test::add_transition(scenario, "register", 9, 0, 1);
    test::add_outflow(scenario, "unregistered", 12).who.groups = {true, false};
    test::add_outflow(scenario, "registered", 12).who.groups = {false, true};
    run_both(scenario, [&](const RunView& seen) {
      CHECK(all(seen.residents) == 0);
      const auto by_exit = seen.vitals.outflow();
      const double p = 12.0 / 21;
      std::int64_t unregistered = 0;
      for (std::size_t i = 0; i < by_exit.size() / 2; ++i) unregistered += by_exit[i];
      CHECK(std::abs(static_cast<double>(unregistered) - people * p) <
            test::five_sigma * std::sqrt(people * p * (1 - p)));
    });
  }
}

TEST_CASE("transitions on several attributes are the jump process of their rates at any step") {
  for (const bool records : {false, true}) {
    for (const char* step : {"1 month", "1 quarter", "1 year"}) {
      CAPTURE(records);
      CAPTURE(step);
      Scenario scenario = test::small_scenario(
          2, "2012-01-01", step, {{"work", {"no", "yes"}}, {"paper", {"none", "asked", "got"}}});
      settle(scenario, people, records);
      const auto transition = [&](const char* name, double rate, std::size_t attribute, std::size_t value,
                                  std::vector<bool> groups) {
        test::add_transition(scenario, name, rate, attribute, value).who.groups = std::move(groups);
      };
      // Groups: no/none, no/asked, no/got, yes/none, yes/asked, yes/got.
      transition("hired", 0.8, 0, 1, {true, true, true, false, false, false});
      transition("dismissed", 2.5, 0, 0, {false, false, false, true, true, true});
      transition("asks", 3.0, 1, 1, {true, false, false, true, false, false});
      transition("granted", 1.5, 1, 2, {false, true, false, false, true, false});
      transition("lost", 0.7, 1, 0, {false, false, true, false, false, true});
      test::add_outflow(scenario, "leaves", 0.9).who.groups = {true, true, false, false, false, false};
      std::vector<test::Jump> jumps = {{0, 6, 0.9}, {1, 6, 0.9}};
      for (std::size_t work = 0; work < 2; ++work) {
        jumps.push_back({3 * work, 3 * work + 1, 3.0});
        jumps.push_back({3 * work + 1, 3 * work + 2, 1.5});
        jumps.push_back({3 * work + 2, 3 * work, 0.7});
      }
      for (std::size_t paper = 0; paper < 3; ++paper) {
        jumps.push_back({paper, 3 + paper, 0.8});
        jumps.push_back({3 + paper, paper, 2.5});
      }
      std::vector<double> expected = test::after({1, 0, 0, 0, 0, 0, 0}, jumps, 2);
      for (double& share : expected) share *= people;
      run_both(scenario, [&](const RunView& seen) {
        std::vector<std::int64_t> counts(seen.residents.begin(), seen.residents.begin() + 6);
        counts.push_back(static_cast<std::int64_t>(people) - all(counts));
        CHECK(test::chi_square_sigmas(counts, expected) < test::five_sigma);
      });
    }
  }
}

TEST_CASE("who becomes able to move may do so in the same step, and a move ends it") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = test::small_scenario(2, "2011-01-01", "1 year", {{"able", {"no", "yes"}}});
    settle(scenario, people, records);
    test::add_transition(scenario, "enabled", 1.2, 0, 1);
    Stream& leave = test::add_stream(scenario, "leave", 2.0, Listed{{Region{1}}});
    leave.who.groups = {false, true};
    // Whoever has moved could die, but only in the next step.
    test::add_outflow(scenario, "gone", 50).who.residences = {false, true};
    const std::vector<double> p = test::after({1, 0, 0}, {{0, 1, 1.2}, {1, 2, 2.0}}, 1);
    run_both(scenario, [&](const RunView& seen) {
      const std::vector<std::int64_t> counts = {seen.residents[0], seen.residents[1], seen.residents[3]};
      CHECK(seen.residents[2] == 0);
      CHECK(test::chi_square_sigmas(counts, {people * p[0], people * p[1], people * p[2]}) <
            test::five_sigma);
      CHECK(all(seen.vitals.outflow()) == 0);
      CHECK(seen.checks.moves == seen.residents[3]);
      // Who moved was enabled before.
      CHECK(seen.vitals.transitions()[0] == seen.residents[1] + seen.residents[3]);
    });
  }
}

TEST_CASE("requests and giving up alternate within a step, and each is counted") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario =
        test::small_scenario(2, "2012-01-01", "1 year", {{"status", {"out", "in"}}}, 1, {"permit"});
    settle(scenario, people, records);
    test::add_transition(scenario, "permit", 3.0, 0, 1).who.residences = {true, false};
    test::add_queue(scenario, 0, 0).one_office = true;
    scenario.parameters[scenario.queues[0].giving_up.rate.index()].by_group = {5.0};
    join_queues(scenario);
    const std::vector<double> waits = test::after({1, 0}, {{0, 1, 3.0}, {1, 0, 5.0}}, 2);
    // Requests: 3 a year for the time spent outside the queue, whose share comes to 5 / 8.
    const double outside = 2 * 5.0 / 8 + 3.0 / 8 * (1 - std::exp(-8.0 * 2)) / 8;
    run_both(scenario, [&](const RunView& seen) {
      const auto waiting = static_cast<double>(seen.residents[2]);
      CHECK(seen.residents[0] + seen.residents[2] == people);
      CHECK(std::abs(waiting - people * waits[1]) <
            test::five_sigma * std::sqrt(people * waits[0] * waits[1]));
      const auto asked = static_cast<double>(seen.queues.counts()[0].requests);
      const auto gave_up = static_cast<double>(seen.queues.counts()[0].given_up);
      CHECK(asked - gave_up == waiting);
      CHECK(std::abs(asked - 3 * outside * people) < test::five_sigma * std::sqrt(3 * outside * people));
    });
  }
}

}  // namespace time_left_test
