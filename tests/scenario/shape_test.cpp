#include "sim/scenario/shape.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/queues.hpp"
#include "tests/support/small_scenario.hpp"

namespace shape_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

/// One of everything that has a table by group or region: 2 regions, 2 x 3 groups, each waiting or not.
Scenario one_of_everything() {
  Scenario s = test::small_scenario(2, "2011-01-01", "1 month",
                                    {{"sex", {"f", "m"}}, {"status", {"a", "b", "c"}}}, 3, {"permit"});
  const std::size_t groups = s.groups.count();
  test::add_stream(s, "work", 0.1);
  test::add_transition(s, "permit", 0.1, 1, 1);
  test::add_queue(s, 0, 5);
  test::add_inflow(s, "new", 10);
  test::add_outflow(s, "out", 0.1);
  test::add_movers(s, 0, 1, 10, 3);
  test::add_factor(s, "wage", FactorPlaces::region, std::vector<double>(2 * groups, 1.0), true);
  s.factors[0].age_from = {0, 20, 60};
  s.factors[0].values.resize(2 * groups * 3);
  s.demography.births.emplace();
  s.demography.births->who = test::everybody(s);
  s.demography.births->newborn.assign(groups, {{Group{0}, 1.0}});
  s.demography.births->hazard.rate = test::add_parameter(s, "births", std::vector<double>(groups, 0.1));
  s.demography.deaths.emplace();
  s.demography.deaths->who = test::everybody(s);
  s.demography.deaths->hazard.rate = test::add_parameter(s, "deaths", {0.1});
  join_queues(s);
  return s;
}

}  // namespace

TEST_CASE("a shape says where the value of each place, group and age lies, once each") {
  const Shape shape{3, 4, 5};
  std::vector<int> seen(shape.size());
  for (std::size_t place = 0; place < 3; ++place) {
    for (std::size_t group = 0; group < 4; ++group) {
      for (std::size_t age = 0; age < 5; ++age) {
        const std::size_t i = shape.index(place, group, age);
        ++seen.at(i);
        CHECK(shape.place_of(i) == place);
        CHECK(shape.group_of(i) == group);
      }
    }
  }
  CHECK(seen == std::vector<int>(60, 1));
  const Shape same{3, 1, 5};
  CHECK(same.index(2, 3, 4) == 14);
}

TEST_CASE("groups told apart by age keep who waits where") {
  const Groups groups({{"sex", {"f", "m"}}, {"status", {"a", "b", "c"}}}, {"permit", "card"});
  const Groups ages = refined(groups, {"age", {"0-14", "15+"}});
  CHECK(ages.count() == 2 * groups.count());
  for (std::size_t g = 0; g < groups.count(); ++g) {
    for (std::size_t age = 0; age < 2; ++age) {
      const Group fine{g * 2 + age};
      CHECK(ages.value(fine, AttributeId{2}) == age);
      for (std::size_t a = 0; a < 2; ++a)
        CHECK(ages.value(fine, AttributeId{a}) == groups.value(Group{g}, AttributeId{a}));
      for (std::size_t q = 0; q < 2; ++q)
        CHECK(ages.waits(fine, QueueId{q}) == groups.waits(Group{g}, QueueId{q}));
    }
  }
}

TEST_CASE("a table that is too short or too long is told by its name, whichever it is") {
  CHECK_NOTHROW(check_sizes(one_of_everything()));
  using Spoil = std::function<void(Scenario&)>;
  const std::vector<std::pair<std::string, Spoil>> faults = {
      {"factor 'wage' has 36", [](Scenario& s) { s.factors[0].values.resize(36); }},
      {"factor 'wage' has 73", [](Scenario& s) { s.factors[0].values.push_back(0); }},
      {"parameter 'births' has 6", [](Scenario& s) { s.parameters[6].by_group.resize(6); }},
      {"stream 'work', groups", [](Scenario& s) { s.streams[0].who.groups.resize(6); }},
      {"stream 'work', regions", [](Scenario& s) { s.streams[0].who.residences.pop_back(); }},
      {"stream 'work', what movers become,", [](Scenario& s) { s.streams[0].becomes.resize(6); }},
      {"stream 'work', what movers become,", [](Scenario& s) { s.streams[0].becomes[3] = Group{12}; }},
      {"transition 'permit', groups", [](Scenario& s) { s.transitions[0].who.groups.resize(6); }},
      {"transition 'permit', what people", [](Scenario& s) { s.transitions[0].becomes.resize(6); }},
      {"the queue of 'permit', its", [](Scenario& s) { s.queues[0].priority.resize(6); }},
      {"the queue of 'permit', who", [](Scenario& s) { s.queues[0].served.resize(6); }},
      {"inflow 'new', regions", [](Scenario& s) { s.inflows[0].into.residences.pop_back(); }},
      {"inflow 'new', a group,", [](Scenario& s) { s.inflows[0].groups[0].group = Group{12}; }},
      {"outflow 'out', groups", [](Scenario& s) { s.outflows[0].who.groups.resize(6); }},
      {"births, groups", [](Scenario& s) { s.demography.births->who.groups.resize(6); }},
      {"births, the groups of children,", [](Scenario& s) { s.demography.births->newborn.resize(6); }},
      {"deaths, groups", [](Scenario& s) { s.demography.deaths->who.groups.resize(6); }},
      {"the population has 36", [](Scenario& s) { s.population.stayers.resize(36); }},
      {"the movers of the start, a group,", [](Scenario& s) { s.population.movers[0].group = Group{99}; }}};
  for (const auto& [name, spoil] : faults) {
    Scenario scenario = one_of_everything();
    spoil(scenario);
    CAPTURE(name);
    std::string told;
    try {
      check_sizes(scenario);
    } catch (const std::logic_error& error) {
      told = error.what();
    }
    CHECK(told.find(name) == 0);
  }
}

}  // namespace shape_test
