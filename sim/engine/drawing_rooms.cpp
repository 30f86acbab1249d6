#include "sim/engine/drawing_rooms.hpp"

#include <utility>

namespace sojourn {

std::unique_ptr<DrawingRoom> DrawingRooms::take() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return std::make_unique<DrawingRoom>();
  std::unique_ptr<DrawingRoom> room = std::move(free_.back());
  free_.pop_back();
  return room;
}

void DrawingRooms::give_back(std::unique_ptr<DrawingRoom> room) {
  room->drawn.moves.clear();
  room->drawn.destinations.clear();
  room->drawn.luggage.clear();
  room->drawn.requests.clear();
  room->candidates.clear();
  const std::lock_guard lock(mutex_);
  free_.push_back(std::move(room));
}

}  // namespace sojourn
