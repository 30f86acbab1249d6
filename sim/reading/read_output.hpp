#pragma once

#include <optional>

#include "sim/input/reader.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

[[nodiscard]] KeyMap output_map();

/// The section `output`, which may be missing (null): then all of it is by default. `shortened`: the run's
/// end was brought forward on the command line, so that what takes longer than the run is no mistake.
[[nodiscard]] OutputRequest read_output(Reader& reader, const Node* section, const Setting& setting,
                                        const FactorSet& factors, bool shortened);

}  // namespace sojourn
