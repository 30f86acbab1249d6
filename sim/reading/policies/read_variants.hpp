#pragma once

#include <vector>

#include "sim/input/reader.hpp"
#include "sim/scenario/policy.hpp"

namespace sojourn {

/// The variant without policies, which there is whether or not it is written.
inline constexpr const char* baseline_name = "baseline";

/// The section `variants`: lists of policies, and of other variants, whose policies then stand in their
/// place. A policy that comes into a variant in several ways acts once, where it comes first. `names` are
/// those of the section `policies`, which is null where there is none.
[[nodiscard]] std::vector<Variant> read_variants(Reader& reader, const Node& section, const Node* policies,
                                                 const Names& names);

}  // namespace sojourn
