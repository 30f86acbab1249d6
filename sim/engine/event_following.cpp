#include "sim/engine/event_following.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/base/sampling.hpp"
#include "sim/engine/event_choosing.hpp"
#include "sim/engine/event_leaving.hpp"
#include "sim/model/event_kind.hpp"

namespace sojourn {

namespace {

/// An agent after a change.
struct CountedState {
  using Changed = CountedChanges;
  Group group;
  Cohort cohort;
  Ticket ticket;
};
struct RecordedState {
  using Changed = ChangedRecord;
  Group group;
  KeyedRecord record;
};

/// Adds up what is alike behind the first `from` things of a list: what happens to single agents comes one by
/// one, and there may be many times more of it than of agents.
template <class Thing, class Key>
void add_up(std::vector<Thing>& list, std::size_t from, const Key& key) {
  const auto first = list.begin() + static_cast<std::ptrdiff_t>(from);
  std::sort(first, list.end(), [&](const Thing& a, const Thing& b) { return key(a) < key(b); });
  auto last = first;
  for (auto next = first; next != list.end(); ++next) {
    if (last != next && key(*last) == key(*next)) {
      last->agents += next->agents;
    } else if (next != first) {
      *++last = *next;
    }
  }
  if (first != list.end()) list.erase(last + 1, list.end());
}

class Following {
 public:
  Following(const PartWork& work, RandomNumbers& random)
      : work_(work),
        context_(work.context),
        part_(work.part),
        population_(work.population),
        outbox_(work.outbox),
        moves_(work.room.drawn.moves),
        leaving_(work),
        outcomes_(work.outcomes),
        place_{work.context.scenario.groups, work.context.step, work.part.region},
        order_(work.context.scenario),
        random_(random),
        rates_(work.context.hazards.events()),
        later_rates_(rates_.size()) {}

  void follow() {
    // What happens to the counted later is added behind them.
    first_changes_ = outbox_.changed.size();
    first_exits_ = outbox_.gone.size();
    for (std::size_t i = 0; i < first_changes_; ++i) follow_counted(i);
    for (ChangedRecord& changed : outbox_.changed_with_record) follow_recorded(changed);
    add_up_all();
  }

  /// They ask for no other move that draws on limits.
  void follow(std::span<const TurnedAway> turned_away) {
    may_ask_ = false;
    first_changes_ = outbox_.changed.size();
    first_exits_ = outbox_.gone.size();
    for (const TurnedAway& one : turned_away) {
      const Move& move = one.move;
      const Request& request = one.request;
      const double left = request.left ? *request.left : left_after(request.hazard, 0);
      if (move.had_record) {
        follow_turned_away(RecordedState{move.leaves_as, request.record}, left, outbox_.changed_with_record);
      } else {
        follow_turned_away(CountedState{move.leaves_as, move.cohort, request.ticket}, left, outbox_.changed);
      }
    }
    choose_destinations(work_, random_, Process::doors_of_turned_away);
    add_up_all();
  }

 private:
  [[nodiscard]] const GroupChange& group_change(ChangeId change) const {
    return context_.changes[change.index()];
  }

  [[nodiscard]] CountedState after(const CountedChanges& changed) const {
    const GroupChange& change = group_change(changed.change);
    const Group group = group_after(change, changed.group, place_);
    return {group, changed.cohort, ticket_after(change, changed.ticket, group, place_)};
  }
  [[nodiscard]] RecordedState after(const ChangedRecord& changed) const {
    const GroupChange& change = group_change(changed.change);
    const Group group = group_after(change, changed.group, place_);
    return {group, record_after(change, changed.record, group, population_.layout(), place_)};
  }

