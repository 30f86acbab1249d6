#pragma once

#include "sim/input/reader.hpp"
#include "sim/reading/forms/tie_classes.hpp"
#include "sim/scenario/groups.hpp"

namespace sojourn {

/// The section `attributes`, if there is one (else null); `ties`: what people are told apart by beside it. An
/// attribute with a mistake keeps what is right of it, so that what refers to it can be checked.
[[nodiscard]] Groups read_attributes(Reader& reader, const Node* section,
                                     std::vector<std::string> queues = {}, TiesToldApart ties = {});

}  // namespace sojourn
