#pragma once

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Makes the groups of streams, births, transitions and queues fit together, once all of them are known by
/// attributes alone: who requests joins the queue; who moves leaves all queues; who changes stays in those
/// whose transition is still open to them; children wait for nothing.
void join_queues(Scenario& scenario);

}  // namespace sojourn
