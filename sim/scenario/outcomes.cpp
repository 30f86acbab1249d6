#include "sim/scenario/outcomes.hpp"

#include <algorithm>

namespace sojourn {

std::vector<CountedOutcome> counted_outcomes(const Scenario& scenario) {
  std::vector<CountedOutcome> all;
  for (std::size_t t = 0; t < scenario.transitions.size(); ++t) {
    const Transition& transition = scenario.transitions[t];
    for (const Outcome& outcome : transition.outcomes)
      all.push_back({outcome.name, TransitionId{t}, &outcome, false});
    if (transition.outcomes.empty()) all.push_back({transition.name, TransitionId{t}, nullptr, false});
    if (const auto& given_up = transition.given_up)
      all.push_back({given_up->name, TransitionId{t}, &*given_up, true});
  }
  return all;
}

std::vector<OutcomesOfOne> outcomes_by_transition(const Scenario& scenario) {
  std::vector<OutcomesOfOne> all;
  std::size_t next = 0;
  for (const Transition& transition : scenario.transitions) {
    OutcomesOfOne& of = all.emplace_back();
    of.first = next;
    next += std::max<std::size_t>(1, transition.outcomes.size());
    of.last = next;
    if (transition.given_up) of.given_up = OutcomeId{next++};
  }
  return all;
}

std::size_t outcome_count(const Scenario& scenario) {
  std::size_t count = 0;
  for (const Transition& transition : scenario.transitions) {
    count += std::max<std::size_t>(1, transition.outcomes.size()) + (transition.given_up ? 1 : 0);
  }
  return count;
}

bool has_outcomes(const Scenario& scenario) {
  return std::any_of(
      scenario.transitions.begin(), scenario.transitions.end(),
      [](const Transition& transition) { return !transition.outcomes.empty() || transition.given_up; });
}

std::vector<std::optional<OutflowId>> exits_of_outcomes(const Scenario& scenario) {
  const std::size_t ways = exit_count(scenario);
  if (ways == scenario.outflows.size()) return {};
  std::vector<std::optional<OutflowId>> exits;
  std::size_t next = scenario.outflows.size();
  for (const CountedOutcome& one : counted_outcomes(scenario)) {
    exits.emplace_back();
    if (one.outcome != nullptr && one.outcome->leaves) exits.back() = OutflowId{next++};
  }
  return exits;
}

std::size_t exit_count(const Scenario& scenario) {
  std::size_t count = scenario.outflows.size();
  for (const Transition& transition : scenario.transitions) {
    for (const Outcome& outcome : transition.outcomes) count += outcome.leaves ? 1 : 0;
    if (transition.given_up && transition.given_up->leaves) ++count;
  }
  return count;
}

}  // namespace sojourn
