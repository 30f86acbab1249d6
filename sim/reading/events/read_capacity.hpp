#pragma once

#include <optional>
#include <string_view>

#include "sim/reading/events/read_hazard.hpp"
#include "sim/scenario/transition.hpp"

namespace sojourn {

[[nodiscard]] KeyMap capacity_map();

/// The names of the transitions of a section that have the key `capacity`, as far as it can be read.
[[nodiscard]] std::vector<std::string> queue_names(const Node* transitions);

/// The key `capacity` of a transition. `prefix` of the setting is what policies call the transition.
[[nodiscard]] Queue read_capacity(Reader& reader, const Node& node, const HazardSetting& setting);

/// A term of a transition, as a queue that all join at once and whose office serves everybody whose time has
/// come.
[[nodiscard]] Queue read_term(Reader& reader, const Node& node, const HazardSetting& setting);

/// A time that is counted from a ticket; a warning, with its meaning, if it is shorter than a step.
[[nodiscard]] std::optional<Duration> read_time_from_ticket(Reader& reader, const Node& node,
                                                            std::string_view what, std::string_view meaning,
                                                            const std::optional<TimeGrid>& time);

}  // namespace sojourn
