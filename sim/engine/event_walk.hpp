#pragma once

#include "sim/engine/event_line.hpp"
#include "sim/engine/event_taking.hpp"
#include "sim/engine/part_work.hpp"

namespace sojourn {

/// Walks along the line of a part: a cell or segment without a point is passed as a whole. Who has an event
/// among the counted is taken at once; points on movers become candidates of the room, to be tried when their
/// memory has come. Segments in which anybody was met are touched in the outbox.
void walk_line(const PartWork& work, EventLine& line, EventTaking& taking);

}  // namespace sojourn
