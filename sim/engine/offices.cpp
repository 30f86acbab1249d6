#include "sim/engine/offices.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "sim/base/sampling.hpp"
#include "sim/engine/joining.hpp"
#include "sim/engine/shared_line.hpp"
#include "sim/model/age_groups.hpp"

namespace sojourn {

namespace {

/// What becomes of those who are served, if it comes to one of the outcomes.
struct Served {
  OutcomeId outcome;
  /// By group.
  std::span<const Group> becomes;
  bool naturalises = false;
  std::optional<OutflowId> way_out{};
};

/// By outcome of a queue's transition, from the first of them on.
std::vector<Served> ways_to_be_served(const Scenario& scenario, const Queue& queue, OutcomesOfOne outcomes) {
  const Transition& transition = scenario.transitions[queue.transition.index()];
  const EventOrder order(scenario);
  std::vector<Served> all;
  for (std::size_t o = outcomes.first; o < outcomes.last; ++o) {
    const OutcomeId id{o};
    if (transition.outcomes.empty()) {
      all.push_back({id, queue.served, transition.naturalises});
    } else {
      const Outcome& outcome = transition.outcomes[o - outcomes.first];
      all.push_back({id, outcome.becomes, outcome.naturalises, order.way_out(id)});
    }
  }
  return all;
}

/// One office of a queue, in one step.
class Office {
 public:
  /// `ages`: the classes of ages by which the queue has priorities, in the middle of the step. `number`: of
  /// the office.
  Office(const OfficeContext& context, QueueId id, std::size_t number, const AgeGroups& ages,
         Population& population, LineSums& sums, Tallies& tallies, OfficeBalance& balance)
      : context_(context),
        groups_(context.scenario.groups),
        id_(id),
        queue_(context.scenario.queues[id.index()]),
        ages_(ages),
        clock_(context.clocks[id.index()]),
        random_(numbers(Process::offices, number)),
        outcomes_(context.outcomes, context.numbers, context.step, numbers(Process::office_outcomes, number)),
        ways_(ways_to_be_served(context.scenario, queue_, context.outcomes.of(queue_.transition))),
        population_(population),
        sums_(sums),
        tallies_(tallies),
        balance_(balance) {}

  /// Serves at most `limit` of those who wait in these regions: [first, last). Returns how many.
  std::int64_t serve(std::size_t first, std::size_t last, std::int64_t limit) {
    return limit <= 0 ? 0 : serve(first, last, limit, line_of(first, last));
  }

  /// How many of those who wait in these regions stand where in the line.
  std::map<LineUp, std::int64_t> line_of(std::size_t first, std::size_t last) {
    is_serving_ = false;
    older_.clear();
    next_older_ = 0;
    ready_.clear();
    next_ready_ = 0;
    std::map<LineUp, std::int64_t> line;
    for_each_cell(first, last, [&](Region region, Group group) { count(region, group, line); });
    return line;
  }

  /// The same with the line as it was counted last.
  std::int64_t serve(std::size_t first, std::size_t last, std::int64_t limit,
                     const std::map<LineUp, std::int64_t>& line) {
    if (limit <= 0) return 0;
    std::int64_t left = limit;
    turned_away_from_ = {std::numeric_limits<std::size_t>::max(), 0};
    for (const auto& [place, agents] : line) {
      if (agents > left) {
        turned_away_from_ = place;
        at_last_place_ = agents;
        served_at_last_place_ = left;
        left = 0;
        break;
      }
      left -= agents;
    }
    is_serving_ = true;
    for_each_cell(first, last, [&](Region region, Group group) {
      serve_counted(region, group);
      serve_records(region, group);
    });
    return limit - left;
  }

 private:
  [[nodiscard]] RandomNumbers numbers(Process process, std::size_t number) const {
    return {context_.key, {process, context_.step.value, Region{number}.value, id_.value}};
  }

  template <class Function>
  void for_each_cell(std::size_t first, std::size_t last, const Function& function) const {
    for (std::size_t r = first; r < last; ++r) {
      for (std::size_t g = groups_.unqueued(); g < groups_.count(); ++g) {
        if (groups_.waits(Group{g}, id_)) function(Region{r}, Group{g});
      }
    }
  }

