#include "sim/reading/checks/check_people.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/support/small_scenario.hpp"

namespace check_people_test {

using namespace sojourn;

TEST_CASE("groups are reached by streams, transitions and births, one after another") {
  Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {{"status", {"a", "b", "c", "d"}}});
  test::stayers(scenario, 1, 0) = 5;
  CHECK(reachable_groups(scenario) == std::vector<bool>{true, false, false, false});
  test::add_transition(scenario, "to_c", 1, 0, 2).who.groups = {false, true, false, false};
  CHECK(reachable_groups(scenario) == std::vector<bool>{true, false, false, false});
  test::add_stream(scenario, "move", 1).becomes = {Group{1}, Group{1}, Group{2}, Group{3}};
  CHECK(reachable_groups(scenario) == std::vector<bool>{true, true, true, false});
  Births& births = scenario.demography.births.emplace();
  births.who.groups = {false, false, true, false};
  births.newborn = {{}, {}, {{Group{3}, 1.0}}, {}};
  CHECK(reachable_groups(scenario) == std::vector<bool>(4, true));
}

TEST_CASE("movers are there at the start, or come of a stream of others") {
  Scenario scenario = test::small_scenario(2);
  CHECK_FALSE(are_movers(scenario));
  test::add_stream(scenario, "back", 1, BirthRegion{});
  CHECK_FALSE(are_movers(scenario));
  test::add_stream(scenario, "on", 1).who.foreign_born = true;
  CHECK_FALSE(are_movers(scenario));
  Scenario with_start = scenario;
  test::add_movers(with_start, 0, 1, 1);
  CHECK(are_movers(with_start));
  test::add_stream(scenario, "labour", 1);
  CHECK(are_movers(scenario));
}

TEST_CASE("who can be nobody is told") {
  Scenario scenario = test::small_scenario(2, "2020-01-01", "1 month", {{"status", {"a", "b"}}}, 50);
  test::stayers(scenario, 0) = 1;
  const auto told = [&](const Who& who) {
    Mistakes mistakes("s.yaml");
    check_who(scenario, "stream 'x'", who, {true, false}, {"s.yaml", 1, 1}, mistakes);
    return mistakes.none() ? std::string() : mistakes.in_order()[0].what;
  };
  Who who;
  who.groups = {true, true};
  who.residences = {true, false};
  CHECK(told(who).empty());
  who.age_from = 59;
  CHECK(told(who).empty());
  who.age_from = 61;
  CHECK(told(who) == "nobody is ever as old as stream 'x' says (61 years)");
  who.age_from = 0;
  who.groups = {false, true};
  CHECK(told(who) == "nobody is ever in the groups that stream 'x' names");
  who.groups = {false, false};
  CHECK(told(who) == "'who' names nobody");
  who.groups = {true, true};
  who.residences = {false, false};
  CHECK(told(who) == "'who' names nobody");
}

}  // namespace check_people_test
