#include <doctest/doctest.h>

#include <string>

#include "sim/reading/checks/check.hpp"
#include "tests/support/small_scenario.hpp"

namespace check_queues_test {

using namespace sojourn;

TEST_CASE("a run with a queue may not have more steps than a ticket can tell") {
  Scenario scenario = test::small_scenario(1, "2011-01-01", "1 day", {{"status", {"a", "b"}}}, 1, {"permit"});
  test::add_transition(scenario, "permit", 1, 0, 1);
  test::add_queue(scenario, 0, 10);
  const auto told = [&] {
    Mistakes mistakes("small.yaml");
    check_queues(scenario, std::vector<QueuePlaces>(1), mistakes);
    return mistakes.none() ? std::string() : mistakes.in_order()[0].what;
  };
  CHECK(told().empty());
  scenario.time = TimeGrid(*parse_date("2010-01-01"), *parse_date("2190-01-01"), *parse_duration("1 day"));
  CHECK(told() == "the run has 65744 steps, too many for a capacity");
  scenario.time = TimeGrid(*parse_date("2010-01-01"), *parse_date("2010-02-01"), *parse_duration("1 day"));
  scenario.parameters[scenario.queues[0].limit.rate.index()].by_group = {5};
  Policy policy;
  policy.name = "less";
  policy.from = *parse_date("2010-01-10");
  Change change;
  change.target = scenario.queues[0].limit.rate;
  change.kind = Change::Kind::add;
  change.amount = -7;
  policy.changes = {change};
  scenario.policies = {policy};
  scenario.variants[0].policies = {PolicyId{0}};
  CHECK(told().find("becomes -2 ") != std::string::npos);
}

}  // namespace check_queues_test
