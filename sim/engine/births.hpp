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

/// Children a year that those who live in each cell are to expect, as they are now. `fertility`: the hazards
/// of births in the step.
[[nodiscard]] std::vector<double> births_to_expect(const Hazards& fertility, const Population& population,
                                                   Workers& workers);

/// Bears the children of a step, when all other events are over. Who was there when the step began, and who
/// is there now, has a Poisson number of children each, with its hazard times half the length of the step
/// (births do not compete with other events): so births have the same exposure as deaths, but for what is of
/// third order in the step. The new-born are there now, too, and so are their own children. They are stayers,
/// born at a uniform moment of the step, and exposed to death for what is left of it. `at_start`: what
/// `births_to_expect` said when the step began; `hazards`: of all other events. Returns how many of the
/// new-born live at the end of the step, by cell.
[[nodiscard]] std::vector<std::int64_t> draw_births(const Scenario& scenario, RunKey key, Step step,
                                                    const std::vector<double>& at_start,
                                                    const Hazards& fertility, const Hazards& hazards,
                                                    Population& population, LineSums& sums, VitalTally& tally,
                                                    Workers& workers);

}  // namespace sojourn
