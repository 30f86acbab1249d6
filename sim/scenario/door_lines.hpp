#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What a door is of: `streams work and study, from north, to south, for status worker`.
[[nodiscard]] std::string door_text(const Scenario& scenario, const Door& door);

/// A line for each door: what is closed unless it is opened, and what each policy closes and opens, and when.
[[nodiscard]] std::vector<std::string> door_lines(const Scenario& scenario);

}  // namespace sojourn
