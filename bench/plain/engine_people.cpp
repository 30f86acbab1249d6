// Who comes into the list of people and who goes out of it: entries, births, deaths and exits.

#include <algorithm>
#include <optional>
#include <utility>

#include "bench/plain/engine.hpp"

namespace sojourn::plain {

void Engine::bury(const std::vector<Event>& events) {
  AgeDraws ages(ages_, key_, {Process::plain_recorded_ages, Step{steps_done_}.value, 0, 0});
  std::vector<bool> gone(agents_.size());
  for (const Event& event : events) {
    if (!order_.is_exit(event.kind)) continue;
    gone[event.agent] = true;
    const Agent& agent = agents_[event.agent];
    const Group group{std::size_t{agent.group}};
    const Region here = region(agent.residence);
    if (const std::optional<OutcomeId> outcome = order_.outcome(event.kind)) {
      leave_by(*outcome, event.agent);
    } else if (const std::optional<OutflowId> outflow = order_.outflow(event.kind)) {
      queues_.add_left(here, group, 1);
      vitals_.add_outflow(here, *outflow, group, 1);
      ++outflow_[agent.residence * exit_count(*scenario_) + outflow->index()];
    } else {
      queues_.add_left(here, group, 1);
      const Cohort cohort{std::size_t{agent.cohort}};
      const std::int64_t older = vitals_.cuts(cohort) ? ages.older(event.kind, here, group, cohort, 1) : 0;
      vitals_.add_deaths(here, group, cohort, 1, older);
    }
    forget(event.agent);
  }
  take_out(gone);
}

void Engine::leave_by(OutcomeId outcome, std::size_t number) {
  const Agent& agent = agents_[number];
  const Region here = region(agent.residence);
  const Group before{std::size_t{agent.group}};
  const GroupChange& change = changes_[order_.change(outcome).index()];
  const OutflowId way_out = *order_.way_out(outcome);
  vitals_.add_transitions(here, outcome, before, 1);
  vitals_.add_outflow(here, way_out, before, 1);
  ++outflow_[agent.residence * exit_count(*scenario_) + way_out.index()];
  if (change.gives_up) queues_.add_given_up(here, *change.gives_up, 1);
  // Of the queue that it waited in for this, giving up or being served is counted by itself.
  const std::optional<QueueId> queue =
      scenario_->transitions[counted_[outcome.index()].transition.index()].queue;
  queues_.add_left(here, queue ? scenario_->groups.left(before, *queue) : before, 1);
}

void Engine::forget(std::size_t number) {
  const Agent& agent = agents_[number];
  if (usual_.asked_for()) leave_usual(number);
  diaspora_.add(region(agent.residence), region(agent.birth), -1);
  --residents(agent);
}

void Engine::take_out(const std::vector<bool>& gone) {
  std::size_t last = 0;
  for (std::size_t i = 0; i < agents_.size(); ++i) {
    if (gone[i]) continue;
    if (usual_.asked_for()) usual_of_[last] = usual_of_[i];
    if (queues_.asked_for()) tickets_[last] = tickets_[i];
    agents_[last++] = agents_[i];
  }
  agents_.resize(last);
  if (usual_.asked_for()) usual_of_.resize(last);
  if (queues_.asked_for()) tickets_.resize(last);
}

void Engine::let_in() {
  const std::size_t regions = scenario_->region_count();
  const Step step{steps_done_};
  inflow_.assign(regions * scenario_->inflows.size(), 0);
  asking_.clear();
  for (std::size_t i = 0; i < scenario_->inflows.size(); ++i) {
    const Inflow& inflow = scenario_->inflows[i];
    const std::vector<double> by_cohort =
        cohorts_of_entry(inflow, Cohorts(*scenario_), scenario_->time.middle(step));
    for (std::size_t r = 0; r < regions; ++r) {
      RandomNumbers random(
          key_, {Process::plain_inflow, step.value, Region{r}.value, static_cast<std::uint32_t>(i)});
      const std::int64_t number = expected_entries_.draw(i, Region{r}, step, numbers_, random);
      for (std::int64_t k = 0; k < number; ++k) {
        const Group group = draw_group(inflow.groups, random);
        const Newcomer newcomer{InflowId{i}, Region{r}, group, draw_cohort(by_cohort, random)};
        if (inflow.draws.empty()) {
          enter(newcomer);
        } else {
          asking_.push_back(newcomer);
        }
      }
    }
  }
}

void Engine::enter(const Newcomer& newcomer) {
  const std::size_t regions = scenario_->region_count();
  const Inflow& inflow = scenario_->inflows[newcomer.inflow.index()];
  Agent agent;
  agent.residence = static_cast<std::uint16_t>(newcomer.region.value);
  agent.birth = static_cast<std::uint16_t>(inflow.birth ? inflow.birth->index() : regions);
  agent.citizenship = static_cast<std::uint16_t>(inflow.citizenship.value_or(region(agent.birth)).value);
  agent.previous = agent.census = static_cast<std::uint16_t>(regions);
  agent.group = static_cast<std::uint16_t>(newcomer.group.value);
  agent.cohort = static_cast<std::uint16_t>(newcomer.cohort.value);
  agent.arrival = static_cast<std::int32_t>(steps_done_);
  agents_.push_back(agent);
  if (usual_.asked_for()) usual_of_.push_back(static_cast<std::uint16_t>(regions));
  if (queues_.asked_for()) tickets_.emplace_back();
  ++residents(agent);
  ++inflow_[newcomer.region.index() * scenario_->inflows.size() + newcomer.inflow.index()];
  diaspora_.add(newcomer.region, region(agent.birth), 1);
  vitals_.add_inflow(newcomer.region, newcomer.inflow.index(), newcomer.group, 1);
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
      const Region here = region(parent.residence);
      const bool inherits = scenario_->demography.births->citizenship_is_inherited;
      const Region citizenship = inherits ? region(parent.citizenship) : here;
      Birth birth{here, scenario_->groups.tied(groups[g].group, {here, citizenship}), citizenship, false};
      if (scenario_->demography.deaths) {
        Agent child;
        child.residence = child.birth = parent.residence;
        child.citizenship = static_cast<std::uint16_t>(citizenship.value);
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
    child.citizenship = static_cast<std::uint16_t>(birth.citizenship.value);
    child.residence = child.birth = child.previous = static_cast<std::uint16_t>(birth.region.value);
    child.census = static_cast<std::uint16_t>(scenario_->region_count());
    child.group = static_cast<std::uint16_t>(birth.group.value);
    child.cohort = static_cast<std::uint16_t>(newborn_.value);
    child.arrival = times_.never();
    agents_.push_back(child);
    if (usual_.asked_for()) usual_of_.push_back(child.residence);
    if (queues_.asked_for()) tickets_.emplace_back();
    ++residents(child);
    diaspora_.add(birth.region, birth.region, 1);
  }
}

}  // namespace sojourn::plain
