#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What transitions are counted as: each as itself or, if it has outcomes, as each of these; and, if giving
/// up changes people, as that. Refers to the scenario.
struct CountedOutcome {
  /// `register`, `decide/recognised`, `decide/given_up`.
  std::string name;
  TransitionId transition;
  /// Null: the transition itself.
  const Outcome* outcome = nullptr;
  bool gives_up = false;
};

/// All of a scenario, in the order of its transitions; an `OutcomeId` is a place in this list.
[[nodiscard]] std::vector<CountedOutcome> counted_outcomes(const Scenario& scenario);

/// Which of `counted_outcomes` are those of a transition: [first, last), and giving up.
struct OutcomesOfOne {
  std::size_t first = 0;
  std::size_t last = 0;
  std::optional<OutcomeId> given_up{};
};

/// By transition.
[[nodiscard]] std::vector<OutcomesOfOne> outcomes_by_transition(const Scenario& scenario);
/// How many `counted_outcomes` there are.
[[nodiscard]] std::size_t outcome_count(const Scenario& scenario);

/// Whether any transition has outcomes, or giving up changes people.
[[nodiscard]] bool has_outcomes(const Scenario& scenario);

/// By outcome: the way out, if agents leave by it. Empty if they do by none.
[[nodiscard]] std::vector<std::optional<OutflowId>> exits_of_outcomes(const Scenario& scenario);
/// How many ways out there are: outflows, and outcomes by which agents leave.
[[nodiscard]] std::size_t exit_count(const Scenario& scenario);

}  // namespace sojourn
