#pragma once

#include "sim/input/key.hpp"
#include "sim/scenario/factor.hpp"

namespace sojourn {

// What a name of an expression may mean, a map for each kind of it. The first key of each tells the kind.

[[nodiscard]] KeyMap factor_input_map();
[[nodiscard]] KeyMap people_input_map();
[[nodiscard]] KeyMap foreign_born_input_map();
[[nodiscard]] KeyMap queue_input_map();
[[nodiscard]] KeyMap flow_input_map(FlowInput::Kind kind);

/// All of them as one map.
[[nodiscard]] KeyMap expression_input_map();

}  // namespace sojourn
