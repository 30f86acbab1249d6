#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/engine/vital_tally.hpp"
#include "sim/model/entry.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/population.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What an inflow changes in a step.
struct InflowContext {
  const Scenario& scenario;
  RunKey key;
  Step step;
  /// The numbers of the step.
  const Numbers& numbers;
};

/// Lets people enter from outside at the start of a step, as movers who arrive in it. Returns how many, by
/// cell. `expected` remembers how many were to enter since the start of the run; `by_inflow` gets how many
/// did, by [region][inflow].
[[nodiscard]] std::vector<std::int64_t> draw_inflow(const InflowContext& context, ExpectedEntries& expected,
                                                    Population& population, LineSums& sums, VitalTally& tally,
                                                    std::vector<std::int64_t>& by_inflow, Workers& workers);

}  // namespace sojourn
