#pragma once

#include <string>

#include "sim/engine/start_rates.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// How often things happen at the start, a year for each person, as a table: a column for each thing, a row
/// for everybody and for the largest groups. "" where nothing happens at a rate.
[[nodiscard]] std::string format_start_table(const Scenario& scenario, const StartRates& rates);

}  // namespace sojourn
