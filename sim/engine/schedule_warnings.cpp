#include "sim/engine/schedule_warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/model/named_hazard.hpp"
#include "sim/model/schedule_lines.hpp"
#include "sim/model/schedule_mean.hpp"

namespace sojourn {

namespace {

/// The mean of others is another one if the ratio of the two is beyond this, either way.
constexpr double most_ratio = 2;

/// People of one hazard whom inflows bring in a year.
struct Entrants {
  double persons = 0;
  /// Sums over them, of their ages in years and of the values of the schedule.
  double ages = 0;
  double values = 0;
  /// The inflow that brings most of them, and how many.
  const Inflow* inflow = nullptr;
  double most = 0;
};

/// Persons a year, of any age, that the hazard concerns where they enter.
double persons_named(const Inflow& inflow, const StartInflow& rate, const Who& who) {
  double persons = 0;
  for (std::size_t r = 0; r < rate.by_region.size(); ++r) {
    const bool foreign_born = !inflow.birth || inflow.birth->index() != r;
    if (who.residences[r] && who.foreign_born.value_or(foreign_born) == foreign_born)
      persons += rate.by_region[r];
  }
  double of_groups = 0;
  for (const GroupShare& share : inflow.groups) {
    if (who.groups[share.group.index()]) of_groups += share.probability;
  }
  return persons * of_groups;
}

void add(Entrants& entrants, const Inflow& inflow, double persons, const NamedHazard& one) {
  double weights = 0;
  for (const AgeShare& share : inflow.ages) weights += share.weight;
  double brought = 0;
  for (const AgeShare& share : inflow.ages) {
    const double from = std::max(share.from, one.who->age_from);
    const double to = std::min(share.to, one.who->age_to);
    if (to <= from || share.weight <= 0) continue;
    const double of_a_year = persons * share.weight / weights / (share.to - share.from);
    brought += of_a_year * (to - from);
    entrants.ages += of_a_year * (to - from) * 0.5 * (from + to);
    entrants.values += of_a_year * exposed_schedule(*one.who, one.hazard->schedule, from, to);
  }
  entrants.persons += brought;
  if (brought > entrants.most) {
    entrants.most = brought;
    entrants.inflow = &inflow;
  }
}

Entrants entrants_of(const Scenario& scenario, const StartRates& rates, const NamedHazard& one) {
  Entrants entrants;
  for (std::size_t i = 0; i < rates.inflows.size(); ++i) {
    const Inflow& inflow = scenario.inflows[i];
    add(entrants, inflow, persons_named(inflow, rates.inflows[i], *one.who), one);
  }
  return entrants;
}

Warning warning_of(const NamedHazard& one, const ScheduleReference& people, const Entrants& entrants,
                   double years, Position where) {
  const double mean = entrants.values / entrants.persons;
  const std::string inflow = in_quotes(entrants.inflow->name);
  const bool others = entrants.persons > entrants.most;
  return {.id = "mean-of-others",
          .where = std::move(where),
          .what = fmt::format(
              "the schedule of {} is divided by {:.3g}, its mean over those named at the start ({} of mean "
              "age {:.1f}); over those whom {} {}, {:.0f} persons in the run, of mean age {:.1f}, "
              "its mean is {:.3g}, so that for them the rate is {:.2g} times the one told",
              one.of, people.mean, persons_in_words(people.persons), people.mean_age,
              (others ? "inflows such as " : "inflow ") + inflow, others ? "bring" : "brings",
              entrants.persons * years, entrants.ages / entrants.persons, mean, mean / people.mean),
          .may_mean = fmt::format(
              "the rate was meant as that of those who enter: write 'over: {{values: {}}}' with the ages of "
              "inflow {}, 'over: {{table: ...}}', 'over: everybody', or 'over: as_given' if values are "
              "ratios as they stand",
              entry_ages(*entrants.inflow), inflow)};
}

}  // namespace

std::vector<Warning> warnings_of_schedules(const Scenario& scenario, const StartRates& rates) {
  std::vector<Warning> warnings;
  if (rates.inflows.empty()) return warnings;
  const double years = scenario.time.elapsed(scenario.time.steps());
  for (const NamedHazard& one : scheduled_hazards(scenario)) {
    if (one.hazard->schedule_mean != ScheduleMean::named) continue;
    const Entrants entrants = entrants_of(scenario, rates, one);
    if (entrants.persons <= 0) continue;
    const ScheduleReference people = schedule_references(scenario, *one.who, *one.hazard).front();
    if (entrants.persons * years <= people.persons || people.mean <= 0) continue;
    const double ratio = entrants.values / entrants.persons / people.mean;
    if (ratio <= most_ratio && ratio >= 1 / most_ratio) continue;
    warnings.push_back(warning_of(one, people, entrants, years, one.hazard->schedule_where));
  }
  return warnings;
}

}  // namespace sojourn
