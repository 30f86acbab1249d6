#include "sim/model/office_limits.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/scenario/queues.hpp"
#include "tests/support/small_scenario.hpp"

namespace office_limits_test {

using namespace sojourn;

namespace {

Scenario with_office(const std::string& end, const std::string& step, double limit, Queue::Period period,
                     bool even) {
  Scenario scenario = test::small_scenario(2, end, step, {{"status", {"a", "b"}}}, 1, {"permit"});
  test::add_transition(scenario, "permit", 1, 0, 1);
  Queue& queue = test::add_queue(scenario, 0, limit);
  queue.period = period;
  queue.spread_evenly = even;
  join_queues(scenario);
  return scenario;
}

/// Limits of all steps, if so many of them are used at most.
std::vector<std::int64_t> limits(const Scenario& scenario, std::int64_t used = 1000000) {
  OfficeLimits offices(scenario);
  Numbers numbers(scenario, scenario.variants[0]);
  std::vector<std::int64_t> result;
  for (std::size_t s = 0; s < scenario.time.steps(); ++s) {
    numbers.update(scenario.time.boundary(s), scenario.time.boundary(s + 1));
    result.push_back(offices.in_step(QueueId{0}, Region{1}, Step{s}, numbers));
    offices.note_served(QueueId{0}, Region{1}, std::min(used, result.back()));
  }
  return result;
}

using List = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("a period's limit is one pot") {
  // January 2010 has the weeks that start on 1, 8, 15, 22 and 29.
  const Scenario weeks = with_office("2010-02-26", "1 week", 10, Queue::Period::month, false);
  CHECK(limits(weeks) == List{10, 0, 0, 0, 0, 10, 0, 0});
  CHECK(limits(weeks, 4) == List{10, 6, 2, 0, 0, 10, 6, 2});
  CHECK(limits(weeks, 0) == List{10, 10, 10, 10, 10, 10, 10, 10});
  CHECK(limits(with_office("2010-07-01", "1 month", 30, Queue::Period::quarter, false), 20) ==
        List{30, 10, 0, 30, 10, 0});
  CHECK(limits(with_office("2010-07-01", "1 month", 30, Queue::Period::step, false)) ==
        List{30, 30, 30, 30, 30, 30});
  CHECK(limits(with_office("2012-01-01", "6 months", 7, Queue::Period::year, false), 5) == List{7, 2, 7, 2});
}

TEST_CASE("or is shared out evenly, and what is not used is lost") {
  const Scenario weeks = with_office("2010-02-26", "1 week", 12, Queue::Period::month, true);
  // February has four weeks, though the run ends with the third.
  CHECK(limits(weeks) == List{2, 2, 3, 2, 3, 3, 3, 3});
  CHECK(limits(weeks, 0) == limits(weeks));
  // And the first month of a run has the share of those of its steps that are in the run.
  Scenario late = with_office("2010-07-01", "1 month", 30, Queue::Period::quarter, true);
  late.time = TimeGrid(*parse_date("2010-02-01"), *parse_date("2010-06-01"), *parse_duration("1 month"));
  CHECK(limits(late) == List{10, 10, 10, 10});
}

TEST_CASE("a limit beyond all people is none, and one below 0 is 0") {
  for (const double much : {9e18, 1e30, 1e300}) {
    CHECK(limits(with_office("2010-04-01", "1 month", much, Queue::Period::month, false), 10) ==
          List{1000000000000000, 1000000000000000, 1000000000000000});
    for (const std::int64_t limit :
         limits(with_office("2010-02-26", "1 week", much, Queue::Period::month, true), 10)) {
      CHECK(limit > 100000000000000);
    }
  }
  CHECK(limits(with_office("2010-02-26", "1 week", -5, Queue::Period::month, true)) == List(8, 0));
  CHECK(limits(with_office("2010-02-26", "1 week", -5, Queue::Period::month, false)) == List(8, 0));
}

TEST_CASE("fractions are carried from period to period, so that none is lost") {
  CHECK(limits(with_office("2011-01-01", "1 month", 0.25, Queue::Period::month, false)) ==
        List{0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1});
  CHECK(limits(with_office("2010-07-01", "1 month", 1.5, Queue::Period::month, true)) ==
        List{1, 2, 1, 2, 1, 2});
  Scenario agents = with_office("2010-07-01", "1 month", 100, Queue::Period::month, false);
  agents.persons_per_agent = 40;
  CHECK(limits(agents) == List{2, 3, 2, 3, 2, 3});
  // A third and its double make whole numbers, whatever doubles make of them.
  CHECK(limits(with_office("2010-07-01", "1 month", 1.0 / 3, Queue::Period::month, false)) ==
        List{0, 0, 1, 0, 0, 1});
}

TEST_CASE("a limit that changes within a period holds from then on, less those served already") {
  Scenario scenario = with_office("2010-12-01", "1 month", 12, Queue::Period::quarter, false);
  Policy policy;
  policy.name = "cut";
  policy.from = *parse_date("2010-03-01");
  Change change;
  change.target = scenario.queues[0].limit.rate;
  change.kind = Change::Kind::set;
  change.amount = 6;
  policy.changes.push_back(change);
  scenario.policies.push_back(policy);
  scenario.variants[0].policies = {PolicyId{0}};
  CHECK(limits(scenario, 4) == List{12, 8, 0, 6, 2, 0, 6, 2, 0, 6, 2});
}

}  // namespace office_limits_test
