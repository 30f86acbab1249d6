#pragma once

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_hazard.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/demography.hpp"

namespace sojourn {

/// The section `demography`; adds to the parameters.
[[nodiscard]] Demography read_demography(Reader& reader, const Node& section, const Setting& setting,
                                         const FactorSet& factors, ParameterSet& parameters);

}  // namespace sojourn
