#include "sim/scenario/queues.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/vital_world.hpp"

namespace queues_test {

using namespace sojourn;

TEST_CASE("who requests joins, who moves leaves, who changes stays where the change is still open") {
  // Status a, b, c; permit makes a into b, card makes b into c; groups that wait for permit from 3 on, for
  // card from 6 on, for both from 9 on.
  Scenario scenario =
      test::small_scenario(2, "2011-01-01", "1 month", {{"status", {"a", "b", "c"}}}, 1, {"permit", "card"});
  test::add_stream(scenario, "move", 0.1);
  test::add_transition(scenario, "permit", 1, 0, 1).who.groups[2] = false;
  scenario.transitions[0].who.groups[5] = scenario.transitions[0].who.groups[8] =
      scenario.transitions[0].who.groups[11] = false;
  test::add_transition(scenario, "card", 1, 0, 2);
  test::add_transition(scenario, "lapse", 1, 0, 2);
  test::add_queue(scenario, 0, 10);
  test::add_queue(scenario, 1, 10);
  test::add_births(scenario, 0.1);
  join_queues(scenario);

  // Of requests.
  CHECK(scenario.transitions[0].becomes[0] == Group{3});
  CHECK(scenario.transitions[0].becomes[6] == Group{9});
  CHECK(scenario.transitions[0].who.groups[0]);
  CHECK_FALSE(scenario.transitions[0].who.groups[3]);
  CHECK_FALSE(scenario.transitions[0].who.groups[9]);
  // Once served: those with a permit may still wait for a card, those with a card for nothing.
  CHECK(scenario.queues[0].served[3] == Group{1});
  CHECK(scenario.queues[0].served[9] == Group{7});
  CHECK(scenario.queues[1].served[9] == Group{2});
  CHECK(scenario.queues[1].served[7] == Group{2});
  CHECK(scenario.queues[0].who.groups[9]);
  CHECK_FALSE(scenario.queues[0].who.groups[6]);
  // A change without a queue that ends what is waited for.
  CHECK(scenario.transitions[2].becomes[3] == Group{2});
  CHECK(scenario.streams[0].becomes[10] == Group{1});
  CHECK(scenario.demography.births->newborn[10][0].group == Group{1});
}

}  // namespace queues_test
