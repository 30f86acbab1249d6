#include "sim/engine/start_warnings.hpp"

#include <cstddef>
#include <utility>

#include "sim/engine/rate_faults.hpp"
#include "sim/engine/schedule_warnings.hpp"

namespace sojourn {

std::vector<Warning> warnings_of_start(const Scenario& scenario, const StartRates& rates) {
  std::vector<Warning> warnings = warnings_of_schedules(scenario, rates);
  const auto warn = [&](const Position& where, std::vector<RateFault> faults) {
    for (RateFault& fault : faults) {
      warnings.push_back({.id = std::move(fault.id),
                          .where = where,
                          .what = std::move(fault.what),
                          .may_mean = std::move(fault.may_mean)});
    }
  };
  for (const StartRate& rate : rates.rates) {
    warn(scenario.where(rate.rate), faults_of(scenario, rates, rate, Step{0}, ""));
  }
  for (std::size_t i = 0; i < rates.inflows.size(); ++i) {
    warn(scenario.where(scenario.inflows[i].number.rate), faults_of(rates, rates.inflows[i], ""));
  }
  return warnings;
}

}  // namespace sojourn
