#pragma once

#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/policies/policy_setting.hpp"
#include "sim/scenario/policy.hpp"

namespace sojourn {

[[nodiscard]] KeyMap policy_map();

struct PolicySet {
  std::vector<Policy> policies;
  Names names;
  std::vector<Variant> variants;
};

/// The sections `policies` and `variants`, either of which may be missing (null). Without variants there is
/// `baseline`.
[[nodiscard]] PolicySet read_policies(Reader& reader, const Node* policies, const Node* variants,
                                      const PolicySetting& setting);

}  // namespace sojourn
