#include "sim/engine/start_checks.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "sim/engine/rate_faults.hpp"

namespace sojourn {

std::vector<Mistake> mistakes_of_start(const Scenario& scenario, const StartRates& rates) {
  std::vector<Mistake> mistakes;
  for (const StartRate& rate : rates.rates) {
    const auto found = unheard_of(rates, rate);
    if (!found) continue;
    mistakes.push_back(
        {scenario.where(rate.rate),
         fmt::format("there are {:.3g} {} a year for each person at the start{}", found->mean, rate.label(),
                     of_factor(scenario, rate)),
         fmt::format(
             "at most {}: rates for one person and year, so that 8.3 per 1,000 persons is 0.0083 per year{}",
             found->most, rate.factor ? " (divide the factor's values by 1,000)" : ""),
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
