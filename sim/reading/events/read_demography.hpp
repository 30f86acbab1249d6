#pragma once

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_hazard.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/demography.hpp"

namespace sojourn {

[[nodiscard]] KeyMap demography_map();
[[nodiscard]] KeyMap births_map();
[[nodiscard]] KeyMap deaths_map();
/// By attribute, what new-born have.
[[nodiscard]] KeyMap newborn_map();

/// The section `demography`; adds to the parameters.
[[nodiscard]] Demography read_demography(Reader& reader, const Node& section, const Setting& setting,
                                         const FactorSet& factors, ParameterSet& parameters);

}  // namespace sojourn
