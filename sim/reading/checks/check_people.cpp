#include "sim/reading/checks/check_people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

namespace sojourn {

namespace {

bool any(const std::vector<bool>& flags) {
  return std::any_of(flags.begin(), flags.end(), [](bool flag) { return flag; });
}

/// Calls function(group) for those that a change of group may lead to: where it naturalises, in any region.
template <class Change, class Function>
void for_each_after(const Scenario& scenario, const Change& change, Group before, const Function& function) {
  const Group after = change.becomes[before.index()];
  if (!change.naturalises || !scenario.groups.citizenships().differ()) {
    function(after);
    return;
  }
  for (std::size_t r = 0; r < scenario.region_count(); ++r) {
    function(scenario.groups.naturalised(after, Region{r}));
  }
}

/// The same of the groups in which children of those of a group may be born, in any region.
template <class Function>
void for_each_child(const Scenario& scenario, const Births& births, Group parent, const Function& function) {
  const Groups& groups = scenario.groups;
  const bool differ = groups.births().differ() || groups.citizenships().differ();
  for (const GroupShare& child : births.newborn[parent.index()]) {
    for (std::size_t r = 0; r < (differ ? scenario.region_count() : 1); ++r) {
      const Group there = groups.tied(child.group, {Region{r}, Region{r}});
      function(births.citizenship_is_inherited
                   ? groups.with(there, groups.citizenship(), groups.value(parent, groups.citizenship()))
                   : there);
    }
  }
}

}  // namespace

std::vector<bool> reachable_groups(const Scenario& scenario) {
  const StartPopulation& start = scenario.population;
  const std::size_t groups = scenario.groups.count();
  std::vector<bool> reached(groups, false);
  for (std::size_t i = 0; i < start.stayers.size(); ++i) {
    if (start.stayers[i] > 0) reached[i / start.ages % groups] = true;
  }
  for (const MoverRow& row : start.movers) reached[row.group.index()] = true;
  for (const Inflow& inflow : scenario.inflows) {
    for (const GroupShare& share : inflow.groups) reached[share.group.index()] = true;
  }
  bool more = true;
  const auto reach = [&](std::size_t from, const Who& who, Group next) {
    if (!reached[from] || !who.groups[from] || reached[next.index()]) return;
    reached[next.index()] = true;
    more = true;
  };
  while (more) {
    more = false;
    for (std::size_t g = 0; g < groups; ++g) {
      for (const Stream& stream : scenario.streams) {
        reach(g, stream.who, stream.becomes[g]);
        const Otherwise& otherwise = stream.otherwise;
        if (otherwise.kind == Otherwise::Kind::stream)
          reach(g, stream.who, scenario.streams[otherwise.stream.index()].becomes[g]);
      }
      for (const Transition& transition : scenario.transitions) {
        const auto reach_next = [&](Group next) { reach(g, transition.who, next); };
        for_each_after(scenario, transition, Group{g}, reach_next);
        for (const Outcome& outcome : transition.outcomes) {
          for_each_after(scenario, outcome, Group{g}, reach_next);
        }
        if (transition.given_up) for_each_after(scenario, *transition.given_up, Group{g}, reach_next);
      }
      if (!scenario.demography.births) continue;
      const Births& births = *scenario.demography.births;
      for_each_child(scenario, births, Group{g}, [&](Group next) { reach(g, births.who, next); });
    }
  }
  return reached;
}

bool are_movers(const Scenario& scenario) {
  if (!scenario.population.movers.empty() || !scenario.inflows.empty()) return true;
  return std::any_of(scenario.streams.begin(), scenario.streams.end(), [](const Stream& stream) {
    const ChoiceSet& set = stream.destination.choice_set;
    const bool of_movers =
        std::holds_alternative<BirthRegion>(set) || std::holds_alternative<PreviousRegion>(set);
    return !of_movers && !stream.who.foreign_born.value_or(false);
  });
}

void check_who(const Scenario& scenario, const std::string& of, const Who& who,
               const std::vector<bool>& reached, const Position& where, Mistakes& mistakes) {
  if (!any(who.groups) || !any(who.residences)) {
    mistakes.add(where, "'who' names nobody",
                 "at least one region, and one value of each attribute it names");
    return;
  }
  const double oldest_at_end =
      static_cast<double>(scenario.population.ages) + scenario.time.elapsed(scenario.time.steps());
  if (who.age_from >= oldest_at_end) {
    mistakes.add(where, fmt::format("nobody is ever as old as {} says ({:.0f} years)", of, who.age_from),
                 fmt::format("an age below {:.0f}: the oldest at the end of the run", oldest_at_end));
  }
  bool somebody = false;
  for (std::size_t g = 0; g < reached.size(); ++g) somebody = somebody || (reached[g] && who.groups[g]);
  if (somebody) return;
  mistakes.add(where, fmt::format("nobody is ever in the groups that {} names", of),
               "groups with people at the start, or that a stream, a transition or an inflow leads to");
}

void check_movers(const Scenario& scenario, const std::string& of, const Who& who, const Position& where,
                  Mistakes& mistakes) {
  const bool of_movers = who.foreign_born.value_or(false) || who.foreign_citizen.value_or(false);
  if (!of_movers || are_movers(scenario)) return;
  mistakes.add(where, fmt::format("{} is of people who have moved before, and nobody ever has", of),
               "'movers' in 'population', or a stream that people start with");
}

}  // namespace sojourn
