#pragma once

#include <vector>

#include "sim/base/warning.hpp"
#include "sim/engine/start_rates.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What is improbable in how often things happen at the start: more than once a year for each person, or so
/// often that a step is too long for it; and schedules whose mean is over others than those to come.
[[nodiscard]] std::vector<Warning> warnings_of_start(const Scenario& scenario, const StartRates& rates);

}  // namespace sojourn
