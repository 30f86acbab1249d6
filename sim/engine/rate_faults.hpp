#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/engine/start_rates.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// More births or deaths a year for each person than any population on earth has had.
struct UnheardOf {
  double mean = 0;
  double most = 0;
};

/// Nothing where a rate is of something else, or is one that people have.
[[nodiscard]] std::optional<UnheardOf> unheard_of(const StartRates& rates, const StartRate& rate);

/// What is improbable in how often something happens: what a `Warning` says of it.
struct RateFault {
  std::string id;
  std::string what;
  std::string may_mean;
};

/// Faults of a rate in a step; `when` is "" at the start, or says when and why: ` in the step from ...`.
[[nodiscard]] std::vector<RateFault> faults_of(const Scenario& scenario, const StartRates& rates,
                                               const StartRate& rate, Step step, const std::string& when);

/// Likewise of an inflow: more persons in a year than there are.
[[nodiscard]] std::vector<RateFault> faults_of(const StartRates& rates, const StartInflow& inflow,
                                               const std::string& when);

}  // namespace sojourn
