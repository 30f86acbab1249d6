// Who waits at an office, in which order they are served, and what becomes of them.

#include <algorithm>
#include <tuple>

#include "bench/plain/engine.hpp"
#include "sim/model/age_groups.hpp"

namespace sojourn::plain {

void Engine::open_offices() {
  let_go_.assign(agents_.size(), false);
  for (std::size_t q = 0; q < scenario_->queues.size(); ++q) {
    const QueueId queue{q};
    const std::size_t offices = scenario_->queues[q].one_office ? 1 : scenario_->region_count();
    for (std::size_t o = 0; o < offices; ++o) {
      std::vector<std::size_t> line = line_of(queue, Region{o});
      const std::int64_t limit = office_limits_.in_step(queue, Region{o}, Step{steps_done_}, numbers_);
      line.resize(std::min(line.size(), static_cast<std::size_t>(limit)));
      OutcomeDraws outcomes(
          outcomes_, numbers_, Step{steps_done_},
          {key_, {Process::plain_office_outcomes, Step{steps_done_}.value, Region{o}.value, queue.value}});
      for (const std::size_t number : line) serve(queue, number, outcomes);
      office_limits_.note_served(queue, Region{o}, static_cast<std::int64_t>(line.size()));
    }
  }
  take_out(let_go_);
}

std::vector<std::size_t> Engine::line_of(QueueId queue, Region office) const {
  const Queue& of = scenario_->queues[queue.index()];
  RandomNumbers random(key_, {Process::plain_offices, Step{steps_done_}.value, office.value,
                              static_cast<std::uint32_t>(queue.index())});
  AgeGroups ages(Cohorts(*scenario_), of.priority_from_age);
  ages.set_time(scenario_->time.middle(Step{steps_done_}));
  // By priority, step, and at random.
  std::vector<std::tuple<std::size_t, std::uint32_t, std::uint64_t, std::size_t>> places;
  for (std::size_t i = 0; i < agents_.size(); ++i) {
    const Agent& agent = agents_[i];
    const Group group{std::size_t{agent.group}};
    if (let_go_[i] || !scenario_->groups.waits(group, queue)) continue;
    if (!of.one_office && agent.residence != office.value) continue;
    const Cohort cohort{std::size_t{agent.cohort}};
    const bool is_older = ages.cuts(cohort) && random.uniform() < ages.older_share(cohort);
    const std::size_t age_class = ages.of(cohort) + (is_older ? 1 : 0);
    places.emplace_back(of.priority_of(group, age_class), tickets_[i].entry(queue.index()), random.bits(), i);
  }
  std::sort(places.begin(), places.end());
  std::vector<std::size_t> line;
  line.reserve(places.size());
  for (const auto& place : places) line.push_back(std::get<3>(place));
  return line;
}

void Engine::serve(QueueId queue, std::size_t number, OutcomeDraws& outcomes) {
  Agent& agent = agents_[number];
  const Region here = region(agent.residence);
  const Group before{std::size_t{agent.group}};
  const Queue& of = scenario_->queues[queue.index()];
  const std::size_t joined = tickets_[number].entry(queue.index()) - 1;
  const TimeGrid& time = scenario_->time;
  queues_.add_served(here, queue, (time.boundary(steps_done_) - time.boundary(joined)).count(), 1);
  OutcomeId drawn;
  outcomes.split(of.transition, here, before, 1, [&](OutcomeId outcome, std::int64_t) { drawn = outcome; });
  if (order_.way_out(drawn)) {
    leave_by(drawn, number);
    forget(number);
    let_go_[number] = true;
    return;
  }
  const Outcome* outcome = counted_[drawn.index()].outcome;
  const Group after = outcome != nullptr ? outcome->becomes[before.index()] : of.served[before.index()];
  vitals_.add_transitions(here, drawn, before, 1);
  queues_.add_left(here, scenario_->groups.left(before, queue), after, 1);
  if (outcome != nullptr ? outcome->naturalises : scenario_->transitions[of.transition.index()].naturalises)
    naturalise(number);
  put_into(agent, after);
  tickets_[number] = tickets_[number].kept(scenario_->groups, after);
}

}  // namespace sojourn::plain
