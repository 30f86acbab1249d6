#pragma once

#include <vector>

#include "sim/scenario/mistakes.hpp"
#include "sim/scenario/read_streams.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What the sections of a scenario cannot say alone: streams that can never move anybody, and terms that have
/// no value. All references of the scenario are right.
void check_streams(const Scenario& scenario, const std::vector<StreamPlaces>& places, Mistakes& mistakes);

/// Rates that a policy makes negative, under the policies of each variant.
void check_rates(const Scenario& scenario, Mistakes& mistakes);

/// Terms that somewhere and at some time, under the policies of some variant, would be the logarithm of 0,
/// the root of a negative number, a ratio to 0, or standardised without a spread.
void check_terms(const Scenario& scenario, const std::vector<StreamPlaces>& places, Mistakes& mistakes);

/// Hazards beyond any sense, or beyond any number, under the policies of some variant. All terms have values.
void check_hazards(const Scenario& scenario, const std::vector<StreamPlaces>& places, Mistakes& mistakes);

}  // namespace sojourn
