#include "sim/engine/event_taking.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

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
      outcomes_(work.outcomes),
      with_luggage_(work.has_luggage()),
      order_(work.context.scenario),
      leaving_(work) {}

void EventTaking::take_counted(Group group, Cohort cohort, std::int64_t events, double sum) {
  population_.add_counted(cell(group), cohort, -events);
  population_.note(part_.region, group, cohort, part_.region, -events);
  const double hazard = sum;
  if (rates_.size() > order_.moves()) {
    for (std::size_t e = rates_.size(); e-- > order_.moves() && events > 0;) {
      if (rates_[e] > 0) events -= take_aside(EventId{e}, {group, cohort, events, hazard});
    }
    if (events == 0) return;
    sum = std::accumulate(rates_.begin(), rates_.end(), 0.0);
  }
  // Who moves takes the tickets of terms along, and leaves all other queues.
  std::vector<Waiters> tickets;
  if (waits(group)) tickets = population_.waiting().draw_out(cell(group), cohort, events, random_);
  // Mostly there is one stream, and nothing to draw.
  const auto found = std::find(rates_.begin(), rates_.end(), sum);
  const bool one_stream = found != rates_.end();
  const EventId only{static_cast<std::size_t>(found - rates_.begin())};
  const Move move = leaving_.counted_move(group, cohort);
  const std::size_t first_move = drawn_.moves.size();
  for (std::int64_t i = 0; i < events; ++i) {
    const EventId event = one_stream ? only : certain_event(rates_, random_.uniform() * sum);
    leaving_.move_counted(move, EventOrder::stream(event));
  }
  leaving_.complete(tickets);
  if (leaving_.has_limits()) leaving_.request_counted(first_move, tickets, {.hazard = hazard});
}

std::int64_t EventTaking::take_aside(EventId event, const Taken& of) {
  const double rate = std::exchange(rates_[event.index()], 0.0);
  const auto first = rates_.begin();
  const double others = std::accumulate(first, first + static_cast<std::ptrdiff_t>(event.index()), 0.0);
  const std::int64_t taken =
      others > 0 ? draw_binomial(of.agents, rate / (others + rate), random_) : of.agents;
  if (taken == 0) return 0;
  std::vector<Waiters> tickets{{Ticket{}, taken}};
  if (waits(of.group)) tickets = population_.waiting().draw_out(cell(of.group), of.cohort, taken, random_);
  if (order_.is_exit(event)) {
    leaving_.exit_counted(event, of.group, of.cohort, taken);
    return taken;
  }
  for (const Waiters& waiters : tickets) {
    outcomes_.split(event, part_.region, of.group, waiters.agents, [&](EventId outcome, std::int64_t agents) {
      if (order_.is_exit(outcome)) {
        leaving_.exit_counted(outcome, of.group, of.cohort, agents);
      } else {
        outbox_.changed.push_back(
            {order_.change(outcome), of.group, of.cohort, agents, waiters.ticket, of.hazard});
      }
    });
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
  const double sum = context_.hazards.mover(cell(candidate.group), candidate.block->key, word, rates_);
  const auto event = event_at(rates_, candidate.mark);
  if (event) take_mover(candidate, candidate.index, word, *event, sum);
  return event.has_value();
}

void EventTaking::try_whole_block(const Candidate& candidate) {
  for (std::uint64_t i = candidate.block->size; i-- > 0;) {
    const RecordWord word = population_.movers().read(*candidate.block, i);
    const double sum = context_.hazards.mover(cell(candidate.group), candidate.block->key, word, rates_);
    if (random_.uniform() >= -math::expm1(-sum * context_.years)) continue;
    take_mover(candidate, i, word, certain_event(rates_, random_.uniform() * sum), sum);
  }
}

void EventTaking::take_mover(const Candidate& candidate, std::uint64_t index, RecordWord word, EventId event,
                             double hazard) {
  const RecordLayout& layout = population_.layout();
  const BlockKey key = candidate.block->key;
  population_.movers().remove(cell(candidate.group), candidate.block_number, index);
  event = outcomes_.of(event, part_.region, candidate.group);
  if (order_.is_change(event)) {
    outbox_.changed_with_record.push_back({{key, word},
                                           order_.change(event),
                                           candidate.group,
                                           layout.cohort(word, key),
                                           layout.birth(word),
                                           hazard,
                                           false});
    return;
  }
  leaving_.leave_with_record(event, candidate.group, {key, word}, {.hazard = hazard});
}

}  // namespace sojourn
