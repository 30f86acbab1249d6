#include "sim/model/event_kind.hpp"

namespace sojourn {

namespace {

const Who& who_of(const GivingUp& giving_up) { return giving_up.queue.get().who; }
const Hazard& hazard_of(const GivingUp& giving_up) { return giving_up.queue.get().giving_up; }

template <class Thing>
const Who& who_of(const Thing& thing) {
  return thing.who;
}
template <class Thing>
const Hazard& hazard_of(const Thing& thing) {
  return thing.hazard;
}

}  // namespace

const Who& EventKind::who() const {
  return visit([](const auto& thing) -> const Who& { return who_of(thing); });
}

const Hazard& EventKind::hazard() const {
  return visit([](const auto& thing) -> const Hazard& { return hazard_of(thing); });
}

const Stream* EventKind::stream() const {
  const auto* const found = std::get_if<std::reference_wrapper<const Stream>>(&of);
  return found != nullptr ? &found->get() : nullptr;
}

std::vector<EventKind> event_kinds(const Scenario& scenario) {
  std::vector<EventKind> kinds;
  kinds.reserve(scenario.streams.size() + scenario.transitions.size() + scenario.queues.size() +
                scenario.outflows.size() + 1);
  for (const Stream& stream : scenario.streams) kinds.push_back({std::cref(stream)});
  for (const Transition& transition : scenario.transitions) kinds.push_back({std::cref(transition)});
  for (const Queue& queue : scenario.queues) kinds.push_back({GivingUp{queue}});
  for (const Outflow& outflow : scenario.outflows) kinds.push_back({std::cref(outflow)});
  if (const auto& deaths = scenario.demography.deaths) kinds.push_back({std::cref(*deaths)});
  return kinds;
}

std::vector<GroupChange> group_changes(const Scenario& scenario) {
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

}  // namespace sojourn
