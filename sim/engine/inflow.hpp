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

/// One who is to enter from outside, and may if limits have room.
struct EntryRequest {
  InflowId inflow;
  Region region;
  Group group;
  Cohort cohort;
};

/// Lets people enter from outside at the start of a step, as movers who arrive in it. Returns how many, by
/// cell. `expected` remembers how many were to enter since the start of the run; `by_inflow` gets how many
/// did, by [region][inflow]. Those whose inflow draws on limits do not enter yet: they are in `asking`, in an
/// order that is the same for any number of threads.
[[nodiscard]] std::vector<std::int64_t> draw_inflow(const InflowContext& context, ExpectedEntries& expected,
                                                    Population& population, LineSums& sums, VitalTally& tally,
                                                    std::vector<std::int64_t>& by_inflow,
                                                    std::vector<EntryRequest>& asking, Workers& workers);

/// Lets those enter who were admitted. Returns and counts as `draw_inflow`, in addition.
[[nodiscard]] std::vector<std::int64_t> let_in_admitted(const InflowContext& context,
                                                        const std::vector<EntryRequest>& admitted,
                                                        Population& population, LineSums& sums,
                                                        VitalTally& tally,
                                                        std::vector<std::int64_t>& by_inflow);

}  // namespace sojourn
