#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "sim/base/sampling.hpp"
#include "sim/engine/offices.hpp"
#include "sim/engine/shared_line.hpp"
#include "sim/model/age_groups.hpp"

namespace sojourn {

/// What becomes of those who are served, if it comes to one of the outcomes.
struct Served {
  OutcomeId outcome;
  /// By group.
  std::span<const Group> becomes;
  bool naturalises = false;
  std::optional<OutflowId> way_out{};
};

/// By outcome of a queue's transition, from the first of them on.
inline std::vector<Served> ways_to_be_served(const Scenario& scenario, const Queue& queue,
                                             OutcomesOfOne outcomes) {
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

}  // namespace sojourn
