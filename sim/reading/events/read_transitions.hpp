#pragma once

#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_capacity.hpp"
#include "sim/reading/events/read_hazard.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/transition.hpp"

namespace sojourn {

/// Where the parts of a transition stand, for checks that come when all is read.
struct TransitionPlaces {
  Position who;
  HazardPlaces hazard;
};

struct TransitionSet {
  std::vector<Transition> transitions;
  std::vector<TransitionPlaces> places;
  /// In the order of `Groups::queues`.
  std::vector<Queue> queues;
  std::vector<QueuePlaces> queue_places;
};

/// The section `transitions`; adds to the parameters.
[[nodiscard]] TransitionSet read_transitions(Reader& reader, const Node& section, const Setting& setting,
                                             const FactorSet& factors, ParameterSet& parameters);

}  // namespace sojourn
