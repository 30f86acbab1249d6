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
    check_queues(scenario, mistakes);
    return mistakes.none() ? std::string() : mistakes.in_order()[0].what;
  };
  CHECK(told().empty());
  scenario.time = TimeGrid(*parse_date("2010-01-01"), *parse_date("2190-01-01"), *parse_duration("1 day"));
  CHECK(told() == "the run has 65744 steps, too many for a capacity");
}

}  // namespace check_queues_test
