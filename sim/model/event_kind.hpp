#pragma once

#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// One of the things that may happen to an agent, and compete for its event in a step.
struct EventKind {
  const Who* who = nullptr;
  const Hazard* hazard = nullptr;
  /// Of a move; null for what is not one.
  const Stream* stream = nullptr;
};

/// All of a scenario: first its streams (event i is stream i), then death, if there are deaths.
[[nodiscard]] inline std::vector<EventKind> event_kinds(const Scenario& scenario) {
  std::vector<EventKind> kinds;
  kinds.reserve(scenario.streams.size() + 1);
  for (const Stream& stream : scenario.streams) kinds.push_back({&stream.who, &stream.hazard, &stream});
  if (const auto& deaths = scenario.demography.deaths) kinds.push_back({&deaths->who, &deaths->hazard});
  return kinds;
}

}  // namespace sojourn
