#pragma once

#include "sim/reading/events/read_hazard.hpp"
#include "sim/scenario/transition.hpp"

namespace sojourn {

[[nodiscard]] KeyMap capacity_map();

/// The names of the transitions of a section that have the key `capacity`, as far as it can be read.
[[nodiscard]] std::vector<std::string> queue_names(const Node* transitions);

/// The key `capacity` of a transition. `prefix` of the setting is what policies call the transition.
[[nodiscard]] Queue read_capacity(Reader& reader, const Node& node, const HazardSetting& setting);

}  // namespace sojourn
