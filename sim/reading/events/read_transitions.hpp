#pragma once

#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_capacity.hpp"
#include "sim/reading/events/read_hazard.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/transition.hpp"

namespace sojourn {

[[nodiscard]] KeyMap transition_map();

struct TransitionSet {
  std::vector<Transition> transitions;
  /// In the order of `Groups::queues`.
  std::vector<Queue> queues;
};

/// The section `transitions`; adds to the parameters.
[[nodiscard]] TransitionSet read_transitions(Reader& reader, const Node& section, const Setting& setting,
                                             const FactorSet& factors, ParameterSet& parameters);

}  // namespace sojourn
