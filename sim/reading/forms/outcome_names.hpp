#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/input/names.hpp"
#include "sim/input/yaml_tree.hpp"

namespace sojourn {

/// What the transitions of a document will be counted as, as far as it can be read: `counted_outcomes` of the
/// scenario, by name alone.
struct OutcomeNames {
  /// In their order; two may have one name, which is a mistake.
  std::vector<std::string> counted{};
  /// By these: the number of the transition, and whether it is giving up.
  std::vector<std::size_t> transition{};
  std::vector<bool> gives_up{};
  /// Those by which agents leave all regions.
  std::vector<std::string> ways_out{};
};

/// `transitions`: that section; null if there is none.
[[nodiscard]] OutcomeNames names_of_outcomes(const Node* transitions);

/// What an outcome of a transition is called: `decide/recognised`.
[[nodiscard]] std::string name_of_outcome(const std::string& transition, const std::string& outcome);

/// The key of what becomes of those who give up, which ends the name of that as well.
inline constexpr const char* given_up_key = "given_up";

}  // namespace sojourn
