#include "bench/plain/engine.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "bench/plain/start.hpp"
#include "sim/base/anniversary.hpp"
#include "sim/base/math.hpp"
#include "sim/engine/move.hpp"
#include "sim/model/run_fault.hpp"

namespace sojourn::plain {

namespace {

/// Agents that one thread takes at a time; each piece has random numbers of its own.
constexpr std::size_t piece = std::size_t{1} << 16U;

/// The upper 32 bits of numbers uniform over (0, 1), two from each random number.
class Halves {
 public:
  explicit Halves(RandomNumbers& random) : random_(&random) {}
  double next() {
    left_ = !left_;
    if (left_) bits_ = random_->bits();
    return static_cast<double>(static_cast<std::uint32_t>(left_ ? bits_ : bits_ >> 32U)) * 0x1p-32;
  }

 private:
  RandomNumbers* random_;
  std::uint64_t bits_ = 0;
  bool left_ = false;
};

Region region(std::uint16_t number) { return Region{std::size_t{number}}; }

}  // namespace

Engine::Engine(const Scenario& scenario, const Variant& variant, RunKey key, Workers& workers)
    : scenario_(&scenario),
      variant_(&variant),
      key_(key),
      workers_(&workers),
      times_(scenario.time, scenario.population.ages),
      agents_(start_agents(scenario, times_, key, workers, citizenship_of_)),
      numbers_(scenario, variant),
      by_citizenship_(history_needs(scenario).citizenship),
      feedback_(scenario),
      residents_(count_residents()),
      diaspora_(scenario.region_count(), scenario.birth_count()),
      flows_(scenario),
      vitals_(scenario),
      ages_(scenario),
      usual_(scenario),
      queues_(scenario),
      office_limits_(scenario),
      order_(scenario),
      changes_(group_changes(scenario)),
      expected_entries_(scenario, key, Process::plain_inflow_rounding) {
  for (const Agent& agent : agents_) diaspora_.add(region(agent.residence), region(agent.birth), 1);
  for (const Agent& agent : agents_) {
    if (usual_.asked_for()) usual_of_.push_back(agent.residence);
  }
  if (queues_.asked_for()) tickets_.resize(agents_.size());
  Numbers start(scenario, Variant{});
  start.update(scenario.time.boundary(0), scenario.time.boundary(1));
  Feedback(scenario).update({residents_, diaspora_, {}, {}, {}, {}}, Step{}, start);
  const auto add_hazard = [&](const EventKind& kind) {
    if (kind.stream == nullptr) {
      hazards_.emplace_back(scenario, kind, start, nullptr, diaspora_, times_);
      return;
    }
    Destinations destinations(scenario, *kind.stream, start);
    destinations.update(start);
    hazards_.emplace_back(scenario, kind, start, &destinations, diaspora_, times_);
    destinations_.emplace_back(scenario, *kind.stream, start);
  };
  for (const EventKind& kind : event_kinds(scenario)) {
    with_utilities_explained(scenario, Step{}, [&] { add_hazard(kind); });
  }
  if (const auto& births = scenario.demography.births) {
    fertility_.emplace(scenario, EventKind{&births->who, &births->hazard, nullptr, nullptr, nullptr}, start,
                       nullptr, diaspora_, times_);
  }
  with_utilities_explained(scenario, Step{}, [&] { update_tables(); });
}

void Engine::update_tables() {
  const Step step{steps_done_};
  numbers_.update(scenario_->time.boundary(steps_done_), scenario_->time.boundary(steps_done_ + 1));
  feedback_.update({residents_, diaspora_, arrivals_, departures_, inflow_, outflow_}, step, numbers_);
  flows_.set_time(scenario_->time.middle(step));
  vitals_.set_time(scenario_->time.middle(step));
  ages_.update(numbers_, step);
  newborn_ = Cohorts(*scenario_).newborn(whole_years(scenario_->time, step));
  for (std::size_t s = 0; s < hazards_.size(); ++s) {
    const bool moves = s < destinations_.size();
    if (moves) destinations_[s].update(numbers_);
    hazards_[s].update(numbers_, moves ? &destinations_[s] : nullptr, diaspora_, step);
  }
  if (fertility_) fertility_->update(numbers_, nullptr, diaspora_, step);
}

void Engine::advance() {
  const Step step{steps_done_};
  if (steps_done_ > 0) with_utilities_explained(*scenario_, step, [&] { update_tables(); });
  arrivals_.assign(scenario_->region_count() * scenario_->streams.size(), 0);
  departures_ = arrivals_;
  outflow_.assign(scenario_->region_count() * scenario_->outflows.size(), 0);
  let_in();
  std::vector<Birth> children;
  if (fertility_) children = draw_births(0, 0, agents_.size());
  const std::vector<Event> events = draw_events();
  const std::vector<Region> destinations =
      with_utilities_explained(*scenario_, step, [&] { return draw_destinations(events); });
  AgeDraws ages(ages_, key_, {Process::plain_recorded_ages, Step{steps_done_}.value, 0, 1});
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind < destinations_.size()) {
      move(events[i], destinations[i], ages);
    } else if (order_.is_change(events[i].kind)) {
      change(events[i]);
    }
  }
  if (scenario_->demography.deaths || !scenario_->outflows.empty()) bury(events);
  if (queues_.asked_for()) open_offices();
  if (fertility_) bear_children(std::move(children));
  ++steps_done_;
}

