#pragma once

#include "sim/reading/events/read_hazard.hpp"
#include "sim/scenario/transition.hpp"

namespace sojourn {

/// Where the numbers of a queue stand, for checks that come when all is read.
struct QueuePlaces {
  HazardPlaces limit;
  HazardPlaces giving_up;
};

/// The names of the transitions of a section that have the key `capacity`, as far as it can be read.
[[nodiscard]] std::vector<std::string> queue_names(const Node* transitions);

/// The key `capacity` of a transition. `prefix` of the setting is what policies call the transition.
[[nodiscard]] Queue read_capacity(Reader& reader, const Node& node, const HazardSetting& setting,
                                  QueuePlaces& places);

}  // namespace sojourn
