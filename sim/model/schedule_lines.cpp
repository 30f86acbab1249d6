#include "sim/model/schedule_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <limits>

#include "sim/base/text.hpp"
#include "sim/model/named_hazard.hpp"
#include "sim/model/schedule_mean.hpp"

namespace sojourn {

namespace {

/// Of the years of age that `who` names, the least and the largest value of a schedule.
std::string ratios(const Who& who, const Hazard& hazard, double divisor) {
  constexpr int oldest_shown = 100;
  double least = std::numeric_limits<double>::infinity();
  double largest = 0;
  for (int year = 0; year < oldest_shown; ++year) {
    const double age = year + 0.5;
    if (age < who.age_from || age >= who.age_to) continue;
    const double value = schedule_mean(hazard.schedule, age) / divisor;
    least = std::min(least, value);
    largest = std::max(largest, value);
  }
  return largest >= least ? fmt::format("ratios from {:.3g} to {:.3g}", least, largest) : "no ratios";
}

std::string of_people(const ScheduleReference& people) {
  return fmt::format("{} of mean age {:.1f}", persons_in_words(people.persons), people.mean_age);
}

std::string by_region(const Scenario& scenario, const Who& who, const Hazard& hazard) {
  const std::vector<ScheduleReference> all = schedule_references(scenario, who, hazard);
  std::size_t regions = 0;
  std::size_t fewest = all.size();
  std::size_t least = all.size();
  std::size_t largest = all.size();
  for (std::size_t r = 0; r < all.size(); ++r) {
    if (!who.residences[r]) continue;
    ++regions;
    if (fewest == all.size() || all[r].persons < all[fewest].persons) fewest = r;
    if (least == all.size() || all[r].mean < all[least].mean) least = r;
    if (largest == all.size() || all[r].mean > all[largest].mean) largest = r;
  }
  if (regions == 0) return "over nobody";
  const auto code = [&](std::size_t r) { return scenario.regions[r].code; };
  return fmt::format(
      "over each region by itself, {} of at least {} ({}): divided by {:.4g} ({}) to {:.4g} ({})",
      counted(regions, "region"), persons_in_words(all[fewest].persons), code(fewest), all[least].mean,
      code(least), all[largest].mean, code(largest));
}

std::string over_whom(const Scenario& scenario, const Who& who, const Hazard& hazard) {
  if (hazard.schedule_mean == ScheduleMean::region) return by_region(scenario, who, hazard);
  const ScheduleReference people = schedule_references(scenario, who, hazard).front();
  const double divisor = schedule_divisors(scenario, who, hazard).front();
  switch (hazard.schedule_mean) {
    case ScheduleMean::as_given:
      return fmt::format("as given, {}; mean {:.4g} over the {} named at the start", ratios(who, hazard, 1),
                         people.mean, of_people(people));
    case ScheduleMean::everybody:
      return fmt::format("over everybody at the start, {}: divided by {:.4g}, {}", of_people(people), divisor,
                         ratios(who, hazard, divisor));
    case ScheduleMean::standard:
      return fmt::format("over a standard population of mean age {:.1f}: divided by {:.4g}, {}",
                         people.mean_age, divisor, ratios(who, hazard, divisor));
    case ScheduleMean::named:
    case ScheduleMean::region:
      break;
  }
  return fmt::format("over those named at the start, {}: divided by {:.4g}, {}", of_people(people), divisor,
                     ratios(who, hazard, divisor));
}

}  // namespace

std::string persons_in_words(double persons) {
  if (persons <= 0) return "nobody";
  if (persons == 1) return "1 person";
  return persons < fewest_persons ? fmt::format("{:.4g} persons", persons)
                                  : fmt::format("{:.0f} persons", persons);
}

std::string entry_ages(const Inflow& inflow) {
  std::string ages;
  for (const AgeShare& share : inflow.ages) {
    // A number alone would reach to the next one.
    ages += fmt::format("{}{:.0f}-{:.0f}: {:g}", ages.empty() ? "" : ", ", share.from, share.to - 1,
                        share.weight);
  }
  return "{" + ages + "}";
}

std::vector<std::string> schedule_lines(const Scenario& scenario) {
  std::vector<std::string> lines;
  for (const NamedHazard& one : scheduled_hazards(scenario))
    lines.push_back(one.of + ": " + over_whom(scenario, *one.who, *one.hazard));
  return lines;
}

}  // namespace sojourn
