#pragma once

#include <vector>

#include "sim/base/error.hpp"
#include "sim/engine/start_rates.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What no population on earth has had: more than 0.2 births or 0.5 deaths a year for each person.
[[nodiscard]] std::vector<Mistake> mistakes_of_start(const Scenario& scenario, const StartRates& rates);

/// Throws these as an `InputError`, if there are any; otherwise the rates are right to look at further. What
/// a sketch without its derived factors would show is no one's mistake: then there are none.
StartRates check_start(const Scenario& scenario, const StartSketch& sketch);

}  // namespace sojourn
