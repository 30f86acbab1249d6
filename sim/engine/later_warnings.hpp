#pragma once

#include <cstddef>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/warning.hpp"
#include "sim/engine/start_rates.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The steps in which a rate may be another one than in the step before, because a policy of the variant
/// begins, is wholly in force or ends, or because a table by date has new values: of a date within a step the
/// next one. Of tables with very many dates those where values are largest.
[[nodiscard]] std::vector<Step> steps_of_changes(const Scenario& scenario, const Variant& variant);

/// What is improbable in how often things happen at these later dates, under each variant, to the people of
/// the start; and at the start, of variants but the first, of which `at_start` is. Each once, if it is not so
/// at the start already.
[[nodiscard]] std::vector<Warning> warnings_of_later(const Scenario& scenario,
                                                     const std::vector<const Variant*>& variants,
                                                     const StartRates& at_start, Workers& workers);

}  // namespace sojourn
