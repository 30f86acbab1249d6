#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/describe.hpp"

namespace sojourn {

/// All numbers of the model that policies may change, as the descriptions of keys have them; words in
/// capitals stand for names of the scenario.
[[nodiscard]] const std::vector<ParameterName>& parameter_kinds();

/// Which of them a dotted name is; nothing if it is none.
[[nodiscard]] std::optional<std::size_t> parameter_kind(std::string_view name);

}  // namespace sojourn
