#pragma once

#include <cstdint>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Makes the groups of streams, births, transitions and queues fit together, once all of them are known by
/// attributes alone: who requests joins the queue; who moves leaves all queues; who changes stays in those
/// whose transition is still open to them; children wait for nothing.
void join_queues(Scenario& scenario);

/// The number of the month, quarter or year that a day lies in; the next one has the next number.
[[nodiscard]] std::int64_t period_of(Queue::Period period, Date date);

}  // namespace sojourn
