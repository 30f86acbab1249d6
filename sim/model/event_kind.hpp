#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// One of the things that may happen to an agent, and compete for its event in a step.
struct EventKind {
  const Who* who = nullptr;
  const Hazard* hazard = nullptr;
  /// Of a move; null for what is not one.
  const Stream* stream = nullptr;
  /// Of a transition; null for what is not one. Neither: death, or a birth.
  const Transition* transition = nullptr;
};

/// All of a scenario: first its streams (event i is stream i), then its transitions, then death, if there are
/// deaths.
[[nodiscard]] inline std::vector<EventKind> event_kinds(const Scenario& scenario) {
  std::vector<EventKind> kinds;
  kinds.reserve(scenario.streams.size() + scenario.transitions.size() + 1);
  for (const Stream& stream : scenario.streams) {
    kinds.push_back({&stream.who, &stream.hazard, &stream, nullptr});
  }
  for (const Transition& transition : scenario.transitions) {
    kinds.push_back({&transition.who, &transition.hazard, nullptr, &transition});
  }
  if (const auto& deaths = scenario.demography.deaths) {
    kinds.push_back({&deaths->who, &deaths->hazard, nullptr, nullptr});
  }
  return kinds;
}

}  // namespace sojourn
