#include "sim/engine/event_choosing.hpp"

#include <doctest/doctest.h>

#include <array>
#include <utility>

#include "tests/engine/one_part.hpp"

namespace event_choosing_test {

using namespace sojourn;

TEST_CASE("who returns goes where it was born; all others are drawn, and none stays") {
  Scenario scenario = test::small_scenario(4);
  test::add_stream(scenario, "work", 1);
  test::add_stream(scenario, "return", 1, BirthRegion{});
  test::OnePart one(std::move(scenario));
  Drawn& drawn = one.room.drawn;
  for (std::size_t i = 0; i < 100; ++i) {
    Move& move = drawn.moves.emplace_back();
    move.stream = StreamId{i % 2};
    move.birth = Region{3};
    drawn.destinations.push_back(move.birth);
  }
  choose_destinations(one.work());
  std::array<int, 4> work{};
  for (std::size_t i = 0; i < drawn.moves.size(); ++i) {
    if (i % 2 == 0) {
      ++work.at(drawn.destinations[i].index());
    } else {
      CHECK(drawn.destinations[i] == Region{3});
    }
  }
  CHECK(work[0] == 0);
  // 50 of three alike: below 2 with a chance of 1e-7.
  CHECK(work[1] > 1);
  CHECK(work[2] > 1);
  CHECK(work[3] > 1);
}

}  // namespace event_choosing_test
