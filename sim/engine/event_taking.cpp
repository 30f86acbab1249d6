#include "sim/engine/event_taking.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <variant>

#include "sim/base/math.hpp"
#include "sim/base/sampling.hpp"

namespace sojourn {

namespace {

/// Candidates whose memory is asked for ahead of use: first where it is, then itself.
constexpr std::size_t ask_where_ahead = 32;
constexpr std::size_t ask_ahead = 16;

}  // namespace

EventTaking::EventTaking(const PartWork& work)
    : context_(work.context),
      part_(work.part),
      population_(work.population),
      outbox_(work.outbox),
      drawn_(work.room.drawn),
      candidates_(work.room.candidates),
      rates_(work.room.rates),
      random_(work.random),
      with_luggage_(work.has_luggage()),
      order_(work.context.scenario) {}

std::optional<EventId> EventTaking::event_at(double mark) const {
  for (std::size_t e = 0; e < rates_.size(); ++e) {
    if (mark < rates_[e]) return EventId{e};
    mark -= rates_[e];
  }
  return std::nullopt;
}

EventId EventTaking::kind_of_event(double sum) {
  if (const auto event = event_at(random_.uniform() * sum)) return *event;
  std::size_t last = rates_.size() - 1;
  while (last > 0 && rates_[last] == 0) --last;
  return EventId{last};
}

void EventTaking::take_counted(Group group, Cohort cohort, std::int64_t events, double sum) {
  population_.add_counted(cell(group), cohort, -events);
  population_.note(part_.region, group, cohort, part_.region, -events);
  if (rates_.size() > order_.moves()) {
    for (std::size_t e = rates_.size(); e-- > order_.moves() && events > 0;) {
      if (rates_[e] > 0) events -= take_aside(EventId{e}, group, cohort, events);
    }
    if (events == 0) return;
    sum = std::accumulate(rates_.begin(), rates_.end(), 0.0);
  }
  // Who moves leaves all queues.
  if (waits(group)) (void)population_.waiting().draw_out(cell(group), cohort, events, random_);
  // Mostly there is one stream, and nothing to draw.
  const auto found = std::find(rates_.begin(), rates_.end(), sum);
  const bool one_stream = found != rates_.end();
  const EventId only{static_cast<std::size_t>(found - rates_.begin())};
  const Region census =
      cohort.index() < context_.first_born_since_census ? part_.region : population_.layout().nowhere();
  for (std::int64_t i = 0; i < events; ++i) {
    Move& move = drawn_.moves.emplace_back();
    move.birth = part_.region;
    move.census = census;
    move.leaves_as = group;
    move.cohort = cohort;
    move.stream = EventOrder::stream(one_stream ? only : kind_of_event(sum));
  }
  drawn_.destinations.resize(drawn_.moves.size());
  if (with_luggage_) drawn_.luggage.resize(drawn_.moves.size(), {part_.region, part_.region});
}

std::int64_t EventTaking::take_aside(EventId event, Group group, Cohort cohort, std::int64_t events) {
  const double rate = std::exchange(rates_[event.index()], 0.0);
  const auto first = rates_.begin();
  const double others = std::accumulate(first, first + static_cast<std::ptrdiff_t>(event.index()), 0.0);
  const std::int64_t taken = others > 0 ? draw_binomial(events, rate / (others + rate), random_) : events;
  if (taken == 0) return 0;
  std::vector<Waiters> tickets{{Ticket{}, taken}};
  if (waits(group)) tickets = population_.waiting().draw_out(cell(group), cohort, taken, random_);
  if (order_.is_exit(event)) {
    outbox_.gone.push_back({event, group, cohort, taken});
    return taken;
  }
  for (const Waiters& waiters : tickets) {
    outbox_.changed.push_back({order_.change(event), group, cohort, waiters.agents, waiters.ticket});
  }
  return taken;
}

/// From the last candidate to the first: then the record that fills a hole was tried already or is no
/// candidate. Of several points of an agent the last that is kept decides, which is as good as the first:
/// marks do not depend on places.
void EventTaking::take_movers() {
  const Candidate* taken = nullptr;
  const std::size_t count = candidates_.size();
  drawn_.make_room_for(static_cast<double>(count), with_luggage_);
  if (context_.usual.asked_for()) make_room(outbox_.taken_back, static_cast<double>(count));
  for (std::size_t i = count; i-- > count - std::min(count, ask_where_ahead);) ask_where(candidates_[i]);
  for (std::size_t i = count; i-- > count - std::min(count, ask_ahead);) ask(candidates_[i]);
  for (std::size_t i = count; i-- > 0;) {
    if (i >= ask_where_ahead) ask_where(candidates_[i - ask_where_ahead]);
    if (i >= ask_ahead) ask(candidates_[i - ask_ahead]);
    const Candidate& candidate = candidates_[i];
    if (candidate.index == Candidate::whole_block) {
      try_whole_block(candidate);
      continue;
    }
    const bool again = taken != nullptr && taken->block == candidate.block && taken->index == candidate.index;
    if (!again && try_candidate(candidate)) taken = &candidate;
  }
}

void EventTaking::ask_where(const Candidate& candidate) const {
  if (candidate.index != Candidate::whole_block)
    population_.movers().ask_where(*candidate.block, candidate.index);
}
void EventTaking::ask(const Candidate& candidate) const {
  if (candidate.index != Candidate::whole_block) population_.movers().ask(*candidate.block, candidate.index);
}

bool EventTaking::try_candidate(const Candidate& candidate) {
  const RecordWord word = population_.movers().read(*candidate.block, candidate.index);
  (void)context_.hazards.mover(cell(candidate.group), candidate.block->key, word, rates_);
  const auto event = event_at(candidate.mark);
  if (event) take_mover(candidate, candidate.index, word, *event);
  return event.has_value();
}

void EventTaking::try_whole_block(const Candidate& candidate) {
  for (std::uint64_t i = candidate.block->size; i-- > 0;) {
    const RecordWord word = population_.movers().read(*candidate.block, i);
    const double sum = context_.hazards.mover(cell(candidate.group), candidate.block->key, word, rates_);
    if (random_.uniform() >= -math::expm1(-sum * context_.years)) continue;
    take_mover(candidate, i, word, kind_of_event(sum));
  }
}

void EventTaking::take_mover(const Candidate& candidate, std::uint64_t index, RecordWord word,
                             EventId event) {
  const RecordLayout& layout = population_.layout();
  const BlockKey key = candidate.block->key;
  population_.movers().remove(cell(candidate.group), candidate.block_number, index);
  if (order_.is_change(event)) {
    outbox_.changed_with_record.push_back(
        {{key, word}, order_.change(event), candidate.group, layout.cohort(word, key), layout.birth(word)});
    return;
  }
  if (order_.is_exit(event)) {
    RecordedExit& gone = outbox_.gone_with_record.emplace_back();
    gone.event = event;
    describe(gone, candidate.group, word, key);
    if (context_.usual.asked_for()) (void)usual_residence(word, key);
    return;
  }
  Move& move = drawn_.moves.emplace_back();
  move.stream = EventOrder::stream(event);
  move.had_record = true;
  describe(move, candidate.group, word, key);
  const Region usual = context_.usual.asked_for() ? usual_residence(word, key) : Region{};
  if (with_luggage_) drawn_.luggage.push_back({usual, layout.citizenship(word)});
  const bool to_previous = std::holds_alternative<PreviousRegion>(
      context_.scenario.streams[move.stream.index()].destination.choice_set);
  drawn_.destinations.push_back(to_previous ? layout.previous(word) : move.birth);
}

template <class Leaver>
void EventTaking::describe(Leaver& leaver, Group group, RecordWord word, BlockKey key) const {
  const RecordLayout& layout = population_.layout();
  leaver.birth = layout.birth(word);
  // Who came before the census lived here at the census, whatever an older record says.
  leaver.moved_since_census = layout.needs().census && layout.arrival_code(word, key) >=
                                                           static_cast<ArrivalCode>(context_.census.value);
  leaver.census = leaver.moved_since_census ? layout.census(word) : part_.region;
  leaver.leaves_as = group;
  leaver.cohort = layout.cohort(word, key);
}

Region EventTaking::usual_residence(RecordWord word, BlockKey key) {
  const RecordLayout& layout = population_.layout();
  const ArrivalCode arrival = layout.arrival_code(word, key);
  if (context_.usual.is_settled(arrival, context_.step.index())) return part_.region;
  const Region usual = layout.usual(word);
  outbox_.taken_back.push_back({usual, static_cast<std::size_t>(arrival)});
  return usual;
}

}  // namespace sojourn
