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
#include "sim/model/ticket_clock.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/support/both_engines.hpp"
#include "tests/support/clock_world.hpp"
#include "tests/support/statistics.hpp"

namespace clocks_test {

/// Terms of a fixed length, requests at once and processing times, in both engines, of those who are counted
/// and those who have a record: known answers.
namespace {

using namespace sojourn;

using test::run_both;
using test::run_one;

std::int64_t all(std::span<const std::int64_t> counts) {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

bool is_near(std::int64_t count, double n, double p) {
  return std::abs(static_cast<double>(count) - n * p) < test::five_sigma * std::sqrt(n * p * (1 - p) + 1e-9);
}

void settle(Scenario& scenario, double people, bool records, std::size_t group = 0) {
  if (records) {
    test::add_stream(scenario, "home", 0.0, BirthRegion{});
    test::add_movers(scenario, 0, 1, people, group);
  } else {
    test::stayers(scenario, 0, group) = people;
  }
}

constexpr double people = 50000;
const Attribute paper{"paper", {"none", "valid", "due"}};

/// Everybody gets a paper in the first step, by an office or by an event at a high rate.
Scenario with_pulse(bool records, bool by_office, const std::string& term) {
  std::vector<std::string> queues{"runs_out"};
  if (by_office) queues.emplace_back("issue");
  Scenario scenario = test::small_scenario(2, "2013-01-01", "1 month", {paper}, 1, queues);
  settle(scenario, people, records);
  test::add_term(scenario, "runs_out", 0, 1, 2, term);
  Transition& issue = test::add_transition(scenario, "issue", 1e5, 0, 1);
  for (std::size_t g = 0; g < scenario.groups.count(); ++g)
    issue.who.groups[g] = scenario.groups.value(Group{g}, AttributeId{0}) == 0;
  if (by_office) test::add_open_office(scenario, 1, false);
  return scenario;
}

/// Terms that ended in all regions until now.
std::int64_t ended(const RunView& now) {
  const auto& made = now.vitals.transitions();
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < made.size(); i += 2) sum += made[i];
  return sum;
}

}  // namespace

TEST_CASE("a pulse of papers comes back in one step, of those who are still there; nobody before or after") {
  for (const bool records : {false, true}) {
    for (const bool by_office : {false, true}) {
      CAPTURE(records);
      CAPTURE(by_office);
      Scenario scenario = with_pulse(records, by_office, "1 year");
      const double m = 0.4;
      Outflow& leaves = test::add_outflow(scenario, "leaves", m);
      for (std::size_t g = 0; g < scenario.groups.count(); ++g)
        leaves.who.groups[g] = scenario.groups.value(Group{g}, AttributeId{0}) == 1;
      join_queues(scenario);
      run_both(scenario, [&](const RunView& now) {
        const std::size_t step = now.steps_done - 1;
        if (step < 12) CHECK(ended(now) == 0);
        if (step != 12 && now.steps_done < scenario.time.steps()) return;
        const double exposed = scenario.time.elapsed(13) - (by_office ? scenario.time.elapsed(1) : 0);
        CHECK(is_near(ended(now), people, std::exp(-m * exposed)));
        CHECK(all(now.residents) == ended(now));
        CHECK(all(now.residents) + all(now.vitals.outflow()) == static_cast<std::int64_t>(people));
      });
    }
  }
}

TEST_CASE("a term of 45 days and steps of a month: half of them in February, half in March") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = with_pulse(records, true, "45 days");
    join_queues(scenario);
    run_both(scenario, [&](const RunView& now) {
      if (now.steps_done == 1) CHECK(ended(now) == 0);
      if (now.steps_done == 2) CHECK(is_near(ended(now), people, 0.5));
      if (now.steps_done == 3) CHECK(ended(now) == static_cast<std::int64_t>(people));
      if (now.steps_done < 3) return;
      const QueueTally::Waits& waited = now.queues.counts()[0].served;
      double days = 0;
      for (const auto& [time, agents] : waited) days += static_cast<double>(time * agents);
      CHECK(waited.size() == 2);
      CHECK(std::abs(days / people - 45) < test::five_sigma * 14 / std::sqrt(people));
    });
  }
}

