#include "sim/engine/rate_faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"

namespace sojourn {

namespace {

/// Crude rates, of all people. The highest on record are 0.06 births, in lasting peace, and 0.2 to 0.4 deaths
/// in a year of famine or plague.
constexpr double most_births = 0.2;
constexpr double most_deaths = 0.5;
/// Above it a rate is rather one for 1,000 persons; and an inflow, for each person who is there.
constexpr double often = 1;
/// A person moves at most once in a step: beyond this hazard of moves in it, more than one in 25 would have
/// moved twice.
constexpr double most_in_step = 0.3;
/// Groups with a smaller share of those concerned do not make a step too long.
constexpr double small_share = 0.001;

double total_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

/// The largest mean hazard of a group that is not tiny, and the group.
std::pair<double, std::size_t> fastest_group(const StartRate& rate) {
  const double all = total_of(rate.concerned);
  std::pair<double, std::size_t> fastest{0, 0};
  for (std::size_t g = 0; g < rate.concerned.size(); ++g) {
    if (rate.concerned[g] <= small_share * all) continue;
    fastest = std::max(fastest, {rate.events[g] / rate.concerned[g], g});
  }
  return fastest;
}

std::string or_at_start(const std::string& when) { return when.empty() ? " at the start" : when; }

}  // namespace

std::optional<UnheardOf> unheard_of(const StartRates& rates, const StartRate& rate) {
  const bool births = rate.kind == StartRate::Kind::births;
  if (!births && rate.kind != StartRate::Kind::deaths) return std::nullopt;
  const double persons = rates.all_persons();
  const UnheardOf found{persons > 0 ? total_of(rate.events) / persons : 0,
                        births ? most_births : most_deaths};
  return found.mean > found.most ? std::optional(found) : std::nullopt;
}

std::vector<RateFault> faults_of(const Scenario& scenario, const StartRates& rates, const StartRate& rate,
                                 Step step, const std::string& when) {
  std::vector<RateFault> faults;
  const double mean = rate.for_each_concerned();
  if (const auto unheard = unheard_of(rates, rate)) {
    faults.push_back({"births-or-deaths-unheard-of",
                      fmt::format("{}: {:.3g} a year{} for each person{}", rate.label(), unheard->mean,
                                  or_at_start(when), of_factor(scenario, rate)),
                      fmt::format("a rate for 1,000 persons was taken as one for a person: no population has "
                                  "had more than {}",
                                  unheard->most)});
  } else if (mean > often && rate.kind != StartRate::Kind::giving_up) {
    faults.push_back({"rate-above-one",
                      fmt::format("{}: {:.3g} a year{} for each person concerned{}", rate.label(), mean,
                                  or_at_start(when), of_factor(scenario, rate)),
                      "a rate for 1,000 persons, or for a month, was taken as one for a person and a year"});
  }
  if (rate.kind != StartRate::Kind::stream) return faults;
  const auto [fastest, group] = fastest_group(rate);
  const double in_step = fastest * scenario.time.years(step);
  if (in_step <= most_in_step) return faults;
  const std::string of_group =
      scenario.groups.count() > 1 ? " of " + scenario.groups.label(Group(group)) : "";
  faults.push_back(
      {"step-too-long",
       fmt::format("{}: the mean hazard{} in a step of {} is {:.2g} ({:.3g} a year){}", rate.label(),
                   of_group, to_string(scenario.time.step_length()), in_step, fastest, when),
       "steps are too long: a person moves at most once in each, and fewer move than the rate says"});
  return faults;
}

std::vector<RateFault> faults_of(const StartRates& rates, const StartInflow& inflow,
                                 const std::string& when) {
  const double people = rates.all_persons();
  if (people <= 0 || inflow.persons <= often * people) return {};
  return {{"inflow-above-people",
           fmt::format(
               "inflow {}: {} persons a year{}, more than the {} who live in all regions at the start",
               in_quotes(inflow.name), with_commas(inflow.persons), or_at_start(when), with_commas(people)),
           "the number is of all regions, and is brought into each of them, or that persons were taken for "
           "thousands"}};
}

}  // namespace sojourn
