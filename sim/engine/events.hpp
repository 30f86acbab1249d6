#pragma once

#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/engine/drawing_rooms.hpp"
#include "sim/engine/part_work.hpp"

namespace sojourn {

/// Draws who has an event in this step, takes them out of the population and draws where they go. One outbox
/// for each part, in the order of the parts; the same for any number of threads.
void draw_events(const StepContext& context, const std::vector<Part>& parts, Population& population,
                 std::vector<Outbox>& outboxes, DrawingRooms& rooms, Workers& workers, bool in_parallel);

}  // namespace sojourn
