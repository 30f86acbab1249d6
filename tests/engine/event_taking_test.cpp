#include "sim/engine/event_taking.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/engine/one_part.hpp"
#include "tests/support/vital_world.hpp"

namespace event_taking_test {

using namespace sojourn;

namespace {

/// Two streams, at 2 and at 3 a year, and deaths. Region 0 has 10 natives and 4 born in region 1.
Scenario two_streams() {
  Scenario scenario = test::small_scenario(3);
  scenario.output.diaspora_every = 1;
  test::add_stream(scenario, "first", 2);
  test::add_stream(scenario, "second", 3);
  test::add_deaths(scenario, 1.0);
  test::stayers(scenario, 0) = 10;
  test::add_movers(scenario, 0, 1, 4);
  return scenario;
}

std::vector<StreamId> streams_of(const std::vector<Move>& moves) {
  std::vector<StreamId> streams;
  for (const Move& move : moves) streams.push_back(move.stream);
  return streams;
}

}  // namespace

TEST_CASE("the counted leave by the one stream that has a rate, or die if death alone has one") {
  test::OnePart one(two_streams());
  EventTaking taking(one.work());
  one.room.rates = {0, 3, 0};
  taking.take_counted(Group{0}, Cohort{0}, 4, 3);
  CHECK(streams_of(one.room.drawn.moves) == std::vector<StreamId>(4, StreamId{1}));
  CHECK(one.room.drawn.destinations.size() == 4);
  CHECK(one.outbox.gone.empty());
  CHECK(one.population.counted(0, Cohort{0}) == 6);
  one.room.rates = {0, 0, 2};
  taking.take_counted(Group{0}, Cohort{0}, 5, 2);
  REQUIRE(one.outbox.gone.size() == 1);
  CHECK(one.outbox.gone[0].event == EventOrder(one.scenario).death());
  CHECK(one.outbox.gone[0].agents == 5);
  CHECK(one.room.drawn.moves.size() == 4);
  CHECK(one.population.counted(0, Cohort{0}) == 1);
}

TEST_CASE("a candidate's mark says which event it has: by the hazards side by side, beyond them none") {
  test::OnePart one(two_streams());
  const Block& block = one.population.movers().blocks(0)[0];
  REQUIRE(block.size == 4);
  // 0 to 2: the first stream; to 5: the second; to 6: death.
  one.room.candidates = {{&block, 0, 1.9, 0, Group{0}},
                         {&block, 1, 2.1, 0, Group{0}},
                         {&block, 2, 5.5, 0, Group{0}},
                         {&block, 3, 6.1, 0, Group{0}}};
  EventTaking taking(one.work());
  taking.take_movers();
  CHECK(streams_of(one.room.drawn.moves) == std::vector<StreamId>{StreamId{1}, StreamId{0}});
  CHECK(one.room.drawn.moves[0].birth == Region{1});
  CHECK(one.room.drawn.moves[0].had_record);
  REQUIRE(one.outbox.gone_with_record.size() == 1);
  CHECK(one.outbox.gone_with_record[0].event == EventOrder(one.scenario).death());
  CHECK(one.outbox.gone_with_record[0].birth == Region{1});
  CHECK(block.size == 1);
}

TEST_CASE("two points of one agent are one event") {
  test::OnePart one(two_streams());
  const Block& block = one.population.movers().blocks(0)[0];
  one.room.candidates = {{&block, 2, 1.0, 0, Group{0}}, {&block, 2, 1.0, 0, Group{0}}};
  EventTaking taking(one.work());
  taking.take_movers();
  CHECK(one.room.drawn.moves.size() == 1);
  CHECK(block.size == 3);
}

}  // namespace event_taking_test
