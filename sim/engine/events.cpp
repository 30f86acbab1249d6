#include "sim/engine/events.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "sim/engine/event_choosing.hpp"
#include "sim/engine/event_following.hpp"
#include "sim/engine/event_line.hpp"
#include "sim/engine/event_taking.hpp"
#include "sim/engine/event_walk.hpp"
#include "sim/engine/outbox_order.hpp"

namespace sojourn {

namespace {

/// Empties a list, and gives its memory back if it has far more than is expected now: the parts of a region
/// become fewer or more in the course of a run, and sooner or later every outbox would be as large as the
/// largest.
template <class Thing>
void empty(std::vector<Thing>& list, double expected) {
  constexpr double few = 1e4;
  list.clear();
  if (static_cast<double>(list.capacity()) > few + 2 * expected) list.shrink_to_fit();
}

void draw_part(const StepContext& context, const Part& part, Population& population, Outbox& outbox,
               DrawingRooms& rooms) {
  RandomNumbers random(context.key,
                       {Process::event_line, context.step.value, part.region.value, part.number});
  EventLine line(random);
  const LinePlace end{population.groups(), 0};
  const bool whole_region = part.from == LinePlace{0, 0} && part.to == end;
  // Mostly so in a step of few events: then not even memory is needed.
  if (whole_region && line.skip(context.sums.region(part.region) * context.years)) return;
  std::unique_ptr<DrawingRoom> room = rooms.take();
  room->rates.resize(context.hazards.events());
  const auto moves = static_cast<std::size_t>(std::min(part.expected_events, most_reserved)) + 16;
  room->drawn.moves.reserve(moves);
  room->drawn.destinations.reserve(moves);
  OutcomeDraws outcomes(
      context.outcomes, context.numbers, context.step,
      {context.key, {Process::outcomes, context.step.value, part.region.value, part.number}});
  const PartWork work{context, part, population, outbox, *room, random, outcomes};
  EventTaking taking(work);
  walk_line(work, line, taking);
  taking.take_movers();
  follow_changes(work);
  choose_destinations(work);
  sort_by_destination(room->drawn, population.regions(), outbox);
  rooms.give_back(std::move(room));
}

}  // namespace

void draw_events(const StepContext& context, const std::vector<Part>& parts, Population& population,
                 std::vector<Outbox>& outboxes, DrawingRooms& rooms, Workers& workers, bool in_parallel) {
  outboxes.resize(parts.size());
  workers.for_each(
      parts.size(),
      [&](std::size_t i) {
        Outbox& outbox = outboxes[i];
        outbox.origin = parts[i].region;
        const double expected = parts[i].expected_events;
        empty(outbox.moves, expected);
        outbox.bundles.clear();
        outbox.gone_with_record.clear();
        outbox.gone.clear();
        outbox.changed_with_record.clear();
        outbox.changed.clear();
        outbox.passed.clear();
        outbox.requests.clear();
        outbox.kept.clear();
        empty(outbox.luggage, expected);
        empty(outbox.taken_back, expected);
        outbox.touched.clear();
        draw_part(context, parts[i], population, outbox, rooms);
      },
      in_parallel);
}

}  // namespace sojourn
