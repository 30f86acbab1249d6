#include "bench/counts/engine.hpp"

#include <cmath>
#include <functional>

#include "bench/plain/start.hpp"
#include "sim/base/math.hpp"
#include "sim/base/sampling.hpp"
#include "sim/engine/move.hpp"

namespace sojourn::counts {

namespace {

plain::Agent stayer(std::size_t cell, std::size_t cohort, std::size_t groups,
                    const plain::ArrivalTimes& times) {
  plain::Agent agent;
  agent.residence = static_cast<std::uint16_t>(cell / groups);
  agent.birth = agent.residence;
  agent.previous = agent.residence;
  agent.census = agent.residence;
  agent.group = static_cast<std::uint16_t>(cell % groups);
  agent.cohort = static_cast<std::uint16_t>(cohort);
  agent.arrival = times.never();
  return agent;
}

/// The scenario without its stayers, whose movers the plain engine's start can list.
Scenario without_stayers(const Scenario& scenario) {
  Scenario result = scenario;
  result.population.stayers.assign(scenario.population.stayers.size(), 0.0);
  return result;
}

}  // namespace

Engine::Engine(const Scenario& scenario, RunKey key, Workers& workers)
    : scenario_(&scenario),
      key_(key),
      times_(scenario.time, scenario.population.ages),
      diaspora_(scenario.region_count()),
      numbers_(scenario, Variant{}),
      rows_(scenario.streams.size()),
      flows_(scenario) {
  for (const double persons : scenario.population.stayers) {
    stayers_.push_back(static_cast<std::int64_t>(std::llround(persons / scenario.persons_per_agent)));
  }
  std::vector<std::uint16_t> citizenships;  // which these engines do not know
  movers_ = plain::start_agents(without_stayers(scenario), times_, key, workers, citizenships);
  for (const plain::Agent& agent : movers_) {
    diaspora_.add(Region{std::size_t{agent.residence}}, Region{std::size_t{agent.birth}}, 1);
  }
  numbers_.update(scenario.time.boundary(0), scenario.time.boundary(1));
  for (const Stream& stream : scenario.streams) {
    plain::Destinations& destinations = destinations_.emplace_back(scenario, stream, numbers_);
    destinations.update(numbers_);
    hazards_.emplace_back(scenario, EventKind{std::cref(stream)}, numbers_, &destinations, diaspora_, times_);
  }
}

double Engine::agents() const {
  auto sum = static_cast<double>(movers_.size());
  for (const std::int64_t count : stayers_) sum += static_cast<double>(count);
  return sum;
}

void Engine::update_tables() {
  numbers_.update(scenario_->time.boundary(steps_done_), scenario_->time.boundary(steps_done_ + 1));
  const std::size_t regions = scenario_->region_count();
  for (std::size_t s = 0; s < hazards_.size(); ++s) {
    destinations_[s].update(numbers_);
    hazards_[s].update(numbers_, &destinations_[s], diaspora_, Step{steps_done_});
    // The factors of the worlds that this engine is measured on never change: only the diaspora makes rows
    // old.
    if (destinations_[s].by_birth()) {
      rows_[s].clear();
      rows_[s].resize(scenario_->cell_count() * regions);
    } else if (rows_[s].empty()) {
      rows_[s].resize(scenario_->cell_count());
    }
  }
}

void Engine::advance() {
  update_tables();
  flows_.set_time(scenario_->time.middle(Step{steps_done_}));
  RandomNumbers random(key_, {Process::plain_waiting, Step{steps_done_}.value, 0, 0});
  stayers_leave(random);
  movers_leave(random);
  movers_.insert(movers_.end(), new_movers_.begin(), new_movers_.end());
  new_movers_.clear();
  ++steps_done_;
}

void Engine::stayers_leave(RandomNumbers& random) {
  const double years = scenario_->time.years(Step{steps_done_});
  const std::size_t ages = scenario_->population.ages;
  std::vector<double> hazards(hazards_.size());
  for (std::size_t i = 0; i < stayers_.size(); ++i) {
    const plain::Agent agent = stayer(i / ages, i % ages, scenario_->groups.count(), times_);
    double sum = 0;
    for (std::size_t s = 0; s < hazards.size(); ++s) sum += hazards[s] = hazards_[s].of(agent);
    const std::int64_t leavers = draw_binomial(stayers_[i], -math::expm1(-sum * years), random);
    stayers_[i] -= leavers;
    for (std::int64_t k = 0; k < leavers; ++k) {
      new_movers_.push_back(agent);
      move(new_movers_.back(), stream_of_event(hazards, sum, random), random);
    }
  }
}

void Engine::movers_leave(RandomNumbers& random) {
  const double years = scenario_->time.years(Step{steps_done_});
  std::vector<double> hazards(hazards_.size());
  for (plain::Agent& agent : movers_) {
    double sum = 0;
    for (std::size_t s = 0; s < hazards.size(); ++s) sum += hazards[s] = hazards_[s].of(agent);
    const double u = random.uniform();
    // 1 - exp(-x) is at most x, so that most times the exponential need not be known.
    if (u >= sum * years || u >= -math::expm1(-sum * years)) continue;
    move(agent, stream_of_event(hazards, sum, random), random);
  }
}

StreamId Engine::stream_of_event(const std::vector<double>& hazards, double sum,
                                 RandomNumbers& random) const {
  double mark = random.uniform() * sum;
  std::size_t s = 0;
  while (s + 1 < hazards.size() && mark >= hazards[s]) mark -= hazards[s++];
  return StreamId{s};
}

Region Engine::destination(const plain::Agent& agent, StreamId stream, RandomNumbers& random) {
  const plain::Destinations& destinations = destinations_[stream.index()];
  if (destinations.to_birth()) return Region{std::size_t{agent.birth}};
  if (destinations.to_previous()) return Region{std::size_t{agent.previous}};
  const std::size_t births = destinations.by_birth() ? scenario_->region_count() : 1;
  const std::size_t cell = agent.residence * scenario_->groups.count() + agent.group;
  plain::Row& row = rows_[stream.index()][cell * births + (births == 1 ? 0 : agent.birth)];
  if (row.cumulative.empty()) {
    row = destinations.row(Region{std::size_t{agent.residence}},
                           {Region{std::size_t{agent.birth}}, Region{std::size_t{agent.birth}}},
                           Group{std::size_t{agent.group}}, diaspora_);
  }
  return row.draw(random);
}

void Engine::move(plain::Agent& agent, StreamId stream, RandomNumbers& random) {
  const Region origin{std::size_t{agent.residence}};
  const Region birth{std::size_t{agent.birth}};
  const Region to = destination(agent, stream, random);
  const Group leaves_as{std::size_t{agent.group}};
  const Group arrives_as = scenario_->streams[stream.index()].becomes[agent.group];
  flows_.add(origin, to,
             {birth, Region{std::size_t{agent.census}}, leaves_as, Cohort{std::size_t{agent.cohort}}, stream,
              false});
  diaspora_.add(origin, birth, -1);
  diaspora_.add(to, birth, 1);
  agent.previous = agent.residence;
  agent.residence = static_cast<std::uint16_t>(to.value);
  agent.group = static_cast<std::uint16_t>(arrives_as.value);
  agent.arrival = static_cast<std::int32_t>(steps_done_);
  ++moves_;
}

}  // namespace sojourn::counts
