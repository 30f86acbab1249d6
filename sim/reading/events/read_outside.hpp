#pragma once

#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_hazard.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/outside.hpp"

namespace sojourn {

[[nodiscard]] KeyMap inflow_map();
[[nodiscard]] KeyMap outflow_map();
/// Weights of the ages of an inflow.
[[nodiscard]] KeyMap age_weights_map();

/// The sections `inflow` and `outflow`; both add to the parameters.
[[nodiscard]] std::vector<Inflow> read_inflow(Reader& reader, const Node& section, const Setting& setting,
                                              const FactorSet& factors, ParameterSet& parameters);
[[nodiscard]] std::vector<Outflow> read_outflow(Reader& reader, const Node& section, const Setting& setting,
                                                const FactorSet& factors, ParameterSet& parameters);

}  // namespace sojourn
