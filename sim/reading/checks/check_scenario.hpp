#pragma once

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Throws `InputError`, with all mistakes at once, for a scenario that was built in code and would be refused
/// if it were written in a file: tables of the wrong size, references to what is not there, numbers out of
/// their range under any policy of any variant, terms without a value. What was read has been checked.
void check_scenario(const Scenario& scenario);

}  // namespace sojourn
