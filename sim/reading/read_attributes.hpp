#pragma once

#include "sim/input/reader.hpp"
#include "sim/scenario/groups.hpp"

namespace sojourn {

/// The section `attributes`. An attribute with a mistake keeps what is right of it, so that what refers to it
/// can be checked.
[[nodiscard]] Groups read_attributes(Reader& reader, const Node& section,
                                     std::vector<std::string> queues = {});

}  // namespace sojourn
