#pragma once

#include <optional>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_streams.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/scenario/policy.hpp"

namespace sojourn {

[[nodiscard]] KeyMap policy_map();
[[nodiscard]] KeyMap change_map();
[[nodiscard]] KeyMap corridor_map();

/// What policies refer to.
struct PolicySetting {
  const Geography& geography;
  const FactorSet& factors;
  const ParameterSet& parameters;
  /// The ends of the run as the file describes it; nothing where the section `time` is wrong.
  std::optional<Date> start;
  std::optional<Date> end;
};

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
