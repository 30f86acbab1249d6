#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/delivery.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/model/limit_ledger.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/office_limits.hpp"
#include "sim/model/outcome_choice.hpp"
#include "sim/model/population.hpp"
#include "sim/model/ticket_clock.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What offices need to know to serve queues at the end of a step.
struct OfficeContext {
  const Scenario& scenario;
  RunKey key;
  Step step;
  const Numbers& numbers;
  /// First step of the running interval of relocations.
  Step census;
  /// What decisions come to.
  const OutcomeChoice& outcomes;
  /// By queue.
  const std::vector<TicketClock>& clocks;
};

/// What offices have changed.
struct OfficeBalance {
  /// By how many agents each cell has changed.
  std::vector<std::int64_t> change;
  /// Agents who left all regions, by [region][way out].
  std::vector<std::int64_t> outflows;
};

/// Ends the terms that are over, and serves those who wait, as far as the limits go: changes their groups, or
/// lets them leave, and tallies them. Before each queue is served, and at the end, those join it who do so at
/// once. Queues that share limits come last. Looks at all who wait. The same for any number of threads.
[[nodiscard]] OfficeBalance serve_queues(const OfficeContext& context, OfficeLimits& limits,
                                         LimitLedger& ledger, Population& population, LineSums& sums,
                                         Tallies& tallies, Workers& workers);

}  // namespace sojourn
