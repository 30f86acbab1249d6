#pragma once

#include <string>
#include <vector>

#include "sim/base/warning.hpp"
#include "sim/engine/start_rates.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::app {

/// What reading the scenario warned of and what its rates at the start do, equal ones folded; those that the
/// scenario accepts are marked.
[[nodiscard]] std::vector<Warning> collect_warnings(const Scenario& scenario, const StartRates& at_start);

/// Prints those that are not accepted to stderr. With `strict` they are mistakes: an `InputError`.
void tell_warnings(const std::vector<Warning>& warnings, bool strict);

}  // namespace sojourn::app