TEST_CASE("a term goes on when people move, and is over in the same step for all") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = with_pulse(records, false, "6 months");
    // So that nobody goes without a paper.
    test::add_stream(scenario, "move", 3.0, AllRegions{}).who.groups = {false, true, true, false, true, true};
    join_queues(scenario);
    run_both(scenario, [&](const RunView& now) {
      CHECK(ended(now) == (now.steps_done - 1 < 6 ? 0 : static_cast<std::int64_t>(people)));
      // Each region's queue is in balance.
      for (std::size_t r = 0; r < 2; ++r) {
        const QueueTally::Counts& counts = now.queues.counts()[r];
        std::int64_t served = 0;
        for (const auto& [days, agents] : counts.served) served += agents;
        std::int64_t waiting = 0;
        for (std::size_t g = 3; g < 6; ++g) waiting += now.residents[r * 6 + g];
        CHECK(waiting == counts.requests - served - counts.given_up - counts.left);
      }
    });
  }
}

/// Of people who get a paper at a rate of their own, who lose it by a term, and leave at a rate while they
/// have it: how many have it in the end, and how many had it until its term was over. The law of the steps,
/// exactly.
struct Expected {
  double valid = 0;
  double due = 0;
};
Expected expected_of(const Scenario& scenario, double n, double rate, double m, bool by_office) {
  const TimeGrid& time = scenario.time;
  const TicketClock clock(time, scenario.queues[0]);
  Expected expected;
  for (std::size_t t = 0; t < time.steps(); ++t) {
    // Who gets it by an event does so within the step, and is exposed to what is left of it.
    const double dt = time.years(Step{t});
    const double left = std::exp(-rate * time.elapsed(t));
    double alive = n * left *
                   (by_office ? 1 - std::exp(-rate * dt)
                              : rate * (std::exp(-rate * dt) - std::exp(-m * dt)) / (m - rate));
    for (std::size_t s = t; s < time.steps(); ++s) {
      if (s > t) alive *= std::exp(-m * time.years(Step{s}));
      const double over = alive * clock.share_ready(static_cast<std::uint32_t>(t + 1), s);
      expected.due += over;
      alive -= over;
    }
    expected.valid += alive;
  }
  return expected;
}

TEST_CASE("a constant issue: held L (1 - exp(-m D)) / m, and renewals L exp(-m D)") {
  constexpr double n = 400000;
  constexpr double rate = 0.05;
  constexpr double m = 0.6;
  for (const bool records : {false, true}) {
    for (const bool by_office : {false, true}) {
      for (const auto& [term, d] :
           {std::pair("1 year", 1.0), std::pair("7 months", 7 / 12.0), std::pair("100 days", 100 / 365.25)}) {
        CAPTURE(records);
        CAPTURE(by_office);
        CAPTURE(d);
        std::vector<std::string> queues{"runs_out"};
        if (by_office) queues.emplace_back("issue");
        Scenario scenario = test::small_scenario(2, "2014-01-01", "1 month", {paper}, 1, queues);
        settle(scenario, n, records);
        test::add_term(scenario, "runs_out", 0, 1, 2, term);
        Transition& issue = test::add_transition(scenario, "issue", rate, 0, 1);
        Outflow& leaves = test::add_outflow(scenario, "leaves", m);
        for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
          issue.who.groups[g] = scenario.groups.value(Group{g}, AttributeId{0}) == 0;
          leaves.who.groups[g] = scenario.groups.value(Group{g}, AttributeId{0}) == 1;
        }
        if (by_office) test::add_open_office(scenario, 1, false);
        join_queues(scenario);
        const Expected expected = expected_of(scenario, n, rate, m, by_office);
        // In the limit of short steps, of a pool that shrinks by its own rate.
        const double held = n * rate * std::exp(-rate * 4) * (1 - std::exp(-(m - rate) * d)) / (m - rate);
        const double renewed = n * std::exp(-m * d) * (1 - std::exp(-rate * (4 - d)));
        CHECK(std::abs(expected.valid / held - 1) < 0.05);
        CHECK(std::abs(expected.due / renewed - 1) < (by_office ? 0.01 : 0.6 * m / 12));
        run_both(scenario, [&](const RunView& now) {
          if (now.steps_done < scenario.time.steps()) return;
          std::int64_t valid = 0;
          for (std::size_t g = 1; g < scenario.groups.count(); g += 3) valid += now.residents[g];
          CHECK(is_near(valid, n, expected.valid / n));
          CHECK(is_near(now.residents[2], n, expected.due / n));
        });
      }
    }
  }
}

