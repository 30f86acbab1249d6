#pragma once

#include <optional>
#include <vector>

#include "sim/input/names.hpp"
#include "sim/input/reader.hpp"
#include "sim/reading/forms/outcome_names.hpp"
#include "sim/reading/read_regions.hpp"
#include "sim/scenario/factor.hpp"
#include "sim/scenario/groups.hpp"

namespace sojourn {

class NamedPeople;

/// What of the scenario was read before its factors, and is referred to by them.
struct Setting {
  /// Nothing where the section `time` is wrong; then nothing is checked against it.
  std::optional<TimeGrid> time;
  const Geography* geography = nullptr;
  const Groups* groups = nullptr;
  /// Names of the streams, inflows, outflows, limits and transitions, which are read later; of births and
  /// deaths their own names, where there are any.
  Names streams{};
  Names transitions{};
  /// What transitions are counted as.
  OutcomeNames outcomes{};
  Names births{};
  Names deaths{};
  Names inflows{};
  Names outflows{};
  Names limits{};
  /// Of the section `people`; it notes which of them are looked up.
  NamedPeople* people = nullptr;
};

/// The factors of a scenario. Factor i is `names.all()[i]`; one with a mistake has its name and its places,
/// but no values.
struct FactorSet {
  std::vector<Factor> factors;
  Names names;
};

/// A factor, however it is given.
[[nodiscard]] KeyMap factor_definition_map();

/// The section `factors`.
[[nodiscard]] FactorSet read_factors(Reader& reader, const Node& section, const Setting& setting);

}  // namespace sojourn
