#include <algorithm>
#include <vector>

#include "sim/scenario/check.hpp"

namespace sojourn {

namespace {

/// Whether the schedule is 0 for all whose mean it shall be made 1 of.
bool is_zero_for_all(const Scenario& scenario, const HazardToCheck& one, const AgeTable& table) {
  const bool everybody = one.hazard->schedule_mean == ScheduleMean::everybody;
  const StartPopulation& start = scenario.population;
  const std::size_t groups = scenario.groups.count();
  const Who& who = *one.who;
  double persons = 0;
  double weighted = 0;
  const auto add = [&](std::size_t region, std::size_t group, bool foreign, std::size_t cohort,
                       double count) {
    const auto age = static_cast<double>(start.ages - 1 - cohort);
    const bool named = who.residences[region] && who.groups[group] &&
                       who.foreign_born.value_or(foreign) == foreign && age >= who.age_from &&
                       age < who.age_to;
    if (!named && !everybody) return;
    const auto above = std::upper_bound(table.from_age.begin(), table.from_age.end(), age);
    persons += count;
    weighted += count * table.value[static_cast<std::size_t>(above - table.from_age.begin()) - 1];
  };
  for (std::size_t i = 0; i < start.stayers.size(); ++i) {
    const std::size_t cell = i / start.ages;
    add(cell / groups, cell % groups, false, i % start.ages, start.stayers[i]);
  }
  for (const MoverRow& row : start.movers) {
    for (std::size_t c = row.cohort_from.index(); c < row.cohort_to.index(); ++c) {
      add(row.residence.index(), row.group.index(), row.birth != row.residence, c, row.persons);
    }
  }
  return persons > 0 && weighted <= 0;
}

}  // namespace

void check_schedules(const Scenario& scenario, const std::vector<HazardToCheck>& hazards,
                     Mistakes& mistakes) {
  for (const HazardToCheck& one : hazards) {
    const auto* table = std::get_if<AgeTable>(&one.hazard->schedule);
    if (table == nullptr || one.hazard->schedule_mean == ScheduleMean::as_given) continue;
    if (!is_zero_for_all(scenario, one, *table)) continue;
    mistakes.add(one.places->schedule, "the schedule is 0 at all ages of the people whose mean it shall have",
                 "a value above 0 for some of them, or 'over: as_given'");
  }
}

}  // namespace sojourn