std::vector<Engine::Event> Engine::draw_events() const {
  const std::size_t pieces = (agents_.size() + piece - 1) / piece;
  std::vector<std::vector<Event>> by_piece(pieces);
  workers_->for_each(pieces, [&](std::size_t i) {
    by_piece[i] = draw_events(i * piece, std::min(agents_.size(), (i + 1) * piece));
  });
  std::vector<Event> events;
  for (const auto& list : by_piece) events.insert(events.end(), list.begin(), list.end());
  return events;
}

std::vector<Engine::Event> Engine::draw_events(std::size_t first, std::size_t last) const {
  const auto number = static_cast<std::uint32_t>(first / piece);
  RandomNumbers random(key_, {Process::plain_waiting, Step{steps_done_}.value, number, 0});
  Halves halves(random);
  const double years = scenario_->time.years(Step{steps_done_});
  const std::span<const EventHazard> hazards(hazards_);
  std::vector<Event> events;
  for (std::size_t i = first; i < last; ++i) {
    const Agent agent = agents_[i];
    double earliest = years;
    std::size_t kind = 0;
    for (std::size_t s = 0; s < hazards.size(); ++s) {
      const double hazard = hazards[s].of(agent);
      if (hazard == 0) continue;
      const double least = halves.next();
      // -log(1 - v) is at least v, so that most times neither the rest of v nor the logarithm need be known.
      if (least >= hazard * earliest) continue;
      const double v = least + 0x1p-32 * random.uniform();
      const double waiting_time = -math::log1p(-v) / hazard;
      if (waiting_time >= earliest) continue;
      earliest = waiting_time;
      kind = s;
    }
    if (earliest < years) events.push_back({i, kind});
  }
  return events;
}

std::vector<Region> Engine::draw_destinations(const std::vector<Event>& events) const {
  std::vector<std::vector<std::size_t>> from(scenario_->region_count());
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind < destinations_.size()) from[agents_[events[i].agent].residence].push_back(i);
  }
  std::vector<Region> result(events.size());
  workers_->for_each(from.size(), [&](std::size_t o) {
    RandomNumbers random(key_, {Process::plain_destinations, Step{steps_done_}.value, Region{o}.value, 0});
    // Rows that were needed already, by stream, region of birth (if it matters) and group.
    std::map<std::tuple<StreamId, Region, Region, Group>, Row> rows;
    for (const std::size_t i : from[o]) {
      const Agent& agent = agents_[events[i].agent];
      const StreamId stream{events[i].kind};
      const Destinations& destinations = destinations_[stream.index()];
      if (destinations.to_birth()) {
        result[i] = region(agent.birth);
      } else if (destinations.to_previous()) {
        result[i] = region(agent.previous);
      } else {
        const Region birth = destinations.by_birth() ? region(agent.birth) : Region{};
        const Region citizenship =
            destinations.by_citizenship() ? region(citizenship_of_[events[i].agent]) : Region{};
        const Group group{std::size_t{agent.group}};
        auto row = rows.find({stream, birth, citizenship, group});
        if (row == rows.end()) {
          row = rows.emplace(std::tuple{stream, birth, citizenship, group},
                             destinations.row(Region{o}, {birth, citizenship}, group, diaspora_))
                    .first;
        }
        result[i] = row->second.draw(random);
      }
    }
  });
  return result;
}

