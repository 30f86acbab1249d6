#include "sim/engine/start_warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "sim/engine/schedule_warnings.hpp"
#include "sim/scenario/place_in_text.hpp"

namespace sojourn {

namespace {

/// Above it a rate is rather one for 1,000 persons.
constexpr double often = 1;
/// A person has at most one event in a step: beyond this hazard in it, more than one in 25 would have had
/// two.
constexpr double most_in_step = 0.3;
/// Groups with a smaller share of those concerned do not make a step too long.
constexpr double small_share = 0.001;

/// The largest mean hazard of a group that is not tiny, and the group.
std::pair<double, std::size_t> fastest_group(const StartRate& rate) {
  const double all = std::accumulate(rate.concerned.begin(), rate.concerned.end(), 0.0);
  std::pair<double, std::size_t> fastest{0, 0};
  for (std::size_t g = 0; g < rate.concerned.size(); ++g) {
    if (rate.concerned[g] <= small_share * all) continue;
    fastest = std::max(fastest, {rate.events[g] / rate.concerned[g], g});
  }
  return fastest;
}

}  // namespace

std::vector<Warning> warnings_of_start(const Scenario& scenario, const StartRates& rates) {
  std::vector<Warning> warnings = warnings_of_schedules(scenario, rates);
  if (rates.rates.empty()) return warnings;
  const PlaceFinder places(scenario);
  const double step = scenario.time.years(Step{0});
  for (const StartRate& rate : rates.rates) {
    const double mean = rate.for_each_concerned();
    if (mean > often && rate.kind != StartRate::Kind::giving_up) {
      warnings.push_back(
          {.id = "rate-above-one",
           .where = place_of(places, scenario, rate),
           .what = fmt::format("{}: {:.3g} a year at the start for each person concerned{}", rate.label(),
                               mean, of_factor(scenario, rate)),
           .may_mean = "a rate for 1,000 persons, or for a month, was taken as one for a person and a year"});
    }
    const auto [fastest, group] = fastest_group(rate);
    if (fastest * step <= most_in_step) continue;
    const std::string of_group =
        scenario.groups.count() > 1 ? " of " + scenario.groups.label(Group(group)) : "";
    warnings.push_back(
        {.id = "step-too-long",
         .where = place_of(places, scenario, rate),
         .what = fmt::format("{}: the mean hazard{} in a step of {} is {:.2g} ({:.3g} a year)", rate.label(),
                             of_group, to_string(scenario.time.step_length()), fastest * step, fastest),
         .may_mean = "steps are too long: a person has at most one event in each, and fewer happen than the "
                     "rate says"});
  }
  return warnings;
}

}  // namespace sojourn
