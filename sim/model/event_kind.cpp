#include "sim/model/event_kind.hpp"

#include <utility>

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

std::optional<EventId> event_at(std::span<const double> rates, double mark) {
  for (std::size_t e = 0; e < rates.size(); ++e) {
    if (mark < rates[e]) return EventId{e};
    mark -= rates[e];
  }
  return std::nullopt;
}

EventId certain_event(std::span<const double> rates, double mark) {
  if (const auto event = event_at(rates, mark)) return *event;
  std::size_t last = rates.size() - 1;
  while (last > 0 && rates[last] == 0) --last;
  return EventId{last};
}

Group group_after(const GroupChange& change, Group before, const ChangePlace& place) {
  const Group after = change.becomes[before.index()];
  return change.naturalises ? place.groups.naturalised(after, place.residence) : after;
}

Ticket ticket_after(const GroupChange& change, Ticket before, Group after, const ChangePlace& place) {
  const Ticket ticket = change.joins ? before.joined(*change.joins, place.step) : before;
  return ticket.kept(place.groups, after);
}

KeyedRecord record_after(const GroupChange& change, KeyedRecord before, Group after,
                         const RecordLayout& layout, const ChangePlace& place) {
  KeyedRecord record = before;
  if (layout.needs().queues > 0) {
    record.word =
        layout.with_ticket(record.word, ticket_after(change, layout.ticket(record.word), after, place));
  }
  if (change.naturalises) record = layout.naturalised(record, place.residence);
  return record;
}

std::vector<GroupChange> group_changes(const Scenario& scenario) {
  std::vector<GroupChange> changes;
  const std::vector<OutcomesOfOne> outcomes = outcomes_by_transition(scenario);
  for (std::size_t t = 0; t < scenario.transitions.size(); ++t) {
    const Transition& transition = scenario.transitions[t];
    GroupChange& change = changes.emplace_back();
    change.becomes = transition.becomes;
    change.joins = transition.queue;
    if (!transition.queue) change.outcome = OutcomeId{outcomes[t].first};
    change.naturalises = transition.naturalises && !transition.queue;
  }
  for (std::size_t q = 0; q < scenario.queues.size(); ++q) {
    GroupChange& change = changes.emplace_back();
    change.gives_up = QueueId{q};
    for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
      change.becomes.push_back(scenario.groups.left(Group{g}, QueueId{q}));
    }
  }
  if (!has_outcomes(scenario)) return changes;
  for (const CountedOutcome& one : counted_outcomes(scenario)) {
    const Transition& transition = scenario.transitions[one.transition.index()];
    GroupChange change = changes[one.transition.index()];
    change.joins.reset();
    change.outcome = OutcomeId{changes.size() - scenario.transitions.size() - scenario.queues.size()};
    if (one.outcome != nullptr) {
      change.becomes = one.outcome->becomes;
      change.naturalises = one.outcome->naturalises;
    }
    if (one.gives_up) change.gives_up = transition.queue;
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace sojourn