  /// Of those whom a bound of ages cuts, how many are older: drawn when they are counted, and the same again,
  /// in the same order, when they are served.
  [[nodiscard]] std::int64_t older(Cohort cohort, std::int64_t agents) {
    if (!ages_.cuts(cohort)) return 0;
    if (is_serving_) return older_[next_older_++];
    older_.push_back(draw_binomial(agents, ages_.older_share(cohort), random_));
    return older_.back();
  }

  /// Of those with one ticket, for how many the time that service takes is over: drawn as those who are
  /// older.
  [[nodiscard]] std::int64_t ready(std::uint32_t entry, std::int64_t agents) {
    const double share = clock_.share_ready(entry, context_.step.index());
    if (share == 1) return agents;
    if (share == 0) return 0;
    if (is_serving_) return ready_[next_ready_++];
    ready_.push_back(draw_binomial(agents, share, random_));
    return ready_.back();
  }

  /// The places in the line of alike agents with one ticket, and how many stand at each.
  template <class Function>
  void for_each_place(Group group, Cohort cohort, Ticket ticket, std::int64_t agents,
                      const Function& function) {
    const std::uint32_t entry = ticket.entry(id_.index());
    agents = ready(entry, agents);
    const std::int64_t of_next_class = older(cohort, agents);
    const std::size_t age_class = ages_.of(cohort);
    if (agents > of_next_class) {
      function(LineUp{queue_.priority_of(group, age_class), entry}, agents - of_next_class);
    }
    if (of_next_class > 0) function(LineUp{queue_.priority_of(group, age_class + 1), entry}, of_next_class);
  }

  /// Records from the last to the first, as they are served.
  void count(Region region, Group group, std::map<LineUp, std::int64_t>& line) {
    const RecordLayout& layout = population_.layout();
    const auto add = [&](const LineUp& place, std::int64_t agents) { line[place] += agents; };
    const std::size_t cell = population_.cell(region, group);
    for (std::size_t c = 0; c < population_.cohorts().count(); ++c) {
      for (const Waiters& waiters : population_.waiting().at(cell, Cohort{c})) {
        for_each_place(group, Cohort{c}, waiters.ticket, waiters.agents, add);
      }
    }
    for (const Block& block : population_.movers().blocks(cell)) {
      for (std::uint64_t i = block.size; i-- > 0;) {
        const RecordWord word = population_.movers().read(block, i);
        for_each_place(group, layout.cohort(word, block.key), layout.ticket(word), 1, add);
      }
    }
  }

  /// How many of so many agents at one place are served.
  [[nodiscard]] std::int64_t share_of(const LineUp& place, std::int64_t agents) {
    if (place != turned_away_from_) return place < turned_away_from_ ? agents : 0;
    const std::int64_t served = draw_hypergeometric(at_last_place_, agents, served_at_last_place_, random_);
    at_last_place_ -= agents;
    served_at_last_place_ -= served;
    return served;
  }

  /// How many of alike agents with one ticket are served.
  [[nodiscard]] std::int64_t served_of(Group group, Cohort cohort, Ticket ticket, std::int64_t agents) {
    std::int64_t served = 0;
    for_each_place(group, cohort, ticket, agents,
                   [&](const LineUp& place, std::int64_t there) { served += share_of(place, there); });
    return served;
  }

  [[nodiscard]] Group group_after(const Served& way, Region region, Group group) const {
    const Group after = way.becomes[group.index()];
    return way.naturalises ? groups_.naturalised(after, region) : after;
  }

  /// What of the agents of a group comes to which way of being served: `use(way, agents)`.
  template <class Use>
  void decide(Region region, Group group, std::int64_t agents, const Use& use) {
    outcomes_.split(queue_.transition, region, group, agents, [&](OutcomeId outcome, std::int64_t of_it) {
      use(ways_[outcome.index() - ways_.front().outcome.index()], of_it);
    });
  }

