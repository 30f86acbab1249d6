#include "sim/engine/start_checks.hpp"

#include <fmt/format.h>

#include <numeric>
#include <string>
#include <utility>

namespace sojourn {

namespace {

/// Crude rates, of all people. The highest on record are 0.06 births, in lasting peace, and 0.2 to 0.4 deaths
/// in a year of famine or plague.
constexpr double most_births = 0.2;
constexpr double most_deaths = 0.5;

double for_each_person(const StartRates& rates, const StartRate& rate) {
  const double persons = rates.all_persons();
  return persons > 0 ? std::accumulate(rate.events.begin(), rate.events.end(), 0.0) / persons : 0;
}

}  // namespace

std::vector<Mistake> mistakes_of_start(const Scenario& scenario, const StartRates& rates) {
  std::vector<Mistake> mistakes;
  for (const StartRate& rate : rates.rates) {
    const bool births = rate.kind == StartRate::Kind::births;
    if (!births && rate.kind != StartRate::Kind::deaths) continue;
    const double mean = for_each_person(rates, rate);
    const double most = births ? most_births : most_deaths;
    if (mean <= most) continue;
    mistakes.push_back(
        {place_of(scenario, rate),
         fmt::format("there are {:.3g} {} a year for each person at the start{}", mean, rate.label(),
                     of_factor(scenario, rate)),
         fmt::format(
             "at most {}: rates for one person and year, so that 8.3 per 1,000 persons is 0.0083 per year{}",
             most, rate.factor ? " (divide the factor's values by 1,000)" : ""),
         ""});
  }
  return mistakes;
}

StartRates check_start(const Scenario& scenario, const StartSketch& sketch) {
  if (!sketch.has_derived_factors()) return {};
  StartRates rates = start_rates(sketch);
  std::vector<Mistake> mistakes = mistakes_of_start(scenario, rates);
  if (!mistakes.empty()) throw InputError(std::move(mistakes));
  return rates;
}

}  // namespace sojourn
