#include "sim/engine/event_walk.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "tests/engine/one_part.hpp"

namespace event_walk_test {

using namespace sojourn;

namespace {

/// Walks along region 0, and tries nobody with a record.
void walk(test::OnePart& one) {
  const PartWork work = one.work();
  EventLine line(one.random);
  EventTaking taking(work);
  walk_line(work, line, taking);
}

/// People of region 0 who were born in region 1, and a stream.
Scenario with_movers(double persons, double rate) {
  Scenario scenario = test::small_scenario(2);
  scenario.output.diaspora_every = 1;
  test::add_stream(scenario, "move", rate);
  test::add_movers(scenario, 0, 1, persons);
  return scenario;
}

}  // namespace

TEST_CASE("a line without hazards is passed: nobody is met") {
  Scenario scenario = with_movers(100, 0);
  test::stayers(scenario, 0) = 1000;
  test::OnePart one(std::move(scenario));
  walk(one);
  CHECK(one.room.drawn.moves.empty());
  CHECK(one.room.candidates.empty());
  CHECK(one.outbox.touched.empty());
}

TEST_CASE("the counted of whom all have an event are taken, and their segments touched, no others") {
  Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {}, 60);
  test::add_stream(scenario, "move", 1e5);
  test::stayers(scenario, 0, 0, 2) = 30;
  test::stayers(scenario, 0, 0, 50) = 20;
  test::OnePart one(std::move(scenario));
  walk(one);
  CHECK(one.room.drawn.moves.size() == 50);
  CHECK(one.population.noted(Region{0}) == 0);
  REQUIRE(one.outbox.touched.size() == 2);  // cohort 9 of 60, and 57
  CHECK(one.outbox.touched[0].segment == LineSums::segment_of(Cohort{9}));
  CHECK(one.outbox.touched[1].segment == LineSums::segment_of(Cohort{57}));
}

TEST_CASE("points on a block make candidates in order, each with a mark below the bound") {
  const double rate = 6;  // half an event each in a month
  test::OnePart one(with_movers(2000, rate));
  walk(one);
  const std::vector<Candidate>& candidates = one.room.candidates;
  CHECK(candidates.size() > 850);  // 6 standard deviations about 1000
  CHECK(candidates.size() < 1200);
  CHECK(std::is_sorted(candidates.begin(), candidates.end(),
                       [](const Candidate& a, const Candidate& b) { return a.index < b.index; }));
  CHECK(std::all_of(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    return candidate.index < 2000 && candidate.mark > 0 && candidate.mark < rate * (1 + 1e-12);
  }));
  CHECK(one.outbox.touched.size() == 1);
  CHECK(one.population.noted(Region{0}) == 2000);  // nobody is taken yet
}

TEST_CASE("a block too dense for points is one candidate as a whole") {
  test::OnePart one(with_movers(2000, 1000));
  walk(one);
  REQUIRE(one.room.candidates.size() == 1);
  CHECK(one.room.candidates[0].index == Candidate::whole_block);
}

}  // namespace event_walk_test