  void serve_counted(Region region, Group group) {
    const std::size_t cell = population_.cell(region, group);
    for (std::size_t c = 0; c < population_.cohorts().count(); ++c) {
      const Cohort cohort{c};
      const std::span<const Waiters> list = population_.waiting().at(cell, cohort);
      for (const Waiters& waiters : std::vector<Waiters>(list.begin(), list.end())) {
        const std::int64_t agents = served_of(group, cohort, waiters.ticket, waiters.agents);
        if (agents == 0) continue;
        population_.waiting().take(cell, cohort, waiters.ticket, agents);
        population_.add_counted(cell, cohort, -agents);
        sums_.touch(cell, LineSums::segment_of(cohort));
        decide(region, group, agents, [&](const Served& way, std::int64_t of_it) {
          if (!way.way_out)
            put_counted(region, group_after(way, region, group), cohort, {waiters.ticket, of_it});
          note(way, region, group, cohort, region, waiters.ticket, of_it);
        });
      }
    }
  }

  void put_counted(Region region, Group after, Cohort cohort, const Waiters& waiters) {
    const std::size_t goal = population_.cell(region, after);
    population_.add_counted(goal, cohort, waiters.agents);
    if (groups_.waits(after))
      population_.waiting().add(goal, cohort, waiters.ticket.kept(groups_, after), waiters.agents);
    sums_.touch(goal, LineSums::segment_of(cohort));
  }

  /// From the last record to the first, so that the one that fills a hole was looked at already.
  void serve_records(Region region, Group group) {
    const RecordLayout& layout = population_.layout();
    Movers& movers = population_.movers();
    const std::size_t cell = population_.cell(region, group);
    for (std::size_t b = 0; b < movers.blocks(cell).size(); ++b) {
      const Block& block = movers.blocks(cell)[b];
      const auto number = static_cast<std::uint32_t>(b);
      for (std::uint64_t i = block.size; i-- > 0;) {
        const RecordWord word = movers.read(block, i);
        const Ticket ticket = layout.ticket(word);
        const Cohort cohort = layout.cohort(word, block.key);
        if (served_of(group, cohort, ticket, 1) == 0) continue;
        movers.remove(cell, number, i);
        sums_.touch(cell, sums_.segment_of_block(number));
        decide(region, group, 1, [&](const Served& way, std::int64_t) {
          if (way.way_out) {
            let_go(region, {block.key, word});
          } else {
            put_record(way, region, group_after(way, region, group), {block.key, word});
          }
          note(way, region, group, cohort, layout.birth(word), ticket, 1);
        });
      }
    }
  }

  void put_record(const Served& way, Region region, Group after, KeyedRecord record) {
    const RecordLayout& layout = population_.layout();
    const std::size_t goal = population_.cell(region, after);
    record.word = layout.with_ticket(record.word, layout.ticket(record.word).kept(groups_, after));
    if (way.naturalises) record = layout.naturalised(record, region);
    sums_.touch(goal, sums_.segment_of_block(population_.movers().append(goal, record)));
  }

  /// A mover that leaves all regions: what was counted of its arrival here.
  void let_go(Region region, const KeyedRecord& record) {
    const RecordLayout& layout = population_.layout();
    if (!layout.needs().arrival) return;
    const ArrivalCode arrival = layout.arrival_code(record.word, record.key);
    if (tallies_.relocations.asked_for() && arrival >= static_cast<ArrivalCode>(context_.census.value))
      tallies_.relocations.depart(region, layout.census(record.word));
    if (tallies_.usual.asked_for() && !tallies_.usual.is_settled(arrival, context_.step.index())) {
      tallies_.usual.add(layout.usual(record.word), region, static_cast<std::size_t>(arrival), -1);
    }
  }

  void note(const Served& way, Region region, Group group, Cohort cohort, Region birth, Ticket ticket,
            std::int64_t agents) {
    population_.note(region, group, cohort, birth, -agents);
    balance_.change[population_.cell(region, group)] -= agents;
    tallies_.vitals.add_transitions(region, way.outcome, group, agents);
    const Group before = groups_.left(group, id_);
    if (way.way_out) {
      tallies_.vitals.add_outflow(region, *way.way_out, group, agents);
      tallies_.queues.add_left(region, before, agents);
      balance_.outflows[region.index() * exit_count(context_.scenario) + way.way_out->index()] += agents;
    } else {
      const Group after = group_after(way, region, group);
      population_.note(region, after, cohort, birth, agents);
      balance_.change[population_.cell(region, after)] += agents;
      tallies_.queues.add_left(region, before, after, agents);
    }
    const std::chrono::days waited =
        context_.scenario.time.boundary(context_.step.index()) - clock_.joined(ticket.entry(id_.index()));
    tallies_.queues.add_served(region, id_, waited.count(), agents);
  }