void Engine::move(const Event& event, Region destination, AgeDraws& ages) {
  Agent& agent = agents_[event.agent];
  const Region origin = region(agent.residence);
  const Group leaves_as{std::size_t{agent.group}};
  const StreamId stream{event.kind};
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
    tickets_[event.agent] = {};
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
  const GroupChange& change = changes_[event.kind - order_.changes()];
  const Region here = region(agent.residence);
  const Group before{std::size_t{agent.group}};
  const Group after = change.becomes[before.index()];
  if (change.transition) {
    vitals_.add_transitions(here, *change.transition, before, 1);
    queues_.add_left(here, before, after, 1);
  }
  if (change.joins) {
    queues_.add_requests(here, *change.joins, 1);
    tickets_[event.agent] = tickets_[event.agent].joined(*change.joins, Step{steps_done_});
  }
  if (change.gives_up) queues_.add_given_up(here, *change.gives_up, 1);
  if (change.naturalises) naturalise(event.agent);
  put_into(agent, after);
  if (queues_.asked_for()) tickets_[event.agent] = tickets_[event.agent].kept(scenario_->groups, after);
}

void Engine::naturalise(std::size_t number) {
  if (by_citizenship_) citizenship_of_[number] = agents_[number].residence;
}

void Engine::put_into(Agent& agent, Group group) {
  --residents(agent);
  agent.group = static_cast<std::uint16_t>(group.value);
  ++residents(agent);
}

void Engine::open_offices() {
  for (std::size_t q = 0; q < scenario_->queues.size(); ++q) {
    const QueueId queue{q};
    const std::size_t offices = scenario_->queues[q].one_office ? 1 : scenario_->region_count();
    for (std::size_t o = 0; o < offices; ++o) {
      std::vector<std::size_t> line = line_of(queue, Region{o});
      const std::int64_t limit = office_limits_.in_step(queue, Region{o}, Step{steps_done_}, numbers_);
      line.resize(std::min(line.size(), static_cast<std::size_t>(limit)));
      for (const std::size_t number : line) serve(queue, number);
      office_limits_.note_served(queue, Region{o}, static_cast<std::int64_t>(line.size()));
    }
  }
}

std::vector<std::size_t> Engine::line_of(QueueId queue, Region office) const {
  const Queue& of = scenario_->queues[queue.index()];
  RandomNumbers random(key_, {Process::plain_offices, Step{steps_done_}.value, office.value,
                              static_cast<std::uint32_t>(queue.index())});
  // By priority, step, and at random.
  std::vector<std::tuple<std::size_t, std::uint32_t, std::uint64_t, std::size_t>> places;
  for (std::size_t i = 0; i < agents_.size(); ++i) {
    const Agent& agent = agents_[i];
    const Group group{std::size_t{agent.group}};
    if (!scenario_->groups.waits(group, queue)) continue;
    if (!of.one_office && agent.residence != office.value) continue;
    places.emplace_back(of.priority[group.index()], tickets_[i].entry(queue.index()), random.bits(), i);
  }
  std::sort(places.begin(), places.end());
  std::vector<std::size_t> line;
  line.reserve(places.size());
  for (const auto& place : places) line.push_back(std::get<3>(place));
  return line;
}

void Engine::serve(QueueId queue, std::size_t number) {
  Agent& agent = agents_[number];
  const Region here = region(agent.residence);
  const Group before{std::size_t{agent.group}};
  const Group after = scenario_->queues[queue.index()].served[before.index()];
  const std::size_t joined = tickets_[number].entry(queue.index()) - 1;
  const TimeGrid& time = scenario_->time;
  vitals_.add_transitions(here, scenario_->queues[queue.index()].transition, before, 1);
  queues_.add_left(here, scenario_->groups.left(before, queue), after, 1);
  queues_.add_served(here, queue, (time.boundary(steps_done_) - time.boundary(joined)).count(), 1);
  if (scenario_->transitions[scenario_->queues[queue.index()].transition.index()].naturalises) {
    naturalise(number);
  }
  put_into(agent, after);
  tickets_[number] = tickets_[number].kept(scenario_->groups, after);
}

