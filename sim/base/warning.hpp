#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/base/error.hpp"

namespace sojourn {

/// What is allowed and improbable: told with its position, and kept with the result. A mistake is what is not
/// allowed.
struct Warning {
  /// A short name by which a scenario may accept it, such as `table-mostly-left-out`.
  std::string id;
  Position where;
  /// A sentence: "the rate is 12 per year".
  std::string what;
  /// Completes "this may mean that ...".
  std::string may_mean;
  /// Completes "if it is meant, ...", where there is more to do than to accept it: "write 'over: as_given'".
  std::string how_meant = {};
  /// Further places of the same warning: the first of them, and how many there are in all.
  std::vector<Position> also = {};
  std::size_t more = 0;
  /// Whether the scenario says that it is meant.
  bool accepted = false;

  friend bool operator==(const Warning&, const Warning&) = default;
};

/// `file:line:column: warning: what; this may mean that ...; if it is meant, ... [id]`
[[nodiscard]] std::string to_string(const Warning& warning);

/// As a mistake, for those who want no warnings.
[[nodiscard]] Mistake as_mistake(const Warning& warning);

/// Equal warnings of a file joined into the first of them; otherwise the order stays.
[[nodiscard]] std::vector<Warning> folded(const std::vector<Warning>& warnings);

/// Marks those whose id is among these.
void mark_accepted(std::vector<Warning>& warnings, const std::vector<std::string>& accepted_ids);

/// `no warnings`, `2 warnings, 1 of them accepted`.
[[nodiscard]] std::string count_text(const std::vector<Warning>& warnings);

}  // namespace sojourn
