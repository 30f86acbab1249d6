#include "sim/engine/joining.hpp"

#include <doctest/doctest.h>

#include "sim/engine/simulation.hpp"
#include "sim/scenario/queues.hpp"
#include "tests/support/clock_world.hpp"

namespace joining_test {

/// Whole runs are in tests/plain/clocks_test.cpp.
using namespace sojourn;

TEST_CASE(
    "who is at the start among those of a term holds a ticket from before it; others ask in the first step") {
  for (const bool records : {false, true}) {
    CAPTURE(records);
    Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month",
                                             {{"paper", {"none", "valid", "due"}}}, 1, {"runs_out", "ask"});
    if (records) test::add_stream(scenario, "home", 0.0, BirthRegion{});
    for (const std::size_t group : {0U, 1U}) {
      if (records) {
        test::add_movers(scenario, 0, 1, 100, group);
      } else {
        test::stayers(scenario, 0, group) = 100;
      }
    }
    test::add_term(scenario, "runs_out", 0, 1, 2, "5 years");
    test::add_transition(scenario, "ask", 0, 0, 1).who.groups = {true, false, false, true, false, false,
                                                                 true, false, false, true, false, false};
    test::add_queue(scenario, 1, 0).joins_at_once = true;
    join_queues(scenario);
    Workers workers(1);
    Simulation run(scenario, scenario.variants[0], {1, 0}, workers);
    const auto stock = [&](std::size_t group) {
      return run.population().noted(run.population().cell(Region{0}, Group{group}));
    };
    // Valid and holding a term; without a paper.
    CHECK(stock(4) == 100);
    CHECK(stock(0) == 100);
    run.advance();
    CHECK(stock(0) == 0);
    CHECK(stock(6) == 100);
    CHECK(run.queues().counts()[1].requests == 100);
    CHECK(run.queues().counts()[0].requests == 0);
  }
}

}  // namespace joining_test
