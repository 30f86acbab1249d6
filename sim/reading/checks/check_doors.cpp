#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/checks/check.hpp"
#include "sim/scenario/corridors.hpp"

namespace sojourn {

namespace {

bool any_in_common(const std::vector<bool>& some, const std::vector<bool>& others) {
  for (std::size_t i = 0; i < some.size(); ++i) {
    if (some[i] && (others.empty() || others[i])) return true;
  }
  return false;
}

/// Whether anybody of the stream could ever go a way of the door.
bool concerns(const Scenario& scenario, const Stream& stream, const Door& door) {
  std::size_t group = 0;
  while (group < stream.who.groups.size() && !(stream.who.groups[group] && door.is_for(Group{group})))
    ++group;
  if (group == stream.who.groups.size()) return false;
  const Corridors corridors(scenario, stream);
  for (std::size_t o = 0; o < scenario.region_count(); ++o) {
    if (!corridors.origins()[o] || !door.is_at_origin(Region{o})) continue;
    for (std::size_t d = 0; d < scenario.region_count(); ++d) {
      if (corridors.has(o, d) && door.stands(Region{o}, Region{d}, Group{group})) return true;
    }
  }
  return false;
}

bool concerns_anybody(const Scenario& scenario, const Door& door) {
  for (std::size_t i = 0; i < door.streams.size(); ++i) {
    if (door.streams[i] && concerns(scenario, scenario.streams[i], door)) return true;
  }
  for (std::size_t i = 0; i < door.inflows.size(); ++i) {
    if (door.inflows[i] && any_in_common(scenario.inflows[i].into.residences, door.destinations)) return true;
  }
  for (std::size_t i = 0; i < door.outflows.size(); ++i) {
    const Who& who = scenario.outflows[i].who;
    if (door.outflows[i] && any_in_common(who.residences, door.origins) &&
        any_in_common(who.groups, door.groups))
      return true;
  }
  return false;
}

void check_ways(const Scenario& scenario, const Door& door, Mistakes& mistakes) {
  if (concerns_anybody(scenario, door)) return;
  mistakes.add(door.where,
               fmt::format("nobody could ever go what is {} here", door.closes ? "closed" : "opened"),
               "ways of a stream, inflow or outflow, and people whom it is about");
}

/// Whether a variant, or the scenario, closes anything of what a policy of it opens.
bool is_ever_closed(const Scenario& scenario, const Variant& variant, PolicyId by, const Door& opened) {
  const auto closes = [&](const Door& door) { return door.closes && meet(door, opened); };
  if (std::any_of(scenario.closed.begin(), scenario.closed.end(), closes)) return true;
  for (const PolicyId id : variant.policies) {
    const std::vector<Door>& doors = scenario.policies[id.index()].doors;
    if (std::any_of(doors.begin(), doors.end(), closes)) return true;
    if (id == by) return false;
  }
  return false;
}

void check_opened(const Scenario& scenario, PolicyId id, const Door& door, Mistakes& mistakes) {
  bool in_any = false;
  for (const Variant& variant : scenario.variants) {
    if (std::find(variant.policies.begin(), variant.policies.end(), id) == variant.policies.end()) continue;
    if (is_ever_closed(scenario, variant, id, door)) return;
    in_any = true;
  }
  if (!in_any) return;
  mistakes.warn({.id = "open-anyway",
                 .where = door.where,
                 .what = fmt::format("nothing that policy {} opens here is closed before it, in any variant",
                                     in_quotes(scenario.policies[id.index()].name)),
                 .may_mean = "the ways are others, or the policy that closes them stands after this one",
                 .how_meant = "leave it out"});
}

}  // namespace

void check_doors(const Scenario& scenario, Mistakes& mistakes) {
  for (const Door& door : scenario.closed) check_ways(scenario, door, mistakes);
  for (std::size_t p = 0; p < scenario.policies.size(); ++p) {
    for (const Door& door : scenario.policies[p].doors) {
      check_ways(scenario, door, mistakes);
      if (!door.closes) check_opened(scenario, PolicyId{p}, door, mistakes);
    }
  }
}

}  // namespace sojourn
