#include "sim/scenario/door_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "sim/base/text.hpp"

namespace sojourn {

namespace {

constexpr std::size_t most_named = 6;

/// The names of the flagged things; nothing if flags are of none or of all.
template <class Thing, class NameOf>
void add_named(std::string_view what, const std::vector<bool>& flags, const std::vector<Thing>& things,
               const NameOf& name_of, bool also_all, std::vector<std::string>& parts) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i]) names.push_back(name_of(things[i]));
  }
  if (names.empty() || (!also_all && names.size() == things.size())) return;
  parts.push_back(fmt::format("{} {}", what, in_words(names, most_named)));
}

/// By the values of attributes that anybody has in whose way it stands.
void add_people(const Groups& groups, const Door& door, std::vector<std::string>& parts) {
  if (door.groups.empty()) return;
  for (std::size_t a = 0; a < groups.attributes().size(); ++a) {
    const Attribute& attribute = groups.attributes()[a];
    std::vector<bool> has(attribute.values.size());
    for (std::size_t g = 0; g < groups.unqueued(); ++g) {
      if (door.groups[g]) has[groups.value(Group{g}, AttributeId{a})] = true;
    }
    add_named(
        "for " + attribute.name, has, attribute.values, [](const std::string& value) { return value; }, false,
        parts);
  }
}

}  // namespace

std::string door_text(const Scenario& scenario, const Door& door) {
  std::vector<std::string> parts;
  const auto by_name = [](const auto& thing) { return thing.name; };
  const auto by_code = [](const RegionInfo& region) { return region.code; };
  const bool all_streams = !door.streams.empty() &&
                           std::find(door.streams.begin(), door.streams.end(), false) == door.streams.end();
  if (all_streams) parts.emplace_back("all streams");
  add_named("streams", door.streams, scenario.streams, by_name, false, parts);
  add_named("inflow", door.inflows, scenario.inflows, by_name, true, parts);
  add_named("outflow", door.outflows, scenario.outflows, by_name, true, parts);
  add_named("from", door.origins, scenario.regions, by_code, false, parts);
  add_named("to", door.destinations, scenario.regions, by_code, false, parts);
  std::vector<std::string> corridors;
  corridors.reserve(door.corridors.size());
  for (const Corridor& corridor : door.corridors) {
    corridors.push_back(fmt::format("{} to {}", scenario.regions[corridor.origin.index()].code,
                                    scenario.regions[corridor.destination.index()].code));
  }
  if (!corridors.empty()) parts.push_back(in_words(corridors, most_named));
  add_people(scenario.groups, door, parts);
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::vector<std::string> door_lines(const Scenario& scenario) {
  std::vector<std::string> lines;
  lines.reserve(scenario.closed.size());
  for (const Door& door : scenario.closed) lines.push_back("closed: " + door_text(scenario, door));
  for (const Policy& policy : scenario.policies) {
    const std::string days = policy.until
                                 ? fmt::format("{} to {}", to_string(policy.from), to_string(*policy.until))
                                 : fmt::format("from {}", to_string(policy.from));
    for (const Door& door : policy.doors) {
      lines.push_back(fmt::format("{} {}, {}: {}", policy.name, door.closes ? "closes" : "opens", days,
                                  door_text(scenario, door)));
    }
  }
  return lines;
}

}  // namespace sojourn