  const OfficeContext& context_;
  const Groups& groups_;
  QueueId id_;
  const Queue& queue_;
  const AgeGroups& ages_;
  const TicketClock& clock_;
  RandomNumbers random_;
  OutcomeDraws outcomes_;
  std::vector<Served> ways_;
  Population& population_;
  LineSums& sums_;
  Tallies& tallies_;
  OfficeBalance& balance_;
  /// The first place of the line of which not all are served; how many stand there, and how many of them are
  /// served, as far as they were not looked at yet.
  LineUp turned_away_from_;
  std::int64_t at_last_place_ = 0;
  std::int64_t served_at_last_place_ = 0;
  /// See `older` and `ready`.
  bool is_serving_ = false;
  std::vector<std::int64_t> ready_;
  std::size_t next_ready_ = 0;
  std::vector<std::int64_t> older_;
  std::size_t next_older_ = 0;
};

/// Offices of queues that share limits, one of each queue in each region.
class SharedOffices {
 public:
  SharedOffices(const OfficeContext& context, LimitLedger& ledger, Population& population, LineSums& sums,
                Tallies& tallies, OfficeBalance& balance, Workers& workers)
      : context_(context), ledger_(ledger), population_(population), workers_(workers) {
    const Scenario& scenario = context.scenario;
    ages_.reserve(scenario.queues.size());
    for (const Queue& queue : scenario.queues) {
      ages_.emplace_back(population.cohorts(), queue.priority_from_age);
      ages_.back().set_time(scenario.time.middle(context.step));
    }
    for (std::size_t q = 0; q < scenario.queues.size(); ++q) {
      if (scenario.queues[q].draws.empty()) continue;
      for (std::size_t r = 0; r < population.regions(); ++r) {
        offices_.push_back({QueueId{q}, Region{r},
                            Office(context, QueueId{q}, r, ages_[q], population, sums, tallies, balance)});
      }
    }
  }

  /// Queue by queue as their order says; those of one order together.
  void serve() {
    std::vector<double> orders;
    orders.reserve(offices_.size());
    for (const OfOffice& one : offices_) orders.push_back(order_of(one));
    std::sort(orders.begin(), orders.end());
    orders.erase(std::unique(orders.begin(), orders.end()), orders.end());
    RandomNumbers random(context_.key, {Process::shared_offices, context_.step.value, 0, 0});
    for (const double order : orders) {
      std::vector<OfOffice*> turn;
      for (OfOffice& one : offices_) {
        if (order_of(one) == order) turn.push_back(&one);
      }
      // Whoever waits in two queues and is served in the one may leave the other, and its turn there is
      // another's.
      while (serve(turn, random)) {
      }
    }
  }

 private:
  struct OfOffice {
    QueueId queue;
    Region region;
    Office office;
  };

  [[nodiscard]] const Queue& queue_of(const OfOffice& one) const {
    return context_.scenario.queues[one.queue.index()];
  }
  [[nodiscard]] double order_of(const OfOffice& one) const { return queue_of(one).order; }

  /// All who wait in a queue are alike to its limits: one of those whom the transition concerns stands for
  /// them.
  [[nodiscard]] LimitCase case_of(const OfOffice& one) const {
    const Groups& groups = context_.scenario.groups;
    const Queue& queue = queue_of(one);
    const std::vector<bool>& concerned = context_.scenario.transitions[queue.transition.index()].who.groups;
    Group group{};
    for (std::size_t g = groups.count(); g-- > 0;) {
      const Group waiting{g};
      if (groups.waits(waiting, one.queue) && concerned[groups.left(waiting, one.queue).index()])
        group = waiting;
    }
    return {queue.draws, one.region, group, one.region, queue.served[group.index()], one.region};
  }

