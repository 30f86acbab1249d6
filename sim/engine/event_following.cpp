#include "sim/engine/event_following.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/sampling.hpp"
#include "sim/engine/event_leaving.hpp"
#include "sim/model/event_kind.hpp"

namespace sojourn {

namespace {

/// An agent after a change.
struct CountedState {
  Group group;
  Cohort cohort;
  Ticket ticket;
};
struct RecordedState {
  Group group;
  KeyedRecord record;
};

class Following {
 public:
  explicit Following(const PartWork& work)
      : context_(work.context),
        part_(work.part),
        population_(work.population),
        outbox_(work.outbox),
        leaving_(work),
        place_{work.context.scenario.groups, work.context.step, work.part.region},
        order_(work.context.scenario),
        random_(work.context.key,
                {Process::time_left, work.context.step.value, work.part.region.value, work.part.number}),
        rates_(work.context.hazards.events()),
        later_rates_(rates_.size()) {}

  void follow() {
    // What happens to them later is added behind them.
    const std::size_t counted = outbox_.changed.size();
    const std::size_t recorded = outbox_.changed_with_record.size();
    for (std::size_t i = 0; i < counted; ++i) follow_counted(i);
    for (std::size_t i = 0; i < recorded; ++i) follow_recorded(i);
  }

 private:
  [[nodiscard]] const GroupChange& change_of(ChangeId change) const {
    return context_.changes[change.index()];
  }

  [[nodiscard]] CountedState after(const CountedChanges& changed) const {
    const GroupChange& change = change_of(changed.change);
    const Group group = change.becomes[changed.group.index()];
    return {group, changed.cohort, ticket_after(change, changed.ticket, group, place_)};
  }
  [[nodiscard]] RecordedState after(const ChangedRecord& changed) const {
    const GroupChange& change = change_of(changed.change);
    const Group group = change.becomes[changed.group.index()];
    return {group, record_after(change, changed.record, group, population_.layout(), place_)};
  }

  double hazards_of(const CountedState& state, std::vector<double>& rates) const {
    return context_.hazards.stayer(population_.cell(part_.region, state.group), state.cohort, rates);
  }
  double hazards_of(const RecordedState& state, std::vector<double>& rates) const {
    return context_.hazards.mover(population_.cell(part_.region, state.group), state.record.key,
                                  state.record.word, rates);
  }

  /// What is left of the step after the first event of an agent of this hazard.
  double time_left(double hazard) { return context_.years - draw_moment(hazard, context_.years, random_); }

  void follow_counted(std::size_t number) {
    const CountedChanges first = outbox_.changed[number];
    const CountedState state = after(first);
    const double hazard = hazards_of(state, rates_);
    if (hazard <= 0) return;
    std::int64_t went_on = 0;
    for (std::int64_t i = 0; i < first.agents; ++i) {
      const double left = time_left(first.hazard) - random_.exponential() / hazard;
      if (left <= 0) continue;
      ++went_on;
      live_on(state, kind_of_event(rates_, hazard), left);
    }
    if (went_on == 0) return;
    outbox_.changed[number].agents -= went_on;
    CountedChanges& passed = outbox_.changed.emplace_back(first);
    passed.agents = went_on;
    passed.went_on = true;
  }

  void follow_recorded(std::size_t number) {
    const ChangedRecord first = outbox_.changed_with_record[number];
    const RecordedState state = after(first);
    const double hazard = hazards_of(state, rates_);
    if (hazard <= 0) return;
    const double left = time_left(first.hazard) - random_.exponential() / hazard;
    if (left <= 0) return;
    outbox_.changed_with_record[number].went_on = true;
    live_on(state, kind_of_event(rates_, hazard), left);
  }

  /// `event` happens to an agent in this state, when so much of the step is left.
  template <class State>
  void live_on(State state, EventId event, double left) {
    while (order_.is_change(event)) {
      auto& changed = add_change(state, order_.change(event));
      state = after(changed);
      const double hazard = hazards_of(state, later_rates_);
      if (hazard > 0) left -= random_.exponential() / hazard;
      if (hazard <= 0 || left <= 0) return;
      changed.went_on = true;
      event = kind_of_event(later_rates_, hazard);
    }
    leave(state, event);
  }

  CountedChanges& add_change(const CountedState& state, ChangeId change) {
    return outbox_.changed.emplace_back(
        CountedChanges{change, state.group, state.cohort, 1, state.ticket, 0, false});
  }
  ChangedRecord& add_change(const RecordedState& state, ChangeId change) {
    const RecordLayout& layout = population_.layout();
    const KeyedRecord& record = state.record;
    return outbox_.changed_with_record.emplace_back(ChangedRecord{record, change, state.group,
                                                                  layout.cohort(record.word, record.key),
                                                                  layout.birth(record.word), 0, false});
  }

  void leave(const CountedState& state, EventId event) {
    if (order_.is_exit(event)) {
      leaving_.exit_counted(event, state.group, state.cohort, 1);
      return;
    }
    leaving_.move_counted(EventOrder::stream(event), state.group, state.cohort);
    leaving_.complete();
  }
  void leave(const RecordedState& state, EventId event) {
    leaving_.leave_with_record(event, state.group, state.record);
  }

  EventId kind_of_event(const std::vector<double>& rates, double sum) {
    return certain_event(rates, random_.uniform() * sum);
  }

  const StepContext& context_;
  const Part& part_;
  const Population& population_;
  Outbox& outbox_;
  EventLeaving leaving_;
  ChangePlace place_;
  EventOrder order_;
  RandomNumbers random_;
  /// By event: of those whose first change is followed, and of one who goes on.
  std::vector<double> rates_;
  std::vector<double> later_rates_;
};

}  // namespace

void follow_changes(const PartWork& work) {
  if (work.outbox.changed.empty() && work.outbox.changed_with_record.empty()) return;
  Following(work).follow();
}

}  // namespace sojourn
