#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn::test {

/// Closes all streams of the scenario; to be narrowed.
inline Door closed_door(const Scenario& scenario) {
  Door door;
  door.streams.assign(scenario.streams.size(), true);
  return door;
}

inline std::vector<bool> only(std::size_t count, const std::vector<std::size_t>& flagged) {
  std::vector<bool> flags(count);
  for (const std::size_t i : flagged) flags[i] = true;
  return flags;
}

/// Closes all streams to the destination.
inline Door closed_destination(const Scenario& scenario, std::size_t destination) {
  Door door = closed_door(scenario);
  door.destinations = only(scenario.region_count(), {destination});
  return door;
}

/// Adds a policy of one door.
inline PolicyId add_door(Scenario& scenario, Door door, const std::string& from,
                         const std::optional<std::string>& until = std::nullopt) {
  Policy policy;
  policy.name = "door" + std::to_string(scenario.policies.size());
  policy.from = *parse_date(from);
  if (until) policy.until = *parse_date(*until);
  policy.doors = {std::move(door)};
  scenario.policies.push_back(std::move(policy));
  return PolicyId{scenario.policies.size() - 1};
}

/// The variant of all policies, in their order.
inline Variant all_policies(const Scenario& scenario) {
  Variant variant{"all", {}};
  for (std::size_t i = 0; i < scenario.policies.size(); ++i) variant.policies.emplace_back(i);
  return variant;
}

}  // namespace sojourn::test
