#pragma once

#include <string>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/warning.hpp"
#include "sim/engine/start_rates.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::app {

/// What reading the scenario warned of, and what its rates do at the start (those of the first variant) and
/// later, equal ones folded; those that the scenario accepts are marked.
[[nodiscard]] std::vector<Warning> collect_warnings(const Scenario& scenario,
                                                    const std::vector<const Variant*>& variants,
                                                    const StartRates& at_start, Workers& workers);

/// Prints those that are not accepted to stderr. With `strict` they are mistakes: an `InputError`.
void tell_warnings(const std::vector<Warning>& warnings, bool strict);

}  // namespace sojourn::app
