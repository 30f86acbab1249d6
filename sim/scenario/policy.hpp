#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/error.hpp"
#include "sim/base/ids.hpp"
#include "sim/scenario/door.hpp"
#include "sim/scenario/texts.hpp"

namespace sojourn {

/// One timed change of one number. With r the share in force (0 before `from`, rising in a straight line over
/// `ramp`, then 1, and 0 again from `until`), a value x becomes
/// set: x + r (amount - x);  add: x + r amount;  scale: x (1 + r (amount - 1)).
struct Change {
  enum class Kind : std::uint8_t { set, add, scale };

  std::variant<FactorId, ParameterId> target;
  Kind kind = Kind::set;
  double amount = 0;
  std::optional<Duration> ramp{};
  /// One flag for each place of the target (see `place_count`; parameters have the places of their
  /// `over_pairs`: region or pair). Empty: everywhere.
  std::vector<bool> places{};
  /// One flag for each group, of a target that differs between groups. Empty: all.
  std::vector<bool> groups{};
  Position where{};
};

/// A set of changes in force from a date to a date. All bounds are dates; a policy without `until` stays.
struct Policy {
  std::string name;
  Date from;
  std::optional<Date> until;
  std::vector<Change> changes;
  /// What people call it, if the scenario says so.
  Texts label{};
  /// What it closes and opens while it is in force, one after the other.
  std::vector<Door> doors{};
};

/// A named list of policies; changes act in the order of the list.
struct Variant {
  std::string name;
  std::vector<PolicyId> policies;
  /// What people call it, if the scenario says so.
  Texts label{};
};

/// The mean over [from, to) of the share in force r of a change of this policy (see `Change`), in [0, 1].
/// Exact.
[[nodiscard]] double share_in_force(const Policy& policy, const Change& change, Date from, Date to);

/// x after a change of which the share r is in force. Returns x itself, bit for bit, where r is 0 or where
/// the change sets what is there, adds 0 or scales by 1.
[[nodiscard]] double changed(double x, const Change& change, double share);

}  // namespace sojourn
