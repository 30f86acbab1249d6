// Who is admitted of those whose moves draw on limits, and what becomes of the others.

#include <algorithm>
#include <tuple>
#include <utility>

#include "bench/plain/engine.hpp"

namespace sojourn::plain {

bool Engine::draws(const Event& event) const {
  return order_.is_move(event.kind) &&
         !scenario_->streams[EventOrder::stream(event.kind).index()].draws.empty();
}

std::vector<std::int64_t> Engine::count_by_cell() const {
  std::vector<std::int64_t> counts(scenario_->cell_count());
  for (const Agent& agent : agents_) ++counts[agent.residence * scenario_->groups.count() + agent.group];
  return counts;
}

/// By cell, once all events are over but those that draw on limits.
std::vector<std::int64_t> Engine::occupants(const std::vector<Event>& events,
                                            const std::vector<Region>& destinations) const {
  const std::size_t groups = scenario_->groups.count();
  std::vector<std::int64_t> counts = count_by_cell();
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (draws(events[i])) continue;
    const Agent& agent = agents_[events[i].agent];
    --counts[agent.residence * groups + agent.group];
    if (!order_.is_move(events[i].kind)) continue;
    const Stream& stream = scenario_->streams[EventOrder::stream(events[i].kind).index()];
    ++counts[destinations[i].index() * groups + stream.becomes[agent.group].index()];
  }
  return counts;
}

LimitCase Engine::case_of(const Event& event, Region destination) const {
  const Agent& agent = agents_[event.agent];
  const Stream& stream = scenario_->streams[EventOrder::stream(event.kind).index()];
  const Region citizenship = region(agent.citizenship);
  return {stream.draws, region(agent.residence),     Group{std::size_t{agent.group}},
          destination,  stream.becomes[agent.group], citizenship};
}

bool Engine::is_admitted(Event& event, Region& destination, RandomNumbers& random) {
  if (ledger_.admit(case_of(event, destination))) return true;
  const StreamId stream = EventOrder::stream(event.kind);
  ledger_.add_turned_away(stream, destination);
  const Otherwise& otherwise = scenario_->streams[stream.index()].otherwise;
  if (otherwise.kind == Otherwise::Kind::stay) return false;
  const bool next = otherwise.kind == Otherwise::Kind::next_choice;
  const Region origin = region(agents_[event.agent].residence);
  if (!next && random.uniform() >= numbers_.parameter(otherwise.share).at(origin, Group{})) return false;
  const Destinations& destinations = destinations_[(next ? stream : otherwise.stream).index()];
  const Agent& agent = agents_[event.agent];
  const Region citizenship = region(agent.citizenship);
  const std::vector<Days> days = destinations.doorkeeper().days(scenario_->time.boundary(steps_done_),
                                                                scenario_->time.boundary(steps_done_ + 1));
  double point = days.size() == 1 ? 0 : random.uniform();
  std::size_t day = 0;
  while (day + 1 < days.size() && point >= days[day].share) point -= days[day++].share;
  const Row row = destinations.row(origin, {region(agent.birth), citizenship},
                                   Group{std::size_t{agent.group}}, diaspora_, days[day].one);
  if (!row.open()) return false;
  if (!next) {
    const Event by_other{event.agent, EventOrder::move(otherwise.stream), event.left};
    const Region there = row.draw(random);
    if (!ledger_.admit(case_of(by_other, there))) {
      ledger_.add_turned_away(otherwise.stream, there);
      return false;
    }
    event = by_other;
    destination = there;
    return true;
  }
  // Drawn until there is room, each time without those that turned out to be full.
  Row rest = row;
  const auto strike_out = [&](Region full) {
    const double weight =
        rest.cumulative[full.index()] - (full.index() == 0 ? 0 : rest.cumulative[full.index() - 1]);
    for (std::size_t d = full.index(); d < rest.cumulative.size(); ++d)
      rest.cumulative[d] = std::max(0.0, rest.cumulative[d] - weight);
  };
  for (strike_out(destination); rest.open(); strike_out(destination)) {
    destination = rest.draw(random);
    if (ledger_.admit(case_of(event, destination))) return true;
  }
  return false;
}

bool Engine::is_admitted(const Newcomer& newcomer) {
  const Inflow& inflow = scenario_->inflows[newcomer.inflow.index()];
  const Region outside{scenario_->region_count()};
  return ledger_.admit({inflow.draws, outside, newcomer.group, newcomer.region, newcomer.group,
                        inflow.citizenship.value_or(inflow.birth.value_or(outside))});
}

void Engine::ask_for_admission(std::vector<Event>& events, std::vector<Region>& destinations) {
  ledger_.set_occupants(occupants(events, destinations));
  // Whoever has the smallest number is the first.
  RandomNumbers random(key_, {Process::plain_admission, Step{steps_done_}.value, 0, 0});
  std::vector<std::pair<std::uint64_t, std::size_t>> line;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (draws(events[i])) line.emplace_back(random.bits(), i);
  }
  for (std::size_t i = 0; i < asking_.size(); ++i) line.emplace_back(random.bits(), events.size() + i);
  std::sort(line.begin(), line.end());
  std::vector<bool> stays(events.size());
  std::vector<Newcomer> admitted;
  for (const auto& [number, i] : line) {
    if (i >= events.size()) {
      const Newcomer& newcomer = asking_[i - events.size()];
      if (is_admitted(newcomer)) {
        admitted.push_back(newcomer);
      } else {
        ledger_.add_turned_away(newcomer.inflow, newcomer.region);
      }
      continue;
    }
    stays[i] = !is_admitted(events[i], destinations[i], random);
  }
  asking_ = std::move(admitted);
  std::vector<bool> is_open(hazards_.size(), true);
  for (std::size_t s = 0; s < scenario_->streams.size(); ++s)
    is_open[s] = scenario_->streams[s].draws.empty();
  std::vector<std::pair<Event, Region>> all;
  std::vector<Event> later = first_events_after(events, stays, is_open);
  later = live_on(std::move(later), Process::plain_waiting_of_turned_away, is_open);
  const std::vector<Region> where = draw_destinations(later, Process::plain_destinations_of_turned_away);
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!stays[i]) all.emplace_back(events[i], destinations[i]);
  }
  for (std::size_t i = 0; i < later.size(); ++i) all.emplace_back(later[i], where[i]);
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.first.agent < b.first.agent; });
  events.clear();
  destinations.clear();
  for (const auto& [event, destination] : all) {
    events.push_back(event);
    destinations.push_back(destination);
  }
}

}  // namespace sojourn::plain
