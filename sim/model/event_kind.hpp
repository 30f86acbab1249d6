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
  /// Of a transition, and of an outflow; null for what is not one. None of the three: death, or a birth.
  const Transition* transition = nullptr;
  const Outflow* outflow = nullptr;
};

/// All of a scenario: first its streams (event i is stream i), then its transitions, then its outflows, then
/// death, if there are deaths.
[[nodiscard]] inline std::vector<EventKind> event_kinds(const Scenario& scenario) {
  std::vector<EventKind> kinds;
  kinds.reserve(scenario.streams.size() + scenario.transitions.size() + scenario.outflows.size() + 1);
  for (const Stream& stream : scenario.streams) {
    kinds.push_back({&stream.who, &stream.hazard, &stream, nullptr, nullptr});
  }
  for (const Transition& transition : scenario.transitions) {
    kinds.push_back({&transition.who, &transition.hazard, nullptr, &transition, nullptr});
  }
  for (const Outflow& outflow : scenario.outflows) {
    kinds.push_back({&outflow.who, &outflow.hazard, nullptr, nullptr, &outflow});
  }
  if (const auto& deaths = scenario.demography.deaths) {
    kinds.push_back({&deaths->who, &deaths->hazard, nullptr, nullptr, nullptr});
  }
  return kinds;
}

}  // namespace sojourn
