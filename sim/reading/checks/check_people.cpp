#include "sim/reading/checks/check_people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

namespace sojourn {

namespace {

bool any(const std::vector<bool>& flags) {
  return std::any_of(flags.begin(), flags.end(), [](bool flag) { return flag; });
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
        reach(g, transition.who, transition.becomes[g]);
        for (const Outcome& outcome : transition.outcomes) reach(g, transition.who, outcome.becomes[g]);
        if (transition.given_up) reach(g, transition.who, transition.given_up->becomes[g]);
      }
      if (!scenario.demography.births) continue;
      const Births& births = *scenario.demography.births;
      for (const GroupShare& child : births.newborn[g]) reach(g, births.who, child.group);
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
  if (!who.foreign_born.value_or(false) || are_movers(scenario)) return;
  mistakes.add(where, fmt::format("{} is of people who have moved before, and nobody ever has", of),
               "'movers' in 'population', or a stream that people start with");
}

}  // namespace sojourn
