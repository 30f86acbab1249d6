#pragma once

#include <cstddef>

#include "sim/engine/drawing_rooms.hpp"
#include "sim/engine/move.hpp"

namespace sojourn {

/// Puts moves, and what belongs to them, into an outbox by destination, keeping the order within each.
void sort_by_destination(const Drawn& drawn, std::size_t regions, Outbox& outbox);

}  // namespace sojourn
