// What people do in a step: who has an event and which, where movers go, and what becomes of them.

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "bench/plain/engine.hpp"
#include "sim/base/math.hpp"
#include "sim/engine/move.hpp"

namespace sojourn::plain {

namespace {

/// The upper 32 bits of numbers uniform over (0, 1), two from each random number.
class Halves {
 public:
  explicit Halves(RandomNumbers& random) : random_(&random) {}
  double next() {
    left_ = !left_;
    if (left_) bits_ = random_->bits();
    return static_cast<double>(static_cast<std::uint32_t>(left_ ? bits_ : bits_ >> 32U)) * 0x1p-32;
  }
  [[nodiscard]] RandomNumbers& random() { return *random_; }

 private:
  RandomNumbers* random_;
  std::uint64_t bits_ = 0;
  bool left_ = false;
};

/// The event of the shortest waiting time, each of them exponential, that comes within `years`.
/// `is_open`: by kind of event, whether it can happen; empty: any can.
template <class Hazards>
std::optional<std::pair<EventId, double>> earliest_event(const Hazards& hazards, const Agent& agent,
                                                         double years, Halves& halves,
                                                         const std::vector<bool>& is_open = {}) {
  double earliest = years;
  EventId kind;
  for (std::size_t s = 0; s < hazards.size(); ++s) {
    if (!is_open.empty() && !is_open[s]) continue;
    const double hazard = hazards[s].of(agent);
    if (hazard == 0) continue;
    const double least = halves.next();
    // -log(1 - v) is at least v, so that most times neither the rest of v nor the logarithm need be known.
    if (least >= hazard * earliest) continue;
    const double v = least + 0x1p-32 * halves.random().uniform();
    const double waiting_time = -math::log1p(-v) / hazard;
    if (waiting_time >= earliest) continue;
    earliest = waiting_time;
    kind = EventId{s};
  }
  if (earliest >= years) return std::nullopt;
  return std::pair{kind, earliest};
}

}  // namespace

std::vector<Engine::Event> Engine::draw_first_events() const {
  const std::size_t pieces = (agents_.size() + piece - 1) / piece;
  std::vector<std::vector<Event>> by_piece(pieces);
  workers_->for_each(pieces, [&](std::size_t i) {
    by_piece[i] = draw_first_events(i * piece, std::min(agents_.size(), (i + 1) * piece));
  });
  std::vector<Event> events;
  for (const auto& list : by_piece) events.insert(events.end(), list.begin(), list.end());
  return events;
}

std::vector<Engine::Event> Engine::draw_first_events(std::size_t first, std::size_t last) const {
  const auto number = static_cast<std::uint32_t>(first / piece);
  RandomNumbers random(key_, {Process::plain_waiting, Step{steps_done_}.value, number, 0});
  Halves halves(random);
  const double years = scenario_->time.years(Step{steps_done_});
  std::vector<Event> events;
  for (std::size_t i = first; i < last; ++i) {
    const auto event = earliest_event(hazards_, agents_[i], years, halves);
    if (event) events.push_back({i, event->first, years - event->second});
  }
  return events;
}

std::vector<Engine::Event> Engine::live_through_step() {
  return live_on(draw_first_events(), Process::plain_waiting, {});
}

std::vector<Engine::Event> Engine::live_on(std::vector<Event> events, Process process,
                                           const std::vector<bool>& is_open) {
  std::vector<Event> ends;
  for (std::uint32_t before = 1; !events.empty(); ++before) {
    RandomNumbers random(key_, {process, Step{steps_done_}.value, 0, before});
    Halves halves(random);
    OutcomeDraws outcomes(outcomes_, numbers_, Step{steps_done_},
                          {key_, {Process::plain_outcomes, Step{steps_done_}.value, 0, before}});
    std::vector<Event> next;
    for (Event event : events) {
      const Agent& agent = agents_[event.agent];
      event.kind = outcomes.of(event.kind, region(agent.residence), Group{std::size_t{agent.group}});
      if (!order_.is_change(event.kind)) {
        ends.push_back(event);
        continue;
      }
      change(event);
      const auto later = earliest_event(hazards_, agents_[event.agent], event.left, halves, is_open);
      if (later) next.push_back({event.agent, later->first, event.left - later->second});
    }
    events = std::move(next);
  }
  std::sort(ends.begin(), ends.end(), [](const Event& a, const Event& b) { return a.agent < b.agent; });
  return ends;
}

std::vector<Engine::Event> Engine::first_events_after(const std::vector<Event>& events,
                                                      const std::vector<bool>& chosen,
                                                      const std::vector<bool>& is_open) const {
  RandomNumbers random(key_, {Process::plain_waiting_of_turned_away, Step{steps_done_}.value, 0, 0});
  Halves halves(random);
  std::vector<Event> first;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!chosen[i]) continue;
    const Event& before = events[i];
    const auto next = earliest_event(hazards_, agents_[before.agent], before.left, halves, is_open);
    if (next) first.push_back({before.agent, next->first, before.left - next->second});
  }
  return first;
}

