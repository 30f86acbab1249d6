#include "sim/engine/drawing_rooms.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <utility>

namespace drawing_rooms_test {

using namespace sojourn;

TEST_CASE("a room that was given back is taken again, empty, with its memory") {
  DrawingRooms rooms;
  std::unique_ptr<DrawingRoom> room = rooms.take();
  const DrawingRoom* const first = room.get();
  room->drawn.moves.resize(100);
  room->drawn.destinations.resize(100);
  room->drawn.luggage.resize(100);
  room->candidates.resize(7);
  const std::unique_ptr<DrawingRoom> other = rooms.take();
  CHECK(other.get() != first);
  rooms.give_back(std::move(room));
  room = rooms.take();
  CHECK(room.get() == first);
  CHECK(room->drawn.moves.empty());
  CHECK(room->drawn.destinations.empty());
  CHECK(room->drawn.luggage.empty());
  CHECK(room->candidates.empty());
  CHECK(room->drawn.moves.capacity() >= 100);
}

TEST_CASE("room is made beforehand for very many only") {
  Drawn drawn;
  drawn.make_room_for(100, true);
  CHECK(drawn.moves.capacity() == 0);
  drawn.make_room_for(1e5, false);
  CHECK(drawn.moves.capacity() > 100000);
  CHECK(drawn.destinations.capacity() > 100000);
  CHECK(drawn.luggage.capacity() == 0);
}

}  // namespace drawing_rooms_test
