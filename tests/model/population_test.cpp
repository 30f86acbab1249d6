#include "sim/model/population.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/support/small_scenario.hpp"

namespace population_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

Scenario scenario_of(bool with_history) {
  Scenario scenario = small_scenario(3, "2011-01-01", "1 month", {{"sex", {"female", "male"}}}, 4);
  add_stream(scenario, "labour", 0.1);
  if (with_history) add_stream(scenario, "return", 0.1, BirthRegion{});
  return scenario;
}

History born_in(std::size_t birth, std::size_t cohort) {
  History history;
  history.cohort = Cohort{cohort};
  history.birth = Region{birth};
  return history;
}

void add_record(Population& population, Region residence, Group group, const History& history) {
  (void)population.movers().append(population.cell(residence, group),
                                   population.layout().record(history, residence));
}

}  // namespace

TEST_CASE("cells are regions by groups, the group fastest") {
  const Population population(scenario_of(false));
  CHECK(population.regions() == 3);
  CHECK(population.groups() == 2);
  CHECK(population.cohorts().count() == 4);
  CHECK(population.cell(Region{0}, Group{0}) == 0);
  CHECK(population.cell(Region{0}, Group{1}) == 1);
  CHECK(population.cell(Region{2}, Group{1}) == 5);
}

TEST_CASE("movers with a history are records of their cell") {
  Population population(scenario_of(true));
  const std::size_t cell = population.cell(Region{1}, Group{1});
  add_record(population, Region{1}, Group{1}, born_in(0, 2));
  add_record(population, Region{1}, Group{1}, born_in(1, 3));
  CHECK(population.counted(cell, Cohort{2}) == 0);
  REQUIRE(population.movers().count(cell) == 2);
  std::size_t at_home = 0;
  for (const Block& block : population.movers().blocks(cell)) {
    REQUIRE(block.size == 1);
    const History history = population.layout().unpack(population.movers().read(block, 0), block.key);
    const bool home = RecordLayout::at_home(block.key);
    at_home += home ? 1 : 0;
    CHECK(history.birth == Region{home ? 1U : 0U});
    CHECK(history.cohort == Cohort{home ? 3U : 2U});
  }
  CHECK(at_home == 1);
  CHECK(population.recounted(Region{1}) == 2);
}

TEST_CASE("who settles is noted, and a record with its time of arrival or one of those who are counted") {
  Population counts(scenario_of(false));
  const Newcomers three{Region{1}, Group{1}, born_in(0, 2), 3};
  const PlaceInCell among =
      counts.settle_all(three, [](const auto& /*take*/) { FAIL("counts have no arrival"); });
  CHECK(among.cell == counts.cell(Region{1}, Group{1}));
  CHECK(among.cohort == Cohort{2});
  CHECK_FALSE(among.block.has_value());
  CHECK(counts.counted(among.cell, Cohort{2}) == 3);
  CHECK(counts.noted(among.cell) == 3);

  Scenario scenario = scenario_of(true);
  scenario.output.relocations_every = 1;  // so that times of arrival are remembered
  Population records(scenario);
  const RecordLayout& layout = records.layout();
  const PlaceInCell of_one = records.settle({Region{1}, Group{1}, born_in(0, 2)}, layout.arrival(7));
  REQUIRE(of_one.block.has_value());
  const Block& block = records.movers().blocks(of_one.cell)[*of_one.block];
  const History history = layout.unpack(records.movers().read(block, 0), block.key);
  CHECK(history.birth == Region{0});
  CHECK(history.cohort == Cohort{2});
  CHECK(history.arrival == 7);
  (void)records.settle_all(three, [&](const auto& take) {
    for (const ArrivalCode step : {3, 4, 5}) take(layout.arrival(step));
  });
  CHECK(records.noted(of_one.cell) == 4);
  CHECK(records.recounted(of_one.cell) == 4);
  CHECK(records.counted(of_one.cell, Cohort{2}) == 0);
  CHECK(records.diaspora().at(Region{1}, Region{0}) == 4);
}

TEST_CASE("what is noted is counted by residence, group and cohort, and by birth for those elsewhere") {
  Population population(scenario_of(true));
  population.note(Region{1}, Group{1}, Cohort{2}, Region{0}, 5);
  population.note(Region{1}, Group{0}, Cohort{3}, Region{1}, 7);
  population.note(Region{1}, Group{1}, Cohort{2}, Region{0}, -2);
  population.note(Region{2}, Group{0}, Cohort{0}, Region{0}, 1);
  CHECK(population.noted(Region{0}) == 0);
  CHECK(population.noted(Region{1}) == 10);
  CHECK(population.noted(Region{2}) == 1);
  CHECK(population.residents()[population.cell(Region{1}, Group{1}) * 4 + 2] == 3);
  CHECK(population.residents()[population.cell(Region{1}, Group{0}) * 4 + 3] == 7);
  CHECK(population.diaspora().at(Region{1}, Region{0}) == 3);
  CHECK(population.diaspora().at(Region{1}, Region{1}) == 0);
  CHECK(population.diaspora().at(Region{2}, Region{0}) == 1);
}

TEST_CASE("counts and records are recounted together") {
  Population population(scenario_of(true));
  population.add_counted(population.cell(Region{0}, Group{0}), Cohort{0}, 10);
  population.add_counted(population.cell(Region{0}, Group{1}), Cohort{3}, 4);
  population.add_counted(population.cell(Region{1}, Group{0}), Cohort{0}, 3);
  add_record(population, Region{0}, Group{1}, born_in(2, 1));
  CHECK(population.recounted(Region{0}) == 15);
  CHECK(population.recounted(Region{1}) == 3);
  CHECK(population.recounted(Region{2}) == 0);
  CHECK(population.bytes() > 0);
}

}  // namespace population_test
