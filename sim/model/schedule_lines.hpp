#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// `nobody`, `1 person`, `1200 persons`.
[[nodiscard]] std::string persons_in_words(double persons);

/// The ages of those who enter, as `over: {values: ...}` would say them: `{20-39: 1}`.
[[nodiscard]] std::string entry_ages(const Inflow& inflow);

/// A line for each schedule of the scenario that is not flat: of what it is, over whom its mean is made 1,
/// how many persons these are, by what it is divided, and between which ratios it then lies.
[[nodiscard]] std::vector<std::string> schedule_lines(const Scenario& scenario);

}  // namespace sojourn
