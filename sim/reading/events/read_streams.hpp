#pragma once

#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_hazard.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/stream.hpp"

namespace sojourn {

[[nodiscard]] KeyMap stream_map();
[[nodiscard]] KeyMap hazard_map();
[[nodiscard]] KeyMap destination_map();
[[nodiscard]] KeyMap nest_map();

/// The section `streams`; adds to the parameters.
[[nodiscard]] std::vector<Stream> read_streams(Reader& reader, const Node& section, const Setting& setting,
                                               const FactorSet& factors, ParameterSet& parameters);

}  // namespace sojourn
