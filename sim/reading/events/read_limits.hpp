#pragma once

#include <string>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/limit.hpp"

namespace sojourn {

/// One of the section `limits`.
[[nodiscard]] KeyMap limit_map();

/// The section `limits`. Limit i is `setting.limits.all()[i]`.
[[nodiscard]] std::vector<Limit> read_limits(Reader& reader, const Node& section, const Setting& setting,
                                             const FactorSet& factors, ParameterSet& parameters);

/// The key `draws`, a map from limits to how much of each one person takes; `prefix` is what policies call
/// the thing that draws: `streams.work`.
[[nodiscard]] std::vector<Draw> read_draws(Reader& reader, const Node& node, const Setting& setting,
                                           ParameterSet& parameters, const std::string& prefix);

}  // namespace sojourn
