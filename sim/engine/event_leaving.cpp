#include "sim/engine/event_leaving.hpp"

#include <variant>

namespace sojourn {

EventLeaving::EventLeaving(const PartWork& work)
    : context_(work.context),
      part_(work.part),
      population_(work.population),
      outbox_(work.outbox),
      drawn_(work.room.drawn),
      with_luggage_(work.has_luggage()),
      order_(work.context.scenario) {
  if (context_.scenario.limits.empty()) return;
  for (const Stream& stream : context_.scenario.streams) is_limited_.push_back(!stream.draws.empty());
}

void EventLeaving::complete() {
  drawn_.destinations.resize(drawn_.moves.size());
  if (with_luggage_) drawn_.luggage.resize(drawn_.moves.size(), {part_.region, part_.region});
}

void EventLeaving::complete(std::span<const Waiters> tickets) {
  complete();
  if (!with_luggage_) return;
  std::size_t at = drawn_.luggage.size();
  for (const Waiters& waiters : tickets) {
    for (std::int64_t i = 0; i < waiters.agents; ++i) drawn_.luggage[--at].ticket = waiters.ticket;
  }
}

void EventLeaving::request_counted(std::size_t first, const std::vector<Waiters>& tickets,
                                   const AskedAt& asked) {
  // Nothing tells the moves apart, so the last of them have the first tickets, as they do in their luggage.
  std::size_t waiters = 0;
  std::int64_t of_ticket = 0;
  for (std::size_t i = drawn_.moves.size(); i-- > first;) {
    while (waiters < tickets.size() && of_ticket == tickets[waiters].agents) {
      ++waiters;
      of_ticket = 0;
    }
    ++of_ticket;
    if (!draws(drawn_.moves[i].stream)) continue;
    Request& request = drawn_.requests.emplace_back();
    request.move = i;
    request.ticket = waiters < tickets.size() ? tickets[waiters].ticket : Ticket{};
    request.citizenship = part_.region;
    request.left = asked.left;
    request.hazard = asked.hazard;
  }
}

void EventLeaving::exit_counted(EventId exit, Group group, Cohort cohort, std::int64_t agents) {
  outbox_.gone.push_back({exit, group, cohort, agents});
}

void EventLeaving::leave_with_record(EventId event, Group group, const KeyedRecord& record,
                                     const AskedAt& asked) {
  if (order_.is_exit(event)) {
    RecordedExit& gone = outbox_.gone_with_record.emplace_back();
    gone.event = event;
    describe(gone, group, record);
    if (context_.usual.asked_for()) (void)usual_residence(record);
    return;
  }
  const RecordLayout& layout = population_.layout();
  const std::size_t taken_back = outbox_.taken_back.size();
  Move& move = drawn_.moves.emplace_back();
  move.stream = EventOrder::stream(event);
  move.had_record = true;
  describe(move, group, record);
  const Region usual = context_.usual.asked_for() ? usual_residence(record) : Region{};
  if (with_luggage_)
    drawn_.luggage.push_back({usual, layout.citizenship(record.word), layout.ticket(record.word)});
  const bool to_previous = std::holds_alternative<PreviousRegion>(
      context_.scenario.streams[move.stream.index()].destination.choice_set);
  drawn_.destinations.push_back(to_previous ? layout.previous(record.word) : move.birth);
  if (!draws(move.stream)) return;
  Request& request = drawn_.requests.emplace_back();
  request.move = drawn_.moves.size() - 1;
  request.record = record;
  request.citizenship = layout.needs().citizenship ? layout.citizenship(record.word) : part_.region;
  request.left = asked.left;
  request.hazard = asked.hazard;
  if (outbox_.taken_back.size() == taken_back) return;
  request.taken_back = outbox_.taken_back.back();
  outbox_.taken_back.pop_back();
}

template <class Leaver>
void EventLeaving::describe(Leaver& leaver, Group group, const KeyedRecord& record) const {
  const RecordLayout& layout = population_.layout();
  leaver.birth = layout.birth(record.word);
  // Who came before the census lived here at the census, whatever an older record says.
  leaver.moved_since_census = layout.needs().census && layout.arrival_code(record.word, record.key) >=
                                                           static_cast<ArrivalCode>(context_.census.value);
  leaver.census = leaver.moved_since_census ? layout.census(record.word) : part_.region;
  leaver.leaves_as = group;
  leaver.cohort = layout.cohort(record.word, record.key);
}

Region EventLeaving::usual_residence(const KeyedRecord& record) {
  const RecordLayout& layout = population_.layout();
  const ArrivalCode arrival = layout.arrival_code(record.word, record.key);
  if (context_.usual.is_settled(arrival, context_.step.index())) return part_.region;
  const Region usual = layout.usual(record.word);
  outbox_.taken_back.push_back({usual, static_cast<std::size_t>(arrival)});
  return usual;
}

}  // namespace sojourn