TEST_CASE("terms that run at the start end one after another over their length") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = test::small_scenario(2, "2011-06-01", "1 month", {paper}, 1, {"runs_out"});
    settle(scenario, people, records, 1);
    test::add_term(scenario, "runs_out", 0, 1, 2, "1 year");
    join_queues(scenario);
    run_both(scenario, [&](const RunView& now) {
      CHECK(is_near(ended(now), people, std::fmin(1.0, scenario.time.elapsed(now.steps_done))));
      if (now.steps_done >= 12) CHECK(ended(now) == static_cast<std::int64_t>(people));
    });
  }
}

TEST_CASE("processing time: so many are in process as come in that time, and none waits longer or shorter") {
  for (const bool at_once : {false, true}) {
    CAPTURE(at_once);
    Scenario scenario =
        test::small_scenario(1, "2012-01-01", "1 month", {{"status", {"asks", "decided"}}}, 1, {"decide"});
    constexpr double a_year = 120000;
    test::add_inflow(scenario, "come", a_year);
    test::add_transition(scenario, "decide", 1e6, 0, 1);
    Queue& queue = test::add_open_office(scenario, 0, at_once);
    queue.takes = parse_duration("3 months");
    queue.deadline = parse_duration("80 days");
    join_queues(scenario);
    run_both(scenario, [&](const RunView& now) {
      if (now.steps_done < 3) return;
      // Poisson, of those who came in three months.
      const double mean =
          a_year * (scenario.time.elapsed(now.steps_done) - scenario.time.elapsed(now.steps_done - 3));
      const std::int64_t waiting = now.residents[2 * scenario.cohort_count()];
      const std::int64_t in_process =
          all(now.residents.subspan(2 * scenario.cohort_count(), 2 * scenario.cohort_count()));
      CHECK(waiting <= in_process);
      CHECK(std::abs(static_cast<double>(in_process) - mean) < test::five_sigma * std::sqrt(mean));
      for (const auto& [days, agents] : now.queues.counts()[0].served) CHECK((days >= 89 && days <= 92));
      const QueueTally::Waits& served = now.queues.counts()[0].served;
      CHECK(served_after(served, *parse_duration("80 days")) == all(now.vitals.transitions()));
      CHECK(served_after(served, *parse_duration("3 months")) == 0);
    });
  }
}

TEST_CASE("who asks at once is served at once where service takes no time, and keeps nobody from leaving") {
  for (const bool records : {false, true}) {
    for (const char* term : {"1 month", "3 months", "1 year"}) {
      CAPTURE(records);
      CAPTURE(term);
      Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {paper}, 1, {"runs_out", "renew"});
      settle(scenario, 4 * people, records, 1);
      test::add_term(scenario, "runs_out", 0, 1, 2, term);
      Transition& renew = test::add_transition(scenario, "renew", 0, 0, 1);
      for (std::size_t g = 0; g < scenario.groups.count(); ++g)
        renew.who.groups[g] = scenario.groups.value(Group{g}, AttributeId{0}) == 2;
      test::add_open_office(scenario, 1, true);
      test::add_outflow(scenario, "leaves", 0.3);
      join_queues(scenario);
      run_both(scenario, [&](const RunView& now) {
        const auto& made = now.vitals.transitions();
        CHECK(made[0] == made[1]);
        if (now.steps_done < 12) return;
        CHECK(is_near(all(now.vitals.outflow()), 4 * people, 1 - std::exp(-0.3)));
        CHECK(made[0] > 0);
      });
    }
  }
}

TEST_CASE("terms are the same for any number of threads") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = with_pulse(records, true, "45 days");
    test::add_stream(scenario, "move", 2.0, AllRegions{});
    join_queues(scenario);
    const auto trace = [&](unsigned threads) {
      std::vector<std::int64_t> seen;
      run_one<Simulation>(scenario, {3, 0}, threads, [&](const RunView& now) {
        seen.insert(seen.end(), now.residents.begin(), now.residents.end());
      });
      return seen;
    };
    CHECK(trace(1) == trace(2));
    CHECK(trace(1) == trace(8));
  }
}

}  // namespace clocks_test
