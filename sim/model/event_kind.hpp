#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <type_traits>
#include <variant>
#include <vector>

#include "sim/model/record.hpp"
#include "sim/model/ticket.hpp"
#include "sim/scenario/outcomes.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Giving up in a queue by those who wait in it.
struct GivingUp {
  std::reference_wrapper<const Queue> queue;
};

/// One of the things that may happen to an agent: what the scenario, which must outlive it, says of it. All
/// but births compete for an agent's next event.
struct EventKind {
  std::variant<std::reference_wrapper<const Stream>, std::reference_wrapper<const Transition>, GivingUp,
               std::reference_wrapper<const Outflow>, std::reference_wrapper<const Deaths>,
               std::reference_wrapper<const Births>>
      of;

  /// What `visitor` returns for the thing it is: a stream, a transition, giving up, an outflow, deaths or
  /// births.
  template <class Visitor>
  decltype(auto) visit(const Visitor& visitor) const {
    return std::visit(
        [&](const auto& thing) -> decltype(auto) {
          if constexpr (std::is_same_v<std::decay_t<decltype(thing)>, GivingUp>) {
            return visitor(thing);
          } else {
            return visitor(thing.get());
          }
        },
        of);
  }

  /// To whom it may happen, and at what rate.
  [[nodiscard]] const Who& who() const;
  [[nodiscard]] const Hazard& hazard() const;
  /// The stream whose move it is; null for what is no move.
  [[nodiscard]] const Stream* stream() const;
};

/// All of a scenario that compete: first its streams, then its transitions, then giving up in each of its
/// queues, then its outflows, then death, if there are deaths. Events are named by their place in this list
/// (`EventId`).
[[nodiscard]] std::vector<EventKind> event_kinds(const Scenario& scenario);

/// The event whose stretch of the sum of all rates, side by side by event, holds `mark`; nothing beyond the
/// sum.
[[nodiscard]] std::optional<EventId> event_at(std::span<const double> rates, double mark);
/// The same where there is an event for certain: rounding must not lose it, nor give it to one without rate.
[[nodiscard]] EventId certain_event(std::span<const double> rates, double mark);

/// An event that changes an agent's group where it lives.
struct GroupChange {
  /// The group of each group afterwards.
  std::vector<Group> becomes;
  /// What is counted as such: a transition that is made at once, or what it comes to; a request that joins a
  /// queue; giving up, and what comes of that.
  std::optional<OutcomeId> outcome;
  std::optional<QueueId> joins;
  std::optional<QueueId> gives_up;
  /// Whether it makes them citizens of their residence.
  bool naturalises = false;
};

/// Where and when a change happens.
struct ChangePlace {
  const Groups& groups;
  Step step;
  Region residence;
};

/// The group of an agent of group `before` after the change.
[[nodiscard]] Group group_after(const GroupChange& change, Group before, const ChangePlace& place);
/// The ticket, and the record, of an agent to whom the change happens and whose group is then `after`.
[[nodiscard]] Ticket ticket_after(const GroupChange& change, Ticket before, Group after,
                                  const ChangePlace& place);
[[nodiscard]] KeyedRecord record_after(const GroupChange& change, KeyedRecord before, Group after,
                                       const RecordLayout& layout, const ChangePlace& place);

/// All of a scenario, in the order in which `event_kinds` has them: transitions, then giving up; and then, if
/// there are outcomes, all `counted_outcomes`.
[[nodiscard]] std::vector<GroupChange> group_changes(const Scenario& scenario);

/// Which numbers of `event_kinds` are of which kind. The other way round, event i is stream i. Behind them
/// all stand the outcomes that events come to: what happens to an agent in the end.
class EventOrder {
 public:
  explicit EventOrder(const Scenario& scenario)
      : changes_(scenario.streams.size()),
        first_outcome_(scenario.transitions.size() + scenario.queues.size()),
        outflows_(changes_ + first_outcome_),
        death_(outflows_ + scenario.outflows.size()),
        exits_(exits_of_outcomes(scenario)) {}

  /// How many are moves: the first ones.
  [[nodiscard]] std::size_t moves() const { return changes_; }
  [[nodiscard]] bool is_move(EventId event) const { return event.index() < changes_; }
  /// The stream of a move.
  [[nodiscard]] static StreamId stream(EventId move) { return StreamId{move.index()}; }
  [[nodiscard]] static EventId move(StreamId stream) { return EventId{stream.index()}; }

  /// Those of `group_changes`.
  [[nodiscard]] bool is_change(EventId event) const {
    if (event.index() > death_) return !way_out(event);
    return event.index() >= changes_ && event.index() < outflows_;
  }
  [[nodiscard]] ChangeId change(EventId change) const {
    if (const auto outcome = this->outcome(change)) return this->change(*outcome);
    return ChangeId{change.index() - changes_};
  }
  /// What an event comes to.
  [[nodiscard]] EventId event(OutcomeId outcome) const { return EventId{death_ + 1 + outcome.index()}; }
  [[nodiscard]] std::optional<OutcomeId> outcome(EventId event) const {
    if (event.index() <= death_) return std::nullopt;
    return OutcomeId{event.index() - death_ - 1};
  }
  [[nodiscard]] ChangeId change(OutcomeId outcome) const {
    return ChangeId{first_outcome_ + outcome.index()};
  }

  /// Whether an agent leaves all regions, or dies.
  [[nodiscard]] bool is_exit(EventId event) const {
    if (event.index() > death_) return way_out(event).has_value();
    return event.index() >= outflows_;
  }
  /// The outflow, or way out, by which an agent leaves; none if it dies.
  [[nodiscard]] std::optional<OutflowId> outflow(EventId exit) const {
    if (exit.index() > death_) return way_out(exit);
    if (exit.index() == death_) return std::nullopt;
    return OutflowId{exit.index() - outflows_};
  }
  /// The way out that an outcome is, if it is one.
  [[nodiscard]] std::optional<OutflowId> way_out(OutcomeId outcome) const {
    if (exits_.empty()) return std::nullopt;
    return exits_[outcome.index()];
  }
  /// The last; there only if the scenario has deaths.
  [[nodiscard]] EventId death() const { return EventId{death_}; }

 private:
  [[nodiscard]] std::optional<OutflowId> way_out(EventId of_outcome) const {
    return way_out(OutcomeId{of_outcome.index() - death_ - 1});
  }

  std::size_t changes_;
  /// Among changes.
  std::size_t first_outcome_;
  std::size_t outflows_;
  std::size_t death_;
  std::vector<std::optional<OutflowId>> exits_;
};

}  // namespace sojourn
