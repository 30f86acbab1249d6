#pragma once

#include <vector>

#include "sim/base/error.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What of a scenario names a thing that it does not have (a region, factor, parameter, policy, ...), and
/// numbers of the start that are no numbers of persons: none in what was read from a file, where each name
/// was looked up. Whoever goes by these would read beyond the ends of tables. The sizes of tables are right
/// (see `check_sizes`).
[[nodiscard]] std::vector<Mistake> wrong_references(const Scenario& scenario);

}  // namespace sojourn
