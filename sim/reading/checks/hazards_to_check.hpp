#pragma once

#include <string>
#include <vector>

#include "sim/model/named_hazard.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// One of the hazards of a scenario, or a number of persons that is read as one.
struct HazardToCheck : NamedHazard {
  /// How messages call its rate, and the unit of that.
  std::string what = "the rate of ";
  std::string unit = "per year";
};

/// All hazards, those of giving up in queues among them; they refer to the scenario.
[[nodiscard]] std::vector<HazardToCheck> hazards_to_check(const Scenario& scenario);

/// All numbers of persons: what comes by inflows, and the limits of offices.
[[nodiscard]] std::vector<HazardToCheck> persons_to_check(const Scenario& scenario);

/// All weights of outcomes.
[[nodiscard]] std::vector<HazardToCheck> weights_to_check(const Scenario& scenario);

/// What values a derived factor has is seen in the run alone.
[[nodiscard]] bool is_derived(const Scenario& scenario, FactorId factor);

/// Whether the term reads a derived factor.
[[nodiscard]] bool is_derived(const Scenario& scenario, const FactorTerm& term);

}  // namespace sojourn
