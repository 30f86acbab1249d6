#pragma once

#include <cstddef>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/engine/drawing_rooms.hpp"
#include "sim/engine/inflow.hpp"
#include "sim/engine/move.hpp"
#include "sim/engine/part_work.hpp"
#include "sim/model/limit_ledger.hpp"

namespace sojourn {

/// Decides who is admitted of those whose moves draw on limits: one after the other, in an order in which all
/// permutations of all of them, whatever their stream, inflow, origin or destination, are equally likely.
/// Each takes all that it draws on, if every limit has room, or else is turned away and stays. One is turned
/// away once in a step: for what is left of it other things may happen to it. `parts` and `outboxes` are
/// those of `draw_events`. Among them are those who ask to enter from outside; those of `asking` who are not
/// admitted are taken out of it. The same for any number of threads.
void admit(const StepContext& context, const std::vector<Part>& parts, Population& population,
           LimitLedger& ledger, std::vector<EntryRequest>& asking, std::vector<Outbox>& outboxes,
           DrawingRooms& rooms, Workers& workers);

}  // namespace sojourn
