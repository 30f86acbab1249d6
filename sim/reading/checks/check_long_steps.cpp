#include "sim/reading/checks/check.hpp"

#include <fmt/format.h>

#include <string>
#include <variant>

#include "sim/base/calendar.hpp"

namespace sojourn {

namespace {

bool differs_by_age(const Scenario& scenario, const Hazard& hazard) {
  if (hazard.rate_factor && scenario.factors[hazard.rate_factor->index()].by_age()) return true;
  return !std::holds_alternative<FlatSchedule>(hazard.schedule);
}

}  // namespace

void check_long_steps(const Scenario& scenario, Mistakes& mistakes) {
  const Duration step = scenario.time.step_length();
  const Date start = scenario.time.start();
  if (advance(start, step) <= advance(start, {1, Duration::Unit::years})) return;
  const auto tell = [&](const Position& where, const std::string& of) {
    mistakes.add(
        where,
        fmt::format("steps of {} are too long for {}: infants would live through them at the rates of "
                    "other ages",
                    to_string(step), of),
        "'step: 1 year' or a shorter one under 'time' ('output: {every: ...}' may stay as it is)");
  };
  if (scenario.demography.births) tell(scenario.demography.births->where, "births");
  const auto& deaths = scenario.demography.deaths;
  if (deaths && differs_by_age(scenario, deaths->hazard))
    tell(scenario.where(deaths->hazard.rate), "deaths by age");
}

}  // namespace sojourn
