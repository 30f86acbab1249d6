#pragma once

#include <vector>

#include "sim/input/mistakes.hpp"
#include "sim/reading/events/read_streams.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Pull terms whose part of a utility is beyond any sense, or beyond any number, under the policies of some
/// variant: whoever chose by them would choose by nothing else. All terms have values. Of derived factors
/// nothing is known before the run.
void check_utilities(const Scenario& scenario, const std::vector<StreamPlaces>& places, Mistakes& mistakes);

}  // namespace sojourn
