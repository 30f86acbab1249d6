#include "sim/model/event_kind.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/vital_world.hpp"

namespace event_kind_test {

using namespace sojourn;

namespace {

/// Two streams, a transition with an office and one without, an outflow, deaths and births.
Scenario every_kind() {
  Scenario scenario =
      test::small_scenario(2, "2011-01-01", "4 months", {{"status", {"a", "b"}}}, 1, {"by an office"});
  test::add_stream(scenario, "first", 1);
  test::add_stream(scenario, "second", 1);
  for (const char* const name : {"at once", "by an office"}) test::add_transition(scenario, name, 1, 0, 1);
  test::add_queue(scenario, 1, 10);
  test::add_outflow(scenario, "go", 0.1);
  test::add_deaths(scenario, 0.01);
  test::add_births(scenario, 0.02);
  return scenario;
}

/// Which thing of a scenario a kind of event is.
struct Named {
  std::string operator()(const Stream& stream) const { return stream.name; }
  std::string operator()(const Transition& transition) const { return transition.name; }
  std::string operator()(const GivingUp& giving_up) const {
    return "giving up " + giving_up.queue.get().name;
  }
  std::string operator()(const Outflow& outflow) const { return outflow.name; }
  std::string operator()(const Deaths& /*deaths*/) const { return "deaths"; }
  std::string operator()(const Births& /*births*/) const { return "births"; }
};

}  // namespace

TEST_CASE("events are named by their place: streams, transitions, giving up, outflows, death") {
  const Scenario scenario = every_kind();
  const std::vector<EventKind> kinds = event_kinds(scenario);
  std::vector<std::string> names;
  for (const EventKind& kind : kinds) names.push_back(kind.visit(Named()));
  CHECK(names == std::vector<std::string>{"first", "second", "at once", "by an office",
                                          "giving up by an office", "go", "deaths"});
  CHECK(EventKind{std::cref(*scenario.demography.births)}.visit(Named()) == "births");

  const EventOrder order(scenario);
  CHECK(order.moves() == 2);
  CHECK(order.death() == EventId{kinds.size() - 1});
  for (std::size_t e = 0; e < kinds.size(); ++e) {
    const EventId event{e};
    CAPTURE(e);
    CHECK(order.is_move(event) == (kinds[e].stream() != nullptr));
    CHECK(order.is_move(event) + order.is_change(event) + order.is_exit(event) == 1);
  }
  CHECK(kinds[1].stream() == &scenario.streams[1]);
  CHECK(EventOrder::stream(EventOrder::move(StreamId{1})) == StreamId{1});
  CHECK(order.outflow(EventId{5}) == OutflowId{0});
  CHECK(order.outflow(order.death()) == std::nullopt);

  const std::vector<GroupChange> changes = group_changes(scenario);
  CHECK(changes[order.change(EventId{2}).index()].outcome == OutcomeId{0});
  CHECK(changes[order.change(EventId{3}).index()].joins == QueueId{0});
  CHECK(changes[order.change(EventId{4}).index()].gives_up == QueueId{0});
}

TEST_CASE("a kind of event knows to whom it happens and at what rate: giving up by a rate of its own") {
  const Scenario scenario = every_kind();
  const std::vector<EventKind> kinds = event_kinds(scenario);
  CHECK(&kinds[0].who() == &scenario.streams[0].who);
  CHECK(&kinds[3].hazard() == &scenario.transitions[1].hazard);
  CHECK(&kinds[4].who() == &scenario.queues[0].who);
  CHECK(&kinds[4].hazard() == &scenario.queues[0].giving_up);
  CHECK(&kinds[5].hazard() == &scenario.outflows[0].hazard);
  CHECK(&kinds[6].hazard() == &scenario.demography.deaths->hazard);
}

}  // namespace event_kind_test
