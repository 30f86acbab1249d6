#pragma once

#include <optional>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/policies/policy_setting.hpp"
#include "sim/scenario/door.hpp"

namespace sojourn {

/// What is closed or opened: ways, and whose.
[[nodiscard]] KeyMap door_map();
[[nodiscard]] KeyMap door_link_map();

/// Reads a door; `what` names it in messages: "'close'". Nothing after a mistake.
[[nodiscard]] std::optional<Door> read_door(Reader& reader, const Node& node, const std::string& what,
                                            bool closes, const PolicySetting& setting);

/// The section `closed`: what is closed unless a policy opens it.
[[nodiscard]] std::vector<Door> read_closed(Reader& reader, const Node& section,
                                            const PolicySetting& setting);

}  // namespace sojourn
