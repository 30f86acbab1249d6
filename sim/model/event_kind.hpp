#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// One of the things that may happen to an agent, and compete for its event in a step.
struct EventKind {
  const Who* who = nullptr;
  const Hazard* hazard = nullptr;
  /// The stream whose move it is; null for what is no move.
  const Stream* stream = nullptr;
  /// The transition it is, or the outflow; null for what is not one.
  const Transition* transition = nullptr;
  const Outflow* outflow = nullptr;
  /// The queue in which one waits and gives up; null for what is no giving up. Where all four are null, the
  /// event is death, or a birth.
  const Queue* queue = nullptr;
};

/// All of a scenario: first its streams (event i is stream i), then its transitions, then giving up in each
/// of its queues, then its outflows, then death, if there are deaths.
[[nodiscard]] inline std::vector<EventKind> event_kinds(const Scenario& scenario) {
  std::vector<EventKind> kinds;
  kinds.reserve(scenario.streams.size() + scenario.transitions.size() + scenario.queues.size() +
                scenario.outflows.size() + 1);
  for (const Stream& stream : scenario.streams) {
    kinds.push_back({&stream.who, &stream.hazard, &stream, nullptr, nullptr});
  }
  for (const Transition& transition : scenario.transitions) {
    kinds.push_back({&transition.who, &transition.hazard, nullptr, &transition, nullptr});
  }
  for (const Queue& queue : scenario.queues) {
    kinds.push_back({&queue.who, &queue.giving_up, nullptr, nullptr, nullptr, &queue});
  }
  for (const Outflow& outflow : scenario.outflows) {
    kinds.push_back({&outflow.who, &outflow.hazard, nullptr, nullptr, &outflow});
  }
  if (const auto& deaths = scenario.demography.deaths) {
    kinds.push_back({&deaths->who, &deaths->hazard, nullptr, nullptr, nullptr});
  }
  return kinds;
}

/// An event that changes an agent's group where it lives.
struct GroupChange {
  /// The group of each group afterwards.
  std::vector<Group> becomes;
  /// What is counted as such: a transition that is made at once; a request that joins a queue; giving up.
  std::optional<TransitionId> transition;
  std::optional<QueueId> joins;
  std::optional<QueueId> gives_up;
  /// Whether it makes them citizens of their residence.
  bool naturalises = false;
};

/// All of a scenario, in the order in which `event_kinds` has them: transitions, then giving up.
[[nodiscard]] inline std::vector<GroupChange> group_changes(const Scenario& scenario) {
  std::vector<GroupChange> changes;
  changes.reserve(scenario.transitions.size() + scenario.queues.size());
  for (std::size_t t = 0; t < scenario.transitions.size(); ++t) {
    const Transition& transition = scenario.transitions[t];
    GroupChange& change = changes.emplace_back();
    change.becomes = transition.becomes;
    change.joins = transition.queue;
    if (!transition.queue) change.transition = TransitionId{t};
    change.naturalises = transition.naturalises && !transition.queue;
  }
  for (std::size_t q = 0; q < scenario.queues.size(); ++q) {
    GroupChange& change = changes.emplace_back();
    change.gives_up = QueueId{q};
    for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
      change.becomes.push_back(scenario.groups.left(Group{g}, QueueId{q}));
    }
  }
  return changes;
}

/// Where kinds of events begin in the list of `event_kinds`.
class EventOrder {
 public:
  explicit EventOrder(const Scenario& scenario)
      : changes_(scenario.streams.size()),
        outflows_(changes_ + scenario.transitions.size() + scenario.queues.size()) {}

  /// The first that is no stream: from there on up to `outflows` they are those of `group_changes`.
  [[nodiscard]] std::size_t changes() const { return changes_; }
  [[nodiscard]] bool is_change(std::size_t event) const { return event >= changes_ && event < outflows_; }
  /// The first outflow; without outflows, death.
  [[nodiscard]] std::size_t outflows() const { return outflows_; }

 private:
  std::size_t changes_;
  std::size_t outflows_;
};

}  // namespace sojourn
