#include "bench/plain/engine.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "bench/plain/start.hpp"
#include "sim/base/anniversary.hpp"
#include "sim/model/run_fault.hpp"

namespace sojourn::plain {

Engine::Engine(const Scenario& scenario, const Variant& variant, RunKey key, Workers& workers)
    : scenario_(&scenario),
      variant_(&variant),
      key_(key),
      workers_(&workers),
      times_(scenario.time, scenario.population.ages),
      agents_(start_agents(scenario, times_, key, workers)),
      numbers_(scenario, variant),
      feedback_(scenario),
      residents_(count_residents()),
      diaspora_(scenario.region_count(), scenario.birth_count()),
      flows_(scenario),
      vitals_(scenario),
      ages_(scenario),
      usual_(scenario),
      queues_(scenario),
      office_limits_(scenario),
      ledger_(scenario),
      order_(scenario),
      changes_(group_changes(scenario)),
      outcomes_(scenario),
      counted_(counted_outcomes(scenario)),
      expected_entries_(scenario, key, Process::plain_inflow_rounding) {
  for (const Agent& agent : agents_) diaspora_.add(region(agent.residence), region(agent.birth), 1);
  for (const Agent& agent : agents_) {
    if (usual_.asked_for()) usual_of_.push_back(agent.residence);
  }
  if (queues_.asked_for()) tickets_.resize(agents_.size());
  for (const Queue& queue : scenario.queues) clocks_.emplace_back(scenario.time, queue);
  join_at_start();
  Numbers start(scenario, Variant{});
  start.update(scenario.time.boundary(0), scenario.time.boundary(1));
  Feedback(scenario).update({residents_, diaspora_, {}, {}, {}, {}}, Step{}, start);
  const Variant no_policies;
  const Doorkeeper at_start(scenario, no_policies);
  const Doorkeeper doorkeeper(scenario, variant);
  const auto add_hazard = [&](const EventKind& kind) {
    const Stream* const stream = kind.stream();
    if (stream == nullptr) {
      hazards_.emplace_back(scenario, kind, start, nullptr, diaspora_, times_, doorkeeper);
      return;
    }
    Destinations destinations(scenario, *stream, start, at_start);
    destinations.update(start);
    hazards_.emplace_back(scenario, kind, start, &destinations, diaspora_, times_, doorkeeper);
    destinations_.emplace_back(scenario, *stream, start, doorkeeper);
  };
  for (const EventKind& kind : event_kinds(scenario)) {
    with_utilities_explained(scenario, Step{}, [&] { add_hazard(kind); });
  }
  if (const auto& births = scenario.demography.births) {
    fertility_.emplace(scenario, EventKind{std::cref(*births)}, start, nullptr, diaspora_, times_,
                       doorkeeper);
  }
  with_utilities_explained(scenario, Step{}, [&] { update_tables(); });
}

void Engine::update_tables() {
  const Step step{steps_done_};
  numbers_.update(scenario_->time.boundary(steps_done_), scenario_->time.boundary(steps_done_ + 1));
  feedback_.update(
      {residents_, diaspora_, arrivals_, departures_, inflow_, outflow_, vitals_.births_in_step(),
       vitals_.deaths_in_step(), vitals_.transitions_in_step(), queues_.requests_in_step()},
      step, numbers_);
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
  vitals_.begin_step();
  queues_.begin_step();
  arrivals_.assign(scenario_->region_count() * scenario_->streams.size(), 0);
  departures_ = arrivals_;
  outflow_.assign(scenario_->region_count() * exit_count(*scenario_), 0);
  let_in();
  std::vector<Birth> children;
  if (fertility_) children = draw_births(0, 0, agents_.size());
  std::vector<Event> events = live_through_step();
  std::vector<Region> destinations = with_utilities_explained(
      *scenario_, step, [&] { return draw_destinations(events, Process::plain_destinations); });
  if (!scenario_->limits.empty()) {
    ledger_.begin_step(step, numbers_);
    with_utilities_explained(*scenario_, step, [&] { ask_for_admission(events, destinations); });
  }
  AgeDraws ages(ages_, key_, {Process::plain_recorded_ages, Step{steps_done_}.value, 0, 1});
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (order_.is_move(events[i].kind)) move(events[i], destinations[i], ages);
  }
  if (scenario_->demography.deaths || exit_count(*scenario_) > 0) bury(events);
  for (const Newcomer& newcomer : asking_) enter(newcomer);
  if (queues_.asked_for()) open_offices();
  if (fertility_) bear_children(std::move(children));
  for (std::size_t q = 0; fertility_ && q < scenario_->queues.size(); ++q) join_at_once(QueueId{q});
  if (!scenario_->limits.empty()) {
    ledger_.set_occupants(count_by_cell());
    ledger_.end_step();
  }
  ++steps_done_;
}

void Engine::put_into(Agent& agent, Group group) {
  --residents(agent);
  agent.group = static_cast<std::uint16_t>(group.value);
  ++residents(agent);
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
  DiasporaStock stock(scenario_->region_count(), scenario_->citizenship_count());
  for (const Agent& agent : agents_) stock.add(region(agent.residence), region(agent.citizenship), 1);
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
  return {.scenario = *scenario_,
          .variant = *variant_,
          .steps_done = steps_done_,
          .numbers = numbers_,
          .residents = residents_,
          .diaspora = diaspora_,
          .flows = flows_,
          .vitals = vitals_,
          .queues = queues_,
          .limits = ledger_,
          .usual = usual_,
          .take_relocations = [this] { return take_relocations(); },
          .foreign_citizens = [this] { return foreign_citizens(); },
          .most_moves = [this] { return most_moves(); },
          .checks = {steps_done_, moves_},
          .key = key_};
}

}  // namespace sojourn::plain