std::vector<Region> Engine::draw_destinations(const std::vector<Event>& events, Process process) const {
  std::vector<std::vector<std::size_t>> from(scenario_->region_count());
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (order_.is_move(events[i].kind)) from[agents_[events[i].agent].residence].push_back(i);
  }
  std::vector<Region> result(events.size());
  workers_->for_each(from.size(), [&](std::size_t o) {
    RandomNumbers random(key_, {process, Step{steps_done_}.value, Region{o}.value, 0});
    // Rows that were needed already, by stream, ties (if they matter), group and day.
    std::map<std::tuple<StreamId, Region, Region, Group, Date>, Row> rows;
    for (const std::size_t i : from[o]) {
      const Agent& agent = agents_[events[i].agent];
      const StreamId stream = EventOrder::stream(events[i].kind);
      const Destinations& destinations = destinations_[stream.index()];
      if (destinations.to_birth()) {
        result[i] = region(agent.birth);
      } else if (destinations.to_previous()) {
        result[i] = region(agent.previous);
      } else {
        const Region birth = destinations.by_birth() ? region(agent.birth) : Region{};
        const Region citizenship = destinations.by_citizenship() ? region(agent.citizenship) : Region{};
        const Group group{std::size_t{agent.group}};
        const Date day = draw_day(stream, Region{o}, group, random);
        auto row = rows.find({stream, birth, citizenship, group, day});
        if (row == rows.end()) {
          row = rows.emplace(std::tuple{stream, birth, citizenship, group, day},
                             destinations.row(Region{o}, {birth, citizenship}, group, diaspora_, day))
                    .first;
        }
        result[i] = row->second.draw(random);
      }
    }
  });
  return result;
}

/// Of those with the same doors only one is ever drawn.
Date Engine::draw_day(StreamId stream, Region origin, Group group, RandomNumbers& random) const {
  const TimeGrid& time = scenario_->time;
  const std::vector<Days> days = destinations_[stream.index()].doorkeeper().days(
      time.boundary(steps_done_), time.boundary(steps_done_ + 1));
  if (days.size() == 1) return days[0].one;
  std::vector<double> cumulative;
  double sum = 0;
  for (const Days& some : days) {
    sum +=
        hazards_[stream.index()].on(some, origin, group, numbers_, &destinations_[stream.index()], diaspora_);
    cumulative.push_back(sum);
  }
  const auto drawn = std::upper_bound(cumulative.begin(), cumulative.end(), random.uniform() * sum);
  return days[static_cast<std::size_t>(std::min(drawn, cumulative.end() - 1) - cumulative.begin())].one;
}

void Engine::move(const Event& event, Region destination, AgeDraws& ages) {
  Agent& agent = agents_[event.agent];
  const Region origin = region(agent.residence);
  const Group leaves_as{std::size_t{agent.group}};
  const StreamId stream = EventOrder::stream(event.kind);
  const Group arrives_as = scenario_->streams[stream.index()].becomes[agent.group];
  const Cohort cohort{std::size_t{agent.cohort}};
  const bool older = flows_.cuts(cohort) && ages.older(event.kind, origin, leaves_as, cohort, 1) > 0;
  flows_.add(origin, destination,
             {region(agent.birth), region(agent.census), leaves_as, cohort, stream, false}, older);
  ++departures_[origin.index() * scenario_->streams.size() + stream.index()];
  ++arrivals_[destination.index() * scenario_->streams.size() + stream.index()];
  if (usual_.asked_for()) {
    leave_usual(event.agent);
    usual_.add(region(usual_of_[event.agent]), destination, steps_done_, 1);
  }
  if (queues_.asked_for()) {
    queues_.add_left(origin, leaves_as, 1);
    tickets_[event.agent] = tickets_[event.agent].kept(scenario_->groups, arrives_as);
    for (std::size_t q = 0; q < scenario_->queues.size(); ++q) {
      if (scenario_->groups.waits(arrives_as, QueueId{q})) queues_.add_requests(destination, QueueId{q}, 1);
    }
  }
  diaspora_.add(origin, region(agent.birth), -1);
  --residents(agent);
  agent.previous = agent.residence;
  agent.residence = static_cast<std::uint16_t>(destination.value);
  agent.group = static_cast<std::uint16_t>(arrives_as.value);
  agent.arrival = static_cast<std::int32_t>(steps_done_);
  ++residents(agent);
  diaspora_.add(destination, region(agent.birth), 1);
  ++moves_;
}

void Engine::leave_usual(std::size_t number) {
  const Agent& agent = agents_[number];
  if (agent.arrival == times_.never() || usual_.is_settled(agent.arrival, steps_done_)) {
    usual_of_[number] = agent.residence;
  } else {
    usual_.add(region(usual_of_[number]), region(agent.residence), static_cast<std::size_t>(agent.arrival),
               -1);
  }
}

void Engine::change(const Event& event) {
  Agent& agent = agents_[event.agent];
  const GroupChange& change = changes_[order_.change(event.kind).index()];
  const Region here = region(agent.residence);
  const Group before{std::size_t{agent.group}};
  const Group after = group_after(change, before, {scenario_->groups, Step{steps_done_}, here});
  if (change.outcome) vitals_.add_transitions(here, *change.outcome, before, 1);
  if (!change.joins) {
    queues_.add_left(here, change.gives_up ? scenario_->groups.left(before, *change.gives_up) : before, after,
                     1);
  }
  if (change.joins) {
    queues_.add_requests(here, *change.joins, 1);
    tickets_[event.agent] = tickets_[event.agent].joined(*change.joins, Step{steps_done_});
  }
  if (change.gives_up) queues_.add_given_up(here, *change.gives_up, 1);
  if (change.naturalises) agent.citizenship = agent.residence;
  put_into(agent, after);
  if (queues_.asked_for()) tickets_[event.agent] = tickets_[event.agent].kept(scenario_->groups, after);
}
}  // namespace sojourn::plain