void Engine::bury(const std::vector<Event>& events) {
  const std::size_t first_exit = order_.outflows();
  AgeDraws ages(ages_, key_, {Process::plain_recorded_ages, Step{steps_done_}.value, 0, 0});
  std::size_t last = 0;
  std::size_t next_event = 0;
  for (std::size_t i = 0; i < agents_.size(); ++i) {
    const Agent agent = agents_[i];
    while (next_event < events.size() && events[next_event].agent < i) ++next_event;
    const bool goes =
        next_event < events.size() && events[next_event].agent == i && events[next_event].kind >= first_exit;
    if (!goes) {
      if (usual_.asked_for()) usual_of_[last] = usual_of_[i];
      if (queues_.asked_for()) tickets_[last] = tickets_[i];
      if (by_citizenship_) citizenship_of_[last] = citizenship_of_[i];
      agents_[last++] = agent;
      continue;
    }
    if (usual_.asked_for()) leave_usual(i);
    const Group group{std::size_t{agent.group}};
    queues_.add_left(region(agent.residence), group, 1);
    const std::size_t outflow = events[next_event].kind - first_exit;
    if (outflow < scenario_->outflows.size()) {
      vitals_.add_outflow(region(agent.residence), outflow, group, 1);
      ++outflow_[agent.residence * scenario_->outflows.size() + outflow];
    } else {
      const Cohort cohort{std::size_t{agent.cohort}};
      const Region here = region(agent.residence);
      const std::size_t death = events[next_event].kind;
      const std::int64_t older = vitals_.cuts(cohort) ? ages.older(death, here, group, cohort, 1) : 0;
      vitals_.add_deaths(here, group, cohort, 1, older);
    }
    diaspora_.add(region(agent.residence), region(agent.birth), -1);
    --residents(agent);
  }
  agents_.resize(last);
  if (usual_.asked_for()) usual_of_.resize(last);
  if (queues_.asked_for()) tickets_.resize(last);
  if (by_citizenship_) citizenship_of_.resize(last);
}

void Engine::let_in() {
  const std::size_t regions = scenario_->region_count();
  const Step step{steps_done_};
  inflow_.assign(regions * scenario_->inflows.size(), 0);
  for (std::size_t i = 0; i < scenario_->inflows.size(); ++i) {
    const Inflow& inflow = scenario_->inflows[i];
    const std::vector<double> by_cohort =
        cohorts_of_entry(inflow, Cohorts(*scenario_), scenario_->time.middle(step));
    for (std::size_t r = 0; r < regions; ++r) {
      RandomNumbers random(
          key_, {Process::plain_inflow, step.value, Region{r}.value, static_cast<std::uint32_t>(i)});
      const std::int64_t number = expected_entries_.draw(i, Region{r}, step, numbers_, random);
      inflow_[r * scenario_->inflows.size() + i] = number;
      for (std::int64_t k = 0; k < number; ++k) {
        Agent agent;
        const Group group = draw_group(inflow.groups, random);
        agent.residence = static_cast<std::uint16_t>(r);
        agent.birth = inflow.birth ? static_cast<std::uint16_t>(inflow.birth->value)
                                   : static_cast<std::uint16_t>(regions);
        agent.previous = agent.census = static_cast<std::uint16_t>(regions);
        agent.group = static_cast<std::uint16_t>(group.value);
        agent.cohort = static_cast<std::uint16_t>(draw_cohort(by_cohort, random).value);
        agent.arrival = static_cast<std::int32_t>(steps_done_);
        agents_.push_back(agent);
        if (usual_.asked_for()) usual_of_.push_back(static_cast<std::uint16_t>(regions));
        if (queues_.asked_for()) tickets_.emplace_back();
        if (by_citizenship_) citizenship_of_.push_back(agent.birth);
        ++residents(agent);
        diaspora_.add(Region{r}, region(agent.birth), 1);
        vitals_.add_inflow(Region{r}, i, group, 1);
      }
    }
  }
}

std::vector<Engine::Birth> Engine::draw_births(std::uint32_t generation, std::size_t first,
                                               std::size_t last) const {
  std::vector<std::vector<Birth>> by_piece((last - first + piece - 1) / piece);
  workers_->for_each(by_piece.size(), [&](std::size_t i) {
    const std::size_t from = first + i * piece;
    by_piece[i] = draw_births_of_piece(generation, from, std::min(last, from + piece));
  });
  std::vector<Birth> births;
  for (const auto& list : by_piece) births.insert(births.end(), list.begin(), list.end());
  return births;
}

