#include "sim/engine/delivery.hpp"

#include <doctest/doctest.h>

#include "tests/support/small_scenario.hpp"

namespace {

using namespace sojourn;

Move move_to(std::size_t destination, std::size_t birth, std::size_t census, bool moved_before) {
  Move move;
  move.destination = Region{destination};
  move.birth = Region{birth};
  move.census = Region{census};
  move.moved_since_census = moved_before;
  return move;
}

/// Region 0 holds 10 people born there and 4 born in region 1.
Scenario with_records() {
  Scenario scenario = test::small_scenario(3);
  test::add_stream(scenario, "a", 1);
  scenario.output.diaspora_every = 1;
  scenario.output.relocations_every = 12;
  test::stayers(scenario, 0) = 10;
  test::add_movers(scenario, 0, 1, 4);
  return scenario;
}

}  // namespace

TEST_CASE("movers settle where they go, with their history, and everything is counted once") {
  const Scenario scenario = with_records();
  Workers workers(2);
  Population population = start_population(scenario, {1, 0}, workers);
  Tallies tallies{FlowTally(scenario), RelocationTally(3)};
  // Two natives leave region 0 for 1 and 2; one born in 1 goes home, having come from 2 since the census.
  population.add_counted(0, Cohort{0}, -2);
  population.movers().remove(0, 0, 0);
  Outbox outbox{Region{0},
                {move_to(1, 0, 0, false), move_to(1, 1, 2, true), move_to(2, 0, 0, false)},
                {{Region{1}, 0, 2}, {Region{2}, 2, 3}}};
  tallies.relocations.arrive(move_to(0, 1, 2, false));  // its earlier move
  const StepBalance balance = deliver({outbox}, Step{5}, population, tallies, workers);

  CHECK(balance.moves == 3);
  CHECK(balance.moves_to_self == 0);
  CHECK(balance.departures == std::vector<std::int64_t>{3, 0, 0});
  CHECK(balance.arrivals == std::vector<std::int64_t>{0, 2, 1});
  CHECK(population.recounted(Region{0}) == 11);
  CHECK(population.noted(Region{0}) == 11);
  CHECK(population.recounted(Region{1}) == 2);
  CHECK(population.diaspora().at(Region{0}, Region{1}) == 3);
  CHECK(population.diaspora().at(Region{1}, Region{0}) == 1);
  CHECK(population.diaspora().at(Region{1}, Region{1}) == 0);
  CHECK(population.diaspora().at(Region{2}, Region{0}) == 1);
  const auto relocations = tallies.relocations.counts();
  CHECK(relocations == std::vector<std::int64_t>{0, 1, 1, 0, 0, 0, 0, 1, 0});

  const auto blocks = population.movers().blocks(1);
  REQUIRE(blocks.size() == 1);
  const History history = population.layout().unpack(population.movers().read(blocks[0], 1), blocks[0].key);
  CHECK(history.birth == Region{1});
  CHECK(history.census == Region{2});
  CHECK(history.arrival == 5);
}

TEST_CASE("a move from a region to itself does not go unseen") {
  const Scenario scenario = with_records();
  Workers workers(1);
  Population population = start_population(scenario, {1, 0}, workers);
  Tallies tallies{FlowTally(scenario), RelocationTally(3)};
  const Outbox outbox{Region{0}, {move_to(0, 0, 0, false)}, {{Region{0}, 0, 1}}};
  CHECK(deliver({outbox}, Step{0}, population, tallies, workers).moves_to_self == 1);
}
