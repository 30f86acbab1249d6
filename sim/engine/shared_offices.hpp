#pragma once

#include "sim/base/parallel.hpp"
#include "sim/engine/offices.hpp"
#include "sim/model/limit_ledger.hpp"

namespace sojourn {

/// Serves those who wait in queues that draw on limits, which queues and regions share: an office of each
/// queue in each region. Queue by queue as their order says, those of one order together.
void serve_shared_offices(const OfficeContext& context, LimitLedger& ledger, Population& population,
                          LineSums& sums, Tallies& tallies, OfficeBalance& balance, Workers& workers);

}  // namespace sojourn
