#include "sim/engine/events.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "sim/engine/event_choosing.hpp"
#include "sim/engine/event_following.hpp"
#include "sim/engine/event_line.hpp"
#include "sim/engine/event_taking.hpp"
#include "sim/engine/event_walk.hpp"

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

/// Sorts by destination, keeping the order within each.
void sort_by_destination(const Drawn& drawn, std::size_t regions, Outbox& outbox) {
  const std::size_t count = drawn.moves.size();
  outbox.moves.resize(count);
  outbox.luggage.resize(drawn.luggage.size());
  const auto put = [&](std::size_t place, std::size_t from) {
    outbox.moves[place] = drawn.moves[from];
    if (!drawn.luggage.empty()) outbox.luggage[place] = drawn.luggage[from];
  };
  const auto add = [&](std::size_t i, Region destination, std::size_t from) {
    put(i, from);
    if (outbox.bundles.empty() || outbox.bundles.back().destination != destination) {
      outbox.bundles.push_back({destination, i, i});
    }
    outbox.bundles.back().last = i + 1;
  };
  if (count < regions / 8) {
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return drawn.destinations[a] < drawn.destinations[b];
    });
    for (std::size_t i = 0; i < count; ++i) add(i, drawn.destinations[order[i]], order[i]);
    return;
  }
  std::vector<std::uint32_t> place(regions + 1);
  for (const Region destination : drawn.destinations) ++place[destination.index() + 1];
  for (std::size_t d = 0; d < regions; ++d) {
    if (place[d + 1] > 0) outbox.bundles.push_back({Region{d}, place[d], place[d] + place[d + 1]});
    place[d + 1] += place[d];
  }
  for (std::size_t i = 0; i < count; ++i) {
    put(place[drawn.destinations[i].index()]++, i);
  }
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
        empty(outbox.luggage, expected);
        empty(outbox.taken_back, expected);
        outbox.touched.clear();
        draw_part(context, parts[i], population, outbox, rooms);
      },
      in_parallel);
}

}  // namespace sojourn
