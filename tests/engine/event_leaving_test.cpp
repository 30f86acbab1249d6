#include "sim/engine/event_leaving.hpp"

#include <doctest/doctest.h>

#include "tests/engine/one_part.hpp"
#include "tests/support/vital_world.hpp"

namespace event_leaving_test {

using namespace sojourn;

namespace {

/// Two streams, one of them back to where people lived before, and deaths; movers with records.
Scenario two_streams() {
  Scenario scenario = test::small_scenario(3, "2012-01-01", "1 month", {{"sex", {"f", "m"}}});
  scenario.output.usual_every = 12;
  scenario.output.year_steps = 12;
  scenario.output.relocations_every = 12;
  scenario.output.diaspora_every = 12;
  test::add_stream(scenario, "away", 2);
  test::add_stream(scenario, "back", 3, PreviousRegion{});
  test::add_deaths(scenario, 1.0);
  test::stayers(scenario, 0) = 10;
  return scenario;
}

/// Born in region 1, came from region 2 in the first step, citizen of 1.
KeyedRecord of_mover(const Population& population) {
  const RecordLayout& layout = population.layout();
  History history;
  history.birth = Region{1};
  history.previous = Region{2};
  history.census = Region{2};
  history.usual = Region{2};
  return layout.without_arrival(history, Region{0}).with(layout.arrival(ArrivalCode{0}));
}

}  // namespace

TEST_CASE("the counted go as natives of where they live, and room is made for where to") {
  test::OnePart one(two_streams());
  EventLeaving leaving(one.work());
  leaving.move_counted(leaving.counted_move(Group{1}, Cohort{0}), StreamId{1});
  leaving.move_counted(leaving.counted_move(Group{0}, Cohort{0}), StreamId{0});
  leaving.complete();
  const Drawn& drawn = one.room.drawn;
  REQUIRE(drawn.moves.size() == 2);
  CHECK(drawn.destinations.size() == 2);
  CHECK(drawn.luggage.size() == 2);
  CHECK(drawn.luggage[0].usual == Region{0});
  CHECK(drawn.moves[0].stream == StreamId{1});
  CHECK(drawn.moves[0].leaves_as == Group{1});
  CHECK(drawn.moves[0].birth == Region{0});
  CHECK(drawn.moves[0].census == Region{0});
  CHECK_FALSE(drawn.moves[0].had_record);
  const EventId death = EventOrder(one.scenario).death();
  leaving.exit_counted(death, Group{1}, Cohort{0}, 4);
  REQUIRE(one.outbox.gone.size() == 1);
  CHECK(one.outbox.gone[0].event == death);
  CHECK(one.outbox.gone[0].agents == 4);
}

TEST_CASE("who has a record takes it along, and an arrival of this year is taken back") {
  test::OnePart one(two_streams());
  const KeyedRecord record = of_mover(one.population);
  EventLeaving leaving(one.work());
  leaving.leave_with_record(EventOrder::move(StreamId{1}), Group{1}, record);
  const Drawn& drawn = one.room.drawn;
  REQUIRE(drawn.moves.size() == 1);
  CHECK(drawn.moves[0].had_record);
  CHECK(drawn.moves[0].leaves_as == Group{1});
  CHECK(drawn.destinations[0] == Region{2});
  CHECK(drawn.luggage[0].usual == Region{2});
  REQUIRE(one.outbox.taken_back.size() == 1);
  CHECK(one.outbox.taken_back[0].usual == Region{2});
  leaving.leave_with_record(EventOrder(one.scenario).death(), Group{0}, record);
  REQUIRE(one.outbox.gone_with_record.size() == 1);
  CHECK(one.outbox.gone_with_record[0].birth == Region{1});
  CHECK(one.outbox.gone_with_record[0].leaves_as == Group{0});
  CHECK(one.outbox.taken_back.size() == 2);
}

}  // namespace event_leaving_test
