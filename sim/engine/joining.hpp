#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/delivery.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/model/population.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Lets all who are among those of a queue that is joined at once, and do not wait in it, join it with the
/// ticket of a step, and counts them as requests; nothing of other queues. Looks at nobody but them. By
/// `change`: how many agents each cell changes by. Regions may be worked on by different threads.
void join_at_once(const Scenario& scenario, QueueId queue, Step step, Population& population, LineSums& sums,
                  Tallies& tallies, std::vector<std::int64_t>& change, Workers& workers);

/// The same at the start, before anything is counted: terms that run then began at times before it that are
/// spread evenly over their length, each agent's by itself; who is due for anything else joins in the first
/// step.
void join_at_start(const Scenario& scenario, RunKey key, Population& population, Workers& workers);

}  // namespace sojourn
