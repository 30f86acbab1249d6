#pragma once

#include <string_view>

#include "sim/base/error.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Where the scenario's file writes a number that policies call by this dotted name, such as
/// `streams.work.destination.pull.income`: of a term of a list, where the term begins. For errors of a run,
/// which are rare: the text is read again. The file alone where the text does not have it.
[[nodiscard]] Position position_of(const Scenario& scenario, std::string_view parameter);

}  // namespace sojourn
