#include "sim/engine/delivery.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace delivery_test {

namespace {

using namespace sojourn;

Move move_of(std::size_t birth, std::size_t census, bool moved_before) {
  Move move;
  move.birth = Region{birth};
  move.census = Region{census};
  move.moved_since_census = moved_before;
  return move;
}

/// An outbox of moves in order of destination; those born elsewhere than in region 0 had a record.
Outbox outbox_of(std::vector<Move> moves, std::vector<Bundle> bundles) {
  Outbox outbox;
  for (Move& move : moves) move.had_record = move.birth != Region{0};
  outbox.moves = std::move(moves);
  outbox.bundles = std::move(bundles);
  outbox.touched = {{0, 0}};
  return outbox;
}

/// What `draw_events` does when it takes counted agents out.
void take_counted(Population& population, std::int64_t agents) {
  population.add_counted(0, Cohort{0}, -agents);
  population.note(Region{0}, Group{0}, Cohort{0}, Region{0}, -agents);
}

/// The sums of a line need hazards.
struct Line {
  Line(const Scenario& scenario, Population& population, Workers& workers) : numbers(scenario, Variant{}) {
    numbers.update(scenario.time.boundary(0), scenario.time.boundary(1));
    choices.emplace_back(scenario, scenario.streams[0], numbers);
    choices[0].update(numbers, population.diaspora(), workers);
    hazards.emplace_back(scenario, event_kinds(scenario), numbers, population, workers);
    hazards[0].update(numbers, choices, Step{0}, workers);
    sums.emplace_back(population, hazards[0]);
    for (std::size_t r = 0; r < population.regions(); ++r) sums[0].refresh(Region{r});
  }
  Numbers numbers;
  std::vector<Choice> choices;
  std::vector<Hazards> hazards;
  std::vector<LineSums> sums;
};

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
  Tallies tallies{FlowTally(scenario), RelocationTally(3), VitalTally(scenario), UsualTally(scenario),
                  QueueTally(scenario)};
  // Two natives leave region 0 for 1 and 2; one born in 1 goes home, having come from 2 since the census.
  Line line(scenario, population, workers);
  take_counted(population, 2);
  population.movers().remove(0, 0, 0);
  Outbox outbox = outbox_of({move_of(0, 0, false), move_of(1, 2, true), move_of(0, 0, false)},
                            {{Region{1}, 0, 2}, {Region{2}, 2, 3}});
  outbox.touched.push_back({0, line.sums[0].segment_of_block(0)});
  tallies.relocations.arrive(Region{0}, Region{2});  // its earlier move
  const StepBalance balance = deliver(scenario, group_changes(scenario), {outbox}, Step{5}, population,
                                      line.sums[0], tallies, workers, true);

  CHECK(balance.moves == 3);
  CHECK(balance.moves_to_self == 0);
  CHECK(balance.change == std::vector<std::int64_t>{-3, 2, 1});
  CHECK(balance.visited == std::vector<Region>{Region{0}, Region{1}, Region{2}});
  CHECK(population.recounted(Region{0}) == 11);
  CHECK(population.noted(Region{0}) == 11);
  CHECK(population.recounted(Region{1}) == 2);
  CHECK(population.diaspora().at(Region{0}, Region{1}) == 3);
  CHECK(population.diaspora().at(Region{1}, Region{0}) == 1);
  CHECK(population.diaspora().at(Region{1}, Region{1}) == 0);
  CHECK(population.diaspora().at(Region{2}, Region{0}) == 1);
  const auto relocations = tallies.relocations.counts();
  CHECK(relocations == std::vector<std::int64_t>{0, 1, 1, 0, 0, 0, 0, 1, 0});

  // The sums have noticed all of it.
  for (std::size_t r = 0; r < 3; ++r) line.sums[0].refresh(Region{r});
  CHECK(line.sums[0].region(Region{0}) == doctest::Approx(11));
  CHECK(line.sums[0].region(Region{1}) == doctest::Approx(2));
  CHECK(line.sums[0].region(Region{2}) == doctest::Approx(1));

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
  Tallies tallies{FlowTally(scenario), RelocationTally(3), VitalTally(scenario), UsualTally(scenario),
                  QueueTally(scenario)};
  Line line(scenario, population, workers);
  const Outbox outbox = outbox_of({move_of(0, 0, false)}, {{Region{0}, 0, 1}});
  CHECK(deliver(scenario, group_changes(scenario), {outbox}, Step{0}, population, line.sums[0], tallies,
                workers, false)
            .moves_to_self == 1);
}

}  // namespace delivery_test
