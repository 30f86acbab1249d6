#pragma once

#include "sim/input/mistakes.hpp"
#include "sim/reading/events/read_demography.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Births, and deaths by age, in steps of more than a year. All who are born in a step are of one cohort, and
/// a cohort has one age in a step: over several years infants would die at the rates of older children, or
/// older ones at those of infants.
void check_long_steps(const Scenario& scenario, const DemographyPlaces& places, Mistakes& mistakes);

}  // namespace sojourn
