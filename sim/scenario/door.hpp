#pragma once

#include <compare>
#include <cstddef>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/ids.hpp"

namespace sojourn {

/// One way from a region to another.
struct Corridor {
  Region origin;
  Region destination;

  friend auto operator<=>(const Corridor&, const Corridor&) = default;
};

/// Ways that are closed or opened: those of the named streams, inflows and outflows from the origins to the
/// destinations (of an outflow only the origins count, of an inflow only the destinations), for the people of
/// the groups.
struct Door {
  bool closes = true;
  /// One flag for each stream, inflow and outflow.
  std::vector<bool> streams{};
  std::vector<bool> inflows{};
  std::vector<bool> outflows{};
  /// One flag for each region. Empty: all.
  std::vector<bool> origins{};
  std::vector<bool> destinations{};
  /// Of streams only these, ascending. Empty: all.
  std::vector<Corridor> corridors{};
  /// One flag for each group. Empty: all.
  std::vector<bool> groups{};
  Position where{};

  [[nodiscard]] bool is_at_origin(Region origin) const { return origins.empty() || origins[origin.index()]; }
  [[nodiscard]] bool is_at_destination(Region destination) const {
    return destinations.empty() || destinations[destination.index()];
  }
  [[nodiscard]] bool is_for(Group group) const { return groups.empty() || groups[group.index()]; }
  /// Whether it stands in the way of those of a group from a region to another.
  [[nodiscard]] bool stands(Region origin, Region destination, Group group) const;
  /// Whether it stands differently between destinations.
  [[nodiscard]] bool is_narrowed_by_destination() const {
    return !destinations.empty() || !corridors.empty();
  }
};

/// Whether one door stands wherever the other does, in each way that the other is of.
[[nodiscard]] bool covers(const Door& wide, const Door& narrow);
/// Whether there may be somebody in whose way both stand. Corridors are compared with each other alone.
[[nodiscard]] bool meet(const Door& one, const Door& other);
/// Whether two doors do the same, wherever they are written.
[[nodiscard]] inline bool are_alike(const Door& one, const Door& other) {
  return one.closes == other.closes && covers(one, other) && covers(other, one);
}

}  // namespace sojourn
