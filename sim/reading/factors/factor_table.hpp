#pragma once

#include "sim/reading/factors/read_factors.hpp"

namespace sojourn {

/// A factor whose definition has the key `table`. Its values stay empty if there is a mistake.
[[nodiscard]] Factor read_factor_table(Reader& reader, const Node& definition, const std::string& name,
                                       const Setting& setting);

}  // namespace sojourn