std::vector<Engine::Birth> Engine::draw_births_of_piece(std::uint32_t generation, std::size_t first,
                                                        std::size_t last) const {
  const auto number = static_cast<std::uint32_t>(first / piece);
  RandomNumbers random(key_, {Process::plain_births, Step{steps_done_}.value, number, generation});
  const double years = scenario_->time.years(Step{steps_done_});
  std::vector<Birth> births;
  for (std::size_t i = first; i < last; ++i) {
    const Agent& parent = agents_[i];
    const double hazard = fertility_->of(parent);
    if (hazard == 0) continue;
    // As many as waiting times fit into half the step, one after another.
    for (double time = random.exponential(); time < 0.5 * hazard * years; time += random.exponential()) {
      double place = random.uniform();
      const auto& groups = scenario_->demography.births->newborn[parent.group];
      std::size_t g = 0;
      while (g + 1 < groups.size() && place >= groups[g].probability) place -= groups[g++].probability;
      Birth birth{region(parent.residence), groups[g].group, false};
      if (scenario_->demography.deaths) {
        Agent child;
        child.residence = child.birth = parent.residence;
        child.group = static_cast<std::uint16_t>(birth.group.value);
        child.cohort = static_cast<std::uint16_t>(newborn_.value);
        child.arrival = times_.never();
        birth.dies = random.exponential() < random.uniform() * years * hazards_.back().of(child);
      }
      births.push_back(birth);
    }
  }
  return births;
}

void Engine::bear_children(std::vector<Birth> children) {
  constexpr std::uint32_t generations = 3;
  std::size_t parents = 0;
  for (std::uint32_t generation = 1; generation <= generations; ++generation) {
    const std::size_t there = agents_.size();
    const std::vector<Birth> more = draw_births(generation, parents, there);
    children.insert(children.end(), more.begin(), more.end());
    settle(children);
    children.clear();
    parents = there;
  }
}

void Engine::settle(const std::vector<Birth>& children) {
  for (const Birth& birth : children) {
    vitals_.add_births(birth.region, birth.group, 1);
    if (birth.dies) {
      vitals_.add_deaths(birth.region, birth.group, newborn_, 1);
      continue;
    }
    Agent child;
    child.residence = child.birth = child.previous = static_cast<std::uint16_t>(birth.region.value);
    child.census = static_cast<std::uint16_t>(scenario_->region_count());
    child.group = static_cast<std::uint16_t>(birth.group.value);
    child.cohort = static_cast<std::uint16_t>(newborn_.value);
    child.arrival = times_.never();
    agents_.push_back(child);
    if (usual_.asked_for()) usual_of_.push_back(child.residence);
    if (queues_.asked_for()) tickets_.emplace_back();
    if (by_citizenship_) citizenship_of_.push_back(child.residence);
    ++residents(child);
    diaspora_.add(birth.region, birth.region, 1);
  }
}

std::int64_t& Engine::residents(const Agent& agent) {
  const std::size_t cell = agent.residence * scenario_->groups.count() + agent.group;
  return residents_[cell * scenario_->cohort_count() + agent.cohort];
}

std::vector<std::int64_t> Engine::count_residents() const {
  const std::size_t cohorts = scenario_->cohort_count();
  std::vector<std::int64_t> counts(scenario_->cell_count() * cohorts);
  for (const Agent& agent : agents_) {
    ++counts[(agent.residence * scenario_->groups.count() + agent.group) * cohorts + agent.cohort];
  }
  return counts;
}

std::vector<std::int64_t> Engine::take_relocations() {
  const std::size_t regions = scenario_->region_count();
  std::vector<std::int64_t> counts(regions * regions);
  for (Agent& agent : agents_) {
    // Who was born since was nowhere.
    if (agent.census != agent.residence && agent.census < regions)
      ++counts[agent.census * regions + agent.residence];
    agent.census = agent.residence;
  }
  return counts;
}

DiasporaStock Engine::foreign_citizens() const {
  DiasporaStock stock(scenario_->region_count(), scenario_->birth_count());
  for (std::size_t i = 0; i < citizenship_of_.size(); ++i) {
    stock.add(region(agents_[i].residence), region(citizenship_of_[i]), 1);
  }
  return stock;
}

double Engine::most_moves() const {
  double rate = 0;
  for (const Agent& agent : agents_) {
    for (const EventHazard& hazard : hazards_) rate += hazard.of(agent);
  }
  return rate * scenario_->time.years(Step{std::min(steps_done_, scenario_->time.steps() - 1)});
}

RunView Engine::view() {
  // The list of agents gets longer by births and shorter by deaths alone.
  return {*scenario_,
          *variant_,
          steps_done_,
          numbers_,
          residents_,
          diaspora_,
          flows_,
          vitals_,
          queues_,
          usual_,
          [this] { return take_relocations(); },
          [this] { return foreign_citizens(); },
          [this] { return most_moves(); },
          {steps_done_, moves_},
          key_};
}

}  // namespace sojourn::plain
