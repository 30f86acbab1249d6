#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/reading/events/read_hazard.hpp"
#include "sim/scenario/transition.hpp"

namespace sojourn {

/// One outcome of a transition; what becomes of those who give up.
[[nodiscard]] KeyMap outcome_map();
[[nodiscard]] KeyMap given_up_map();

/// The key `outcomes` of a transition, but for their weights: what becomes of people says whom they concern.
[[nodiscard]] std::vector<Outcome> read_outcomes(Reader& reader, const Node& node, const Groups& groups,
                                                 const std::string& transition);
/// The weights of these, which the node has in their order; adds to the parameters of the setting.
void read_weights(Reader& reader, const Node& node, const HazardSetting& setting,
                  std::vector<Outcome>& outcomes);
/// The key `given_up` of a transition.
[[nodiscard]] std::optional<Outcome> read_given_up(Reader& reader, const Node& node, const Groups& groups,
                                                   const std::string& transition);

}  // namespace sojourn
