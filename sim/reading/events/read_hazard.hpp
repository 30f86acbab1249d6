#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/hazard.hpp"

namespace sojourn {

/// `{factor: NAME}` in place of a number.
[[nodiscard]] KeyMap factor_map();
/// Values of attributes that agents get.
[[nodiscard]] KeyMap becomes_map();

/// What a hazard refers to, and the parameters that it adds to.
struct HazardSetting {
  const Setting& setting;
  const FactorSet& factors;
  ParameterSet& parameters;
  /// What policies call it: `streams.labour.hazard`.
  std::string prefix;
  /// The key of the list of factors: of a move, they push.
  std::string terms = "push";
  /// Whom the hazard concerns; null: everybody.
  const Who* who = nullptr;
};

/// The keys of a hazard that `fields` has: rate (required), age, stay, factors (or push), attraction. Which
/// of them are allowed is said by the keys that `fields` knows.
[[nodiscard]] Hazard read_hazard(Reader& reader, const Fields& fields, const HazardSetting& setting);

/// Persons per year, as a hazard that has nothing but a rate: `100 per year`, or `{factor: NAME}` of a factor
/// with `unit: persons per year`. The parameter has the name of the key.
[[nodiscard]] Hazard read_persons_per_year(Reader& reader, const Node& node, const HazardSetting& setting,
                                           const Key& key);

/// The factor that a map `{factor: NAME}` names: one number for each region, in this unit. Nothing, and a
/// mistake, if it is no such factor. `what` names the map in messages.
[[nodiscard]] std::optional<FactorId> read_factor_of_persons(Reader& reader, const Node& node,
                                                             const std::string& what, const std::string& unit,
                                                             const FactorSet& factors);

/// The key `becomes`, or another map from attributes to values that agents get: the group of each group
/// afterwards. `what` names the map in messages.
[[nodiscard]] std::vector<Group> read_becomes(Reader& reader, const Node* node, const Groups& groups,
                                              std::string_view what);

/// The same where somebody must change: a map of no attributes is a mistake.
[[nodiscard]] std::vector<Group> read_changes(Reader& reader, const Node* node, const Groups& groups,
                                              std::string_view what);

}  // namespace sojourn