  double all_hazards_of(const CountedState& state, std::vector<double>& rates) const {
    return context_.hazards.stayer(population_.cell(part_.region, state.group), state.cohort, rates);
  }
  double all_hazards_of(const RecordedState& state, std::vector<double>& rates) const {
    return context_.hazards.mover(population_.cell(part_.region, state.group), state.record.key,
                                  state.record.word, rates);
  }
  template <class State>
  double hazards_of(const State& state, std::vector<double>& rates) const {
    const double sum = all_hazards_of(state, rates);
    if (may_ask_) return sum;
    for (std::size_t e = 0; e < order_.moves(); ++e) {
      if (leaving_.draws(EventOrder::stream(EventId{e}))) rates[e] = 0;
    }
    return std::accumulate(rates.begin(), rates.end(), 0.0);
  }

  /// What is left of the step once an agent has had a change, all its hazards until then being `before`, and
  /// `wait` years later an event; 0 or less if it has none. A wait as long as the step never fits.
  double left_after(double before, double wait) {
    if (wait >= context_.years) return 0;
    return context_.years - draw_moment(before, context_.years, random_) - wait;
  }

  void follow_counted(std::size_t number) {
    const CountedChanges first = outbox_.changed[number];
    const CountedState state = after(first);
    const double hazard = hazards_of(state, rates_);
    if (hazard <= 0) return;
    // Only those whose next event comes within the length of the step are looked at.
    const std::int64_t soon = draw_binomial(first.agents, -math::expm1(-hazard * context_.years), random_);
    std::int64_t went_on = 0;
    for (std::int64_t i = 0; i < soon; ++i) {
      const double left = left_after(first.hazard, draw_moment(hazard, context_.years, random_));
      if (left <= 0) continue;
      ++went_on;
      const auto last = live_on(state, kind_of_event(rates_, hazard), left);
      if (last) outbox_.changed.push_back(*last);
      if (pieces() > most_pieces_) add_up_all();
    }
    if (went_on == 0) return;
    outbox_.changed[number].agents -= went_on;
    outbox_.passed.push_back({first.change, first.group, first.cohort, false, part_.region, went_on});
  }

  void follow_recorded(ChangedRecord& changed) {
    const ChangedRecord first = changed;
    const RecordedState state = after(first);
    const double hazard = hazards_of(state, rates_);
    if (hazard <= 0) return;
    const double left = left_after(first.hazard, random_.exponential() / hazard);
    if (left <= 0) return;
    outbox_.passed.push_back(passed(first));
    const auto last = live_on(state, kind_of_event(rates_, hazard), left);
    changed.has_gone = !last;
    if (last) changed = *last;
    if (pieces() > most_pieces_) add_up_all();
  }

  template <class State>
  void follow_turned_away(const State& state, double left, std::vector<typename State::Changed>& changed) {
    const double hazard = hazards_of(state, rates_);
    if (hazard > 0) left -= random_.exponential() / hazard;
    if (hazard <= 0 || left <= 0) {
      outbox_.kept.push_back(kept(state));
      return;
    }
    const auto last = live_on(state, kind_of_event(rates_, hazard), left);
    if (last) changed.push_back(*last);
  }

  [[nodiscard]] static Kept kept(const CountedState& state) {
    return {.group = state.group, .cohort = state.cohort, .record = {}, .ticket = state.ticket};
  }
  [[nodiscard]] Kept kept(const RecordedState& state) const {
    const Cohort cohort = population_.layout().cohort(state.record.word, state.record.key);
    return {.group = state.group, .cohort = cohort, .had_record = true, .record = state.record, .ticket = {}};
  }

  /// `event` happens to an agent in this state, when so much of the step is left. Returns the change that is
  /// its last event of the step; nothing if it goes.
  template <class State>
  std::optional<typename State::Changed> live_on(State state, EventId event, double left) {
    event = outcomes_.of(event, part_.region, state.group);
    while (order_.is_change(event)) {
      const typename State::Changed changed = change_of(state, order_.change(event));
      state = after(changed);
      const double hazard = hazards_of(state, later_rates_);
      if (hazard > 0) left -= random_.exponential() / hazard;
      if (hazard <= 0 || left <= 0) return changed;
      outbox_.passed.push_back(passed(changed));
      event = outcomes_.of(kind_of_event(later_rates_, hazard), part_.region, state.group);
    }
    leave(state, event, left);
    return std::nullopt;
  }

