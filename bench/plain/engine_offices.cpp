// Who waits at an office, in which order they are served, and what becomes of them.

#include <algorithm>
#include <tuple>

#include "bench/plain/engine.hpp"
#include "sim/model/age_groups.hpp"

namespace sojourn::plain {

void Engine::open_offices() {
  let_go_.assign(agents_.size(), false);
  std::vector<std::size_t> order;
  for (const bool terms : {true, false}) {
    for (std::size_t q = 0; q < scenario_->queues.size(); ++q) {
      if (scenario_->queues[q].stays_on_moves == terms) order.push_back(q);
    }
  }
  for (const std::size_t q : order) {
    const QueueId queue{q};
    join_at_once(queue);
    if (!scenario_->queues[q].draws.empty()) continue;
    const bool is_unlimited = scenario_->queues[q].is_unlimited;
    const std::size_t offices = scenario_->queues[q].one_office ? 1 : scenario_->region_count();
    for (std::size_t o = 0; o < offices; ++o) {
      std::vector<std::size_t> line = line_of(queue, Region{o});
      if (!is_unlimited) {
        const std::int64_t limit = office_limits_.in_step(queue, Region{o}, Step{steps_done_}, numbers_);
        line.resize(std::min(line.size(), static_cast<std::size_t>(limit)));
      }
      OutcomeDraws outcomes(
          outcomes_, numbers_, Step{steps_done_},
          {key_, {Process::plain_office_outcomes, Step{steps_done_}.value, Region{o}.value, queue.value}});
      for (const std::size_t number : line) serve(queue, number, outcomes);
      if (!is_unlimited) office_limits_.note_served(queue, Region{o}, static_cast<std::int64_t>(line.size()));
    }
  }
  serve_shared();
  for (const std::size_t q : order) join_at_once(QueueId{q});
  take_out(let_go_);
  let_go_.clear();
}

void Engine::join_at_once(QueueId queue) {
  if (!scenario_->queues[queue.index()].joins_at_once) return;
  const Who& who = scenario_->transitions[scenario_->queues[queue.index()].transition.index()].who;
  for (std::size_t i = 0; i < agents_.size(); ++i) {
    const Agent& agent = agents_[i];
    if ((!let_go_.empty() && let_go_[i]) || !who.groups[agent.group] || !who.residences[agent.residence])
      continue;
    queues_.add_requests(region(agent.residence), queue, 1);
    put_into(agents_[i], scenario_->groups.joined(Group{std::size_t{agent.group}}, queue));
    tickets_[i] = tickets_[i].joined(queue, Step{steps_done_});
  }
}

void Engine::join_at_start() {
  for (std::size_t q = 0; q < scenario_->queues.size(); ++q) {
    const Queue& queue = scenario_->queues[q];
    if (!queue.joins_at_once || !queue.stays_on_moves || clocks_[q].most_steps() == 0) continue;
    const Who& who = scenario_->transitions[queue.transition.index()].who;
    const std::vector<double> shares = clocks_[q].shares_at_start();
    RandomNumbers random(key_, {Process::plain_start_tickets, 0, 0, static_cast<std::uint32_t>(q)});
    for (std::size_t i = 0; i < agents_.size(); ++i) {
      if (!who.groups[agents_[i].group] || !who.residences[agents_[i].residence]) continue;
      std::size_t steps = 0;
      for (double place = random.uniform(); steps + 1 < shares.size() && place >= shares[steps]; ++steps)
        place -= shares[steps];
      put_into(agents_[i], scenario_->groups.joined(Group{std::size_t{agents_[i].group}}, QueueId{q}));
      tickets_[i] = tickets_[i].with(q, clocks_[q].before_start(steps + 1));
    }
  }
}

void Engine::serve_shared() {
  if (!scenario_->limits.empty()) {
    std::vector<std::int64_t> occupants = count_by_cell();
    for (std::size_t i = 0; i < agents_.size(); ++i) {
      if (let_go_[i]) --occupants[agents_[i].residence * scenario_->groups.count() + agents_[i].group];
    }
    ledger_.set_occupants(occupants);
  }
  RandomNumbers random(key_, {Process::plain_shared_offices, Step{steps_done_}.value, 0, 0});
  // Everybody in each queue: by its order, by priority, step, and at random.
  std::vector<std::tuple<double, std::size_t, std::uint32_t, std::uint64_t, std::size_t, std::size_t>> cases;
  for (std::size_t q = 0; q < scenario_->queues.size(); ++q) {
    const Queue& of = scenario_->queues[q];
    if (of.draws.empty()) continue;
    AgeGroups ages(Cohorts(*scenario_), of.priority_from_age);
    ages.set_time(scenario_->time.middle(Step{steps_done_}));
    for (std::size_t i = 0; i < agents_.size(); ++i) {
      const Agent& agent = agents_[i];
      const Group group{std::size_t{agent.group}};
      if (let_go_[i] || !scenario_->groups.waits(group, QueueId{q})) continue;
      const std::uint32_t entry = tickets_[i].entry(q);
      const double ready = clocks_[q].share_ready(entry, steps_done_);
      if (ready == 0 || (ready < 1 && random.uniform() >= ready)) continue;
      const Cohort cohort{std::size_t{agent.cohort}};
      const bool is_older = ages.cuts(cohort) && random.uniform() < ages.older_share(cohort);
      const std::size_t priority = of.priority_of(group, ages.of(cohort) + (is_older ? 1 : 0));
      cases.emplace_back(of.order, priority, entry, random.bits(), q, i);
    }
  }
  std::sort(cases.begin(), cases.end());
  OutcomeDraws outcomes(outcomes_, numbers_, Step{steps_done_},
                        {key_,
                         {Process::plain_office_outcomes, Step{steps_done_}.value,
                          Region{scenario_->region_count()}.value, 0}});
  // By queue and region: whether the next one there found no room.
  std::vector<bool> ended(scenario_->queues.size() * scenario_->region_count());
  for (const auto& one : cases) {
    const QueueId queue{std::get<4>(one)};
    const std::size_t number = std::get<5>(one);
    const Agent& agent = agents_[number];
    const Group group{std::size_t{agent.group}};
    const std::size_t office = queue.index() * scenario_->region_count() + agent.residence;
    // Who was served in another queue may wait here no more.
    if (ended[office] || let_go_[number] || !scenario_->groups.waits(group, queue)) continue;
    const Queue& of = scenario_->queues[queue.index()];
    const Region here = region(agent.residence);
    if (ledger_.admit({of.draws, here, group, here, of.served[group.index()], here})) {
      serve(queue, number, outcomes);
    } else {
      ended[office] = true;
    }
  }
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
    const std::uint32_t entry = tickets_[i].entry(queue.index());
    const double ready = clocks_[queue.index()].share_ready(entry, steps_done_);
    if (ready == 0 || (ready < 1 && random.uniform() >= ready)) continue;
    const Cohort cohort{std::size_t{agent.cohort}};
    const bool is_older = ages.cuts(cohort) && random.uniform() < ages.older_share(cohort);
    const std::size_t age_class = ages.of(cohort) + (is_older ? 1 : 0);
    places.emplace_back(of.priority_of(group, age_class), entry, random.bits(), i);
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
  const Date joined = clocks_[queue.index()].joined(tickets_[number].entry(queue.index()));
  queues_.add_served(here, queue, (scenario_->time.boundary(steps_done_) - joined).count(), 1);
  OutcomeId drawn;
  outcomes.split(of.transition, here, before, 1, [&](OutcomeId outcome, std::int64_t) { drawn = outcome; });
  if (order_.way_out(drawn)) {
    leave_by(drawn, number);
    forget(number);
    let_go_[number] = true;
    return;
  }
  const Outcome* outcome = counted_[drawn.index()].outcome;
  const bool naturalises =
      outcome != nullptr ? outcome->naturalises : scenario_->transitions[of.transition.index()].naturalises;
  Group after = outcome != nullptr ? outcome->becomes[before.index()] : of.served[before.index()];
  if (naturalises) after = scenario_->groups.naturalised(after, here);
  vitals_.add_transitions(here, drawn, before, 1);
  queues_.add_left(here, scenario_->groups.left(before, queue), after, 1);
  if (naturalises) agent.citizenship = agent.residence;
  put_into(agent, after);
  tickets_[number] = tickets_[number].kept(scenario_->groups, after);
}

}  // namespace sojourn::plain
