#pragma once

#include <string>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/stream.hpp"

namespace sojourn {

/// What terms refer to, and the parameters that they add to.
struct TermSetting {
  const Groups& groups;
  const FactorSet& factors;
  ParameterSet& parameters;
  /// What the terms' coefficients are called by policies, without the term's own name:
  /// `streams.labour.hazard.push`.
  std::string prefix;
  /// Whom the terms concern; null: everybody.
  const Who* who = nullptr;
};

/// A term of `push` and `factors`.
[[nodiscard]] KeyMap factor_term_map();
/// A term of `pull`, of whatever kind.
[[nodiscard]] KeyMap pull_term_map();
/// `{ratio_to: FACTOR}`.
[[nodiscard]] KeyMap measure_map();

/// The list `push` (or `factors`, by `key`) of a hazard.
[[nodiscard]] std::vector<FactorTerm> read_push(Reader& reader, const Node& list, const std::string& key,
                                                const TermSetting& setting);

/// The list `pull` of a destination choice.
[[nodiscard]] std::vector<PullTerm> read_pull(Reader& reader, const Node& list, const TermSetting& setting);

}  // namespace sojourn