  [[nodiscard]] CountedChanges change_of(const CountedState& state, ChangeId change) const {
    return {change, state.group, state.cohort, 1, state.ticket, 0};
  }
  [[nodiscard]] ChangedRecord change_of(const RecordedState& state, ChangeId change) const {
    const RecordLayout& layout = population_.layout();
    const KeyedRecord& record = state.record;
    return {record, change, state.group, layout.cohort(record.word, record.key), layout.birth(record.word),
            0,      false};
  }

  [[nodiscard]] PassedChanges passed(const CountedChanges& one) const {
    return {one.change, one.group, one.cohort, false, part_.region, one.agents};
  }
  [[nodiscard]] static PassedChanges passed(const ChangedRecord& one) {
    return {one.change, one.group, one.cohort, true, one.birth, 1};
  }

  void leave(const CountedState& state, EventId event, double left) {
    if (order_.is_exit(event)) {
      leaving_.exit_counted(event, state.group, state.cohort, 1);
      return;
    }
    const std::size_t first = moves_.size();
    leaving_.move_counted(leaving_.counted_move(state.group, state.cohort), EventOrder::stream(event));
    const Waiters taken_along{state.ticket, 1};
    leaving_.complete(std::span(&taken_along, 1));
    if (leaving_.has_limits()) leaving_.request_counted(first, {{state.ticket, 1}}, {.left = left});
  }
  void leave(const RecordedState& state, EventId event, double left) {
    leaving_.leave_with_record(event, state.group, state.record, {.left = left});
  }

  [[nodiscard]] std::size_t pieces() const {
    return outbox_.passed.size() + outbox_.changed.size() - first_changes_ + outbox_.gone.size() -
           first_exits_;
  }
  void add_up_all() {
    add_up(outbox_.passed, 0, [](const PassedChanges& one) {
      return std::tuple(one.change, one.group, one.cohort, one.had_record, one.birth);
    });
    add_up(outbox_.changed, first_changes_, [](const CountedChanges& one) {
      return std::tuple(one.change, one.group, one.cohort, one.ticket);
    });
    add_up(outbox_.gone, first_exits_,
           [](const CountedExits& one) { return std::tuple(one.event, one.group, one.cohort); });
    most_pieces_ = std::max(most_pieces_, 2 * pieces());
  }

  EventId kind_of_event(const std::vector<double>& rates, double sum) {
    return certain_event(rates, random_.uniform() * sum);
  }

  const PartWork& work_;
  const StepContext& context_;
  const Part& part_;
  const Population& population_;
  Outbox& outbox_;
  const std::vector<Move>& moves_;
  EventLeaving leaving_;
  OutcomeDraws& outcomes_;
  ChangePlace place_;
  EventOrder order_;
  RandomNumbers& random_;
  /// Whether streams that draw on limits are open to them.
  bool may_ask_ = true;
  /// What is in the outbox of first events, and how much may come behind it before it is added up.
  std::size_t first_changes_ = 0;
  std::size_t first_exits_ = 0;
  std::size_t most_pieces_ = 4096;
  /// By event: of those whose first change is followed, and of one who goes on.
  std::vector<double> rates_;
  std::vector<double> later_rates_;
};

}  // namespace

void follow_changes(const PartWork& work) {
  if (work.outbox.changed.empty() && work.outbox.changed_with_record.empty()) return;
  RandomNumbers random(work.context.key, {Process::time_left, work.context.step.value, work.part.region.value,
                                          work.part.number});
  Following(work, random).follow();
}

void follow_turned_away(const PartWork& work, std::span<const TurnedAway> turned_away) {
  Following(work, work.random).follow(turned_away);
}

}  // namespace sojourn
