#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/engine/move.hpp"
#include "sim/model/movers.hpp"

namespace sojourn {

/// Room that is made for moves beforehand: most parts expect fewer.
inline constexpr double most_reserved = 1e4;

/// Makes room for what a stretch of very many agents will add: a list that grew as it went would hold up to
/// three times of it. `expected`: the mean of a Poisson number, or a bound on it.
template <class Thing>
void make_room(std::vector<Thing>& list, double expected) {
  constexpr double deviations = 6;
  if (expected <= most_reserved / 2) return;
  list.reserve(list.size() + static_cast<std::size_t>(expected + deviations * std::sqrt(expected)));
}

/// A point on the line within a mover's interval; `whole_block` where the line was too dense for points.
struct Candidate {
  static constexpr std::uint64_t whole_block = std::numeric_limits<std::uint64_t>::max();
  const Block* block = nullptr;
  std::uint64_t index = 0;
  /// Uniform over (0, bound): decides whether the point is kept, and which stream it is (Lewis and Shedler
  /// 1979).
  double mark = 0;
  std::uint32_t block_number = 0;
  Group group;
};

/// Those who leave, in the order in which they were drawn, and where each goes.
struct Drawn {
  std::vector<Move> moves;
  std::vector<Region> destinations;
  /// By move; empty unless asked for.
  std::vector<Luggage> luggage;
  /// Of those moves that draw on limits, in their order.
  std::vector<Request> requests;

  /// For what a stretch of very many agents will add.
  void make_room_for(double expected, bool with_luggage) {
    make_room(moves, expected);
    make_room(destinations, expected);
    if (with_luggage) make_room(luggage, expected);
  }
};

/// What a thread works with while it draws the events of one part.
struct DrawingRoom {
  /// First those who were counted, then those with a record.
  Drawn drawn;
  std::vector<Candidate> candidates;
  /// By event: hazards of whoever is looked at.
  std::vector<double> rates;
};

/// What threads use while they draw events, one for each that draws. Kept from step to step, lest large lists
/// be taken from the system, cleared and given back by each part of each step.
class DrawingRooms {
 public:
  /// Empty, with the memory of an earlier part.
  [[nodiscard]] std::unique_ptr<DrawingRoom> take();
  void give_back(std::unique_ptr<DrawingRoom> room);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<DrawingRoom>> free_;
};

}  // namespace sojourn
