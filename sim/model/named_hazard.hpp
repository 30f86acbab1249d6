#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// A hazard of a scenario, and how messages call what it is of. Refers to the scenario.
struct NamedHazard {
  /// `stream 'labour'`, `deaths`.
  std::string of;
  const Who* who = nullptr;
  const Hazard* hazard = nullptr;
};

/// All hazards in the order of streams, births, deaths, transitions, outflows and giving up in queues.
[[nodiscard]] std::vector<NamedHazard> named_hazards(const Scenario& scenario);

/// Those of them that have a schedule by age.
[[nodiscard]] std::vector<NamedHazard> scheduled_hazards(const Scenario& scenario);

}  // namespace sojourn
