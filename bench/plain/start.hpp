#pragma once

#include <cstdint>
#include <vector>

#include "bench/plain/agent.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"

namespace sojourn::plain {

/// Everybody at the start, region by region: persons of the tables become whole agents, movers get a time of
/// arrival.
[[nodiscard]] std::vector<Agent> start_agents(const Scenario& scenario, const ArrivalTimes& times, RunKey key,
                                              Workers& workers);

}  // namespace sojourn::plain
