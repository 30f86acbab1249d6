#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/model/schedule_lines.hpp"
#include "sim/model/schedule_mean.hpp"
#include "sim/reading/checks/check.hpp"
#include "sim/reading/checks/hazards_to_check.hpp"

namespace sojourn {

namespace {

/// A sum of shares of a hundred persons may be a little less than a hundred.
bool are_few(double persons) { return persons < fewest_persons - 1e-6; }

/// Whether an inflow brings people that `who` names, as far as it tells.
bool brings(const Inflow& inflow, const Who& who) {
  return std::any_of(inflow.groups.begin(), inflow.groups.end(), [&](const GroupShare& share) {
    return share.probability > 0 && who.groups[share.group.index()];
  });
}

/// What may stand in place of a mean over too few: the ages of those who enter, if some do.
std::string what_to_write(const Scenario& scenario, const HazardToCheck& one) {
  std::string ages = "{20-39: 1}";
  std::string whose = "the persons by age of whom the rate is told";
  for (const Inflow& inflow : scenario.inflows) {
    if (!brings(inflow, *one.who)) continue;
    ages = entry_ages(inflow);
    whose = "the ages of inflow " + in_quotes(inflow.name);
    break;
  }
  const bool model = std::holds_alternative<RogersCastro>(one.hazard->schedule);
  Hazard over_all = *one.hazard;
  over_all.schedule_mean = ScheduleMean::everybody;
  const double all = schedule_references(scenario, *one.who, over_all).front().persons;
  return fmt::format(
      "at least {:.0f} persons; or 'age: {{{}, over: {{values: {}}}}}' with {}{}; or 'over: as_given', "
      "if values are ratios as they stand",
      fewest_persons, model ? "rogers_castro: standard" : "...", ages, whose,
      are_few(all) ? "" : "; or 'over: everybody'");
}

/// Regions by which a mean is not told: of too few persons.
std::string regions_of_few(const Scenario& scenario, const Who& who,
                           const std::vector<ScheduleReference>& people) {
  std::vector<std::string> codes;
  for (std::size_t r = 0; r < people.size(); ++r) {
    if (who.residences[r] && are_few(people[r].persons))
      codes.push_back(fmt::format("{} in {}", persons_in_words(people[r].persons), scenario.regions[r].code));
  }
  return codes.empty() ? "" : in_words(codes, 4);
}

/// Those over whom the mean shall be 1, if they are too few.
std::string too_few(const Scenario& scenario, const HazardToCheck& one,
                    const std::vector<ScheduleReference>& people) {
  switch (one.hazard->schedule_mean) {
    case ScheduleMean::standard:
    case ScheduleMean::as_given:
      return "";
    case ScheduleMean::region: {
      const std::string regions = regions_of_few(scenario, *one.who, people);
      return regions.empty() ? "" : "those named at the start in each region: " + regions;
    }
    case ScheduleMean::everybody:
    case ScheduleMean::named:
      break;
  }
  if (!are_few(people.front().persons)) return "";
  const bool named = one.hazard->schedule_mean == ScheduleMean::named;
  return (named ? "those named at the start: " : "everybody at the start: ") +
         persons_in_words(people.front().persons);
}

/// Whether the schedule is 0 for all of some people whose mean shall be 1.
bool is_zero_for_all(const Who& who, const std::vector<ScheduleReference>& people) {
  for (std::size_t r = 0; r < people.size(); ++r) {
    if ((people.size() == 1 || who.residences[r]) && people[r].mean <= 0) return true;
  }
  return false;
}

void check_schedule(const Scenario& scenario, const HazardToCheck& one, Mistakes& mistakes) {
  const std::vector<ScheduleReference> people = schedule_references(scenario, *one.who, *one.hazard);
  const bool standard = one.hazard->schedule_mean == ScheduleMean::standard;
  const std::string few = too_few(scenario, one, people);
  if (!few.empty()) {
    mistakes.add(one.hazard->schedule_where,
                 fmt::format("the mean of the schedule of {} is made 1 over {}", one.of, few),
                 what_to_write(scenario, one));
  } else if (standard && people.front().persons <= 0) {
    mistakes.add(
        one.hazard->schedule_where,
        fmt::format("{}: the standard population of 'over' has nobody of the ages that 'who' names", one.of),
        "persons of these ages");
  } else if (is_zero_for_all(*one.who, people)) {
    mistakes.add(one.hazard->schedule_where,
                 "the schedule is 0 at all ages of the people whose mean it shall have",
                 "a value above 0 for some of them, or 'over: as_given'");
  }
}

}  // namespace

void check_schedules(const Scenario& scenario, Mistakes& mistakes) {
  for (const HazardToCheck& one : hazards_to_check(scenario)) {
    if (std::holds_alternative<FlatSchedule>(one.hazard->schedule)) continue;
    if (one.hazard->schedule_mean != ScheduleMean::as_given) check_schedule(scenario, one, mistakes);
  }
}

}  // namespace sojourn
