#pragma once

#include "sim/input/reader.hpp"
#include "sim/reading/factors/read_factors.hpp"

namespace sojourn {

[[nodiscard]] KeyMap derived_factor_map();

/// The derivation of a factor whose definition has the key `expression`: that, and what its names mean. All
/// factors of the set have their names and places.
[[nodiscard]] Derivation read_derivation(Reader& reader, const Node& definition, FactorId factor,
                                         const Setting& setting, const FactorSet& factors);

}  // namespace sojourn
