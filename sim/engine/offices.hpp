#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/delivery.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/office_limits.hpp"
#include "sim/model/population.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What offices need to know to serve queues at the end of a step.
struct OfficeContext {
  const Scenario& scenario;
  RunKey key;
  Step step;
  const Numbers& numbers;
};

/// Serves those who wait, as far as the limits go: changes their groups and tallies them. Looks at all who
/// wait. Returns by how many agents each cell changes; the same for any number of threads.
[[nodiscard]] std::vector<std::int64_t> serve_queues(const OfficeContext& context, OfficeLimits& limits,
                                                     Population& population, LineSums& sums, Tallies& tallies,
                                                     Workers& workers);

}  // namespace sojourn
