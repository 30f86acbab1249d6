#pragma once

#include <vector>

#include "sim/base/warning.hpp"
#include "sim/engine/start_rates.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Schedules whose mean is 1 over those named at the start, where inflows bring more people, and these are of
/// ages with quite another mean: then the rate is that of the few and not of the many.
[[nodiscard]] std::vector<Warning> warnings_of_schedules(const Scenario& scenario, const StartRates& rates);

}  // namespace sojourn
