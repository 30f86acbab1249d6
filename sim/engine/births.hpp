#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/engine/vital_tally.hpp"
#include "sim/model/hazard.hpp"
#include "sim/model/population.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Lets those who live in a region at the end of a step bear children: of those of a group a Poisson number
/// with the sum of their hazards times the length of the step (births do not compete with other events). The
/// new-born are stayers, born in the middle of the step on average, and exposed to death for half of it.
/// `fertility`: the hazards of births; `hazards`: of all other events; both of the step. Returns how many of
/// the new-born live at the end of the step, by cell.
[[nodiscard]] std::vector<std::int64_t> draw_births(const Scenario& scenario, RunKey key, Step step,
                                                    const Hazards& fertility, const Hazards& hazards,
                                                    Population& population, LineSums& sums, VitalTally& tally,
                                                    Workers& workers);

}  // namespace sojourn
