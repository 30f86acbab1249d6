#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/policies/policy_setting.hpp"

namespace sojourn {

/// What a change is of.
struct ChangeTarget {
  std::variant<FactorId, ParameterId> id;
  /// They decide how the change can be narrowed.
  FactorPlaces places = FactorPlaces::everywhere;
  std::string unit{};
  /// As the description of the key has it, where that says more: `persons per year`.
  std::string long_unit{};
  /// Whether a number without its unit is a mistake.
  bool needs_unit = false;
  /// One flag for each group, where one value of an attribute is named; empty: all.
  std::vector<bool> groups{};
};

/// The number that a dotted name calls: a factor, a parameter, or what a parameter by an attribute is for one
/// of its values. Nothing, and a mistake, if there is none.
[[nodiscard]] std::optional<ChangeTarget> find_target(Reader& reader, const Node& node,
                                                      const PolicySetting& setting);

}  // namespace sojourn