  /// Whether some turn is left because others had gone.
  bool serve(const std::vector<OfOffice*>& turn, RandomNumbers& random) {
    set_occupants();
    std::vector<SharedLine> lines(turn.size());
    workers_.for_each(turn.size(), [&](std::size_t i) {
      const std::size_t r = turn[i]->region.index();
      lines[i] = {case_of(*turn[i]), turn[i]->office.line_of(r, r + 1)};
    });
    share_out(lines, ledger_, random);
    bool again = false;
    std::map<Region, bool> was_served;
    for (std::size_t i = 0; i < turn.size(); ++i) {
      const std::size_t r = turn[i]->region.index();
      if (lines[i].served == 0) continue;
      // Someone of this region may have left since it was counted.
      if (was_served[Region{r}]) lines[i].places = turn[i]->office.line_of(r, r + 1);
      const std::int64_t served = turn[i]->office.serve(r, r + 1, lines[i].served, lines[i].places);
      was_served[Region{r}] = true;
      if (served == lines[i].served) continue;
      ledger_.give_back(lines[i].one, lines[i].served - served);
      again = true;
    }
    return again;
  }

  void set_occupants() {
    if (!ledger_.has_places()) return;
    std::vector<std::int64_t> agents;
    for (std::size_t cell = 0; cell < context_.scenario.cell_count(); ++cell)
      agents.push_back(population_.noted(cell));
    ledger_.set_occupants(agents);
  }

  const OfficeContext& context_;
  LimitLedger& ledger_;
  const Population& population_;
  Workers& workers_;
  std::vector<AgeGroups> ages_;
  std::vector<OfOffice> offices_;
};

/// Terms end before anybody is served: who is due asks in the same step.
std::vector<QueueId> order_of_service(const Scenario& scenario) {
  std::vector<QueueId> order;
  for (const bool terms : {true, false}) {
    for (std::size_t q = 0; q < scenario.queues.size(); ++q) {
      if (scenario.queues[q].stays_on_moves == terms) order.emplace_back(q);
    }
  }
  return order;
}

}  // namespace

OfficeBalance serve_queues(const OfficeContext& context, OfficeLimits& limits, LimitLedger& ledger,
                           Population& population, LineSums& sums, Tallies& tallies, Workers& workers) {
  OfficeBalance balance{
      std::vector<std::int64_t>(context.scenario.cell_count()),
      std::vector<std::int64_t>(context.scenario.region_count() * exit_count(context.scenario))};
  const auto join = [&](QueueId id) {
    if (!context.scenario.queues[id.index()].joins_at_once) return;
    join_at_once(context.scenario, id, context.step, population, sums, tallies, balance.change, workers);
  };
  const std::vector<QueueId> order = order_of_service(context.scenario);
  for (const QueueId id : order) {
    const Queue& queue = context.scenario.queues[id.index()];
    join(id);
    if (!queue.draws.empty()) continue;
    const std::size_t offices = queue.one_office ? 1 : population.regions();
    AgeGroups ages(population.cohorts(), queue.priority_from_age);
    ages.set_time(context.scenario.time.middle(context.step));
    workers.for_each(offices, [&](std::size_t o) {
      const std::int64_t limit = queue.is_unlimited
                                     ? std::numeric_limits<std::int64_t>::max()
                                     : limits.in_step(id, Region{o}, context.step, context.numbers);
      Office office(context, id, o, ages, population, sums, tallies, balance);
      const std::int64_t served = office.serve(o, queue.one_office ? population.regions() : o + 1, limit);
      if (!queue.is_unlimited) limits.note_served(id, Region{o}, served);
    });
  }
  const bool any_shared = std::any_of(context.scenario.queues.begin(), context.scenario.queues.end(),
                                      [](const Queue& queue) { return !queue.draws.empty(); });
  if (any_shared) SharedOffices(context, ledger, population, sums, tallies, balance, workers).serve();
  for (const QueueId id : order) join(id);
  return balance;
}

}  // namespace sojourn
