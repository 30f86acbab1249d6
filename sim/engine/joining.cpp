#include "sim/engine/joining.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/sampling.hpp"
#include "sim/model/ticket_clock.hpp"

namespace sojourn {

namespace {

/// Those of one region who join a queue at once.
class Joining {
 public:
  Joining(const Scenario& scenario, QueueId queue, Region region, Population& population)
      : groups_(scenario.groups),
        who_(scenario.transitions[scenario.queues[queue.index()].transition.index()].who),
        queue_(queue),
        region_(region),
        population_(population) {}

  /// `entry()`: that of one agent. `entries(agents, use)`: those of several, by `use(entry, agents)`.
  /// `note(group, cohort, agents, cell, segment)` follows each piece.
  template <class Entries, class Note>
  void join(const Entries& entries, const Note& note) {
    if (!who_.residences[region_.index()]) return;
    for (std::size_t g = 0; g < groups_.count(); ++g) {
      const Group group{g};
      if (!who_.groups[g] || groups_.waits(group, queue_)) continue;
      join_counted(group, entries, note);
      join_records(group, entries, note);
    }
  }

 private:
  template <class Entries, class Note>
  void join_counted(Group group, const Entries& entries, const Note& note) {
    const std::size_t cell = population_.cell(region_, group);
    const Group after = groups_.joined(group, queue_);
    const std::size_t goal = population_.cell(region_, after);
    for (std::size_t c = 0; c < population_.cohorts().count(); ++c) {
      const Cohort cohort{c};
      const std::int64_t agents = population_.counted(cell)[c];
      if (agents == 0) continue;
      std::vector<Waiters> tickets{{Ticket{}, agents}};
      if (groups_.waits(group)) {
        const std::span<const Waiters> list = population_.waiting().at(cell, cohort);
        tickets.assign(list.begin(), list.end());
      }
      for (const Waiters& waiters : tickets) {
        if (groups_.waits(group)) population_.waiting().take(cell, cohort, waiters.ticket, waiters.agents);
        entries(waiters.agents, [&](std::uint32_t entry, std::int64_t of_it) {
          population_.waiting().add(goal, cohort, waiters.ticket.with(queue_.index(), entry), of_it);
        });
      }
      population_.add_counted(cell, cohort, -agents);
      population_.add_counted(goal, cohort, agents);
      population_.note(region_, group, cohort, region_, -agents);
      population_.note(region_, after, cohort, region_, agents);
      note(group, after, agents, LineSums::segment_of(cohort), LineSums::segment_of(cohort), false);
    }
  }

  template <class Entries, class Note>
  void join_records(Group group, const Entries& entries, const Note& note) {
    Movers& movers = population_.movers();
    const RecordLayout& layout = population_.layout();
    const std::size_t cell = population_.cell(region_, group);
    const Group after = groups_.joined(group, queue_);
    const std::size_t goal = population_.cell(region_, after);
    for (std::size_t b = 0; b < movers.blocks(cell).size(); ++b) {
      const Block& block = movers.blocks(cell)[b];
      const auto number = static_cast<std::uint32_t>(b);
      for (std::uint64_t i = block.size; i-- > 0;) {
        const RecordWord word = movers.read(block, i);
        movers.remove(cell, number, i);
        Ticket ticket = layout.ticket(word);
        entries(1, [&](std::uint32_t entry, std::int64_t) { ticket = ticket.with(queue_.index(), entry); });
        const std::uint32_t into = movers.append(goal, {block.key, layout.with_ticket(word, ticket)});
        const Cohort cohort = layout.cohort(word, block.key);
        population_.note(region_, group, cohort, layout.birth(word), -1);
        population_.note(region_, after, cohort, layout.birth(word), 1);
        note(group, after, std::int64_t{1}, number, into, true);
      }
    }
  }

  const Groups& groups_;
  const Who& who_;
  QueueId queue_;
  Region region_;
  Population& population_;
};

}  // namespace

void join_at_once(const Scenario& scenario, QueueId queue, Step step, Population& population, LineSums& sums,
                  Tallies& tallies, std::vector<std::int64_t>& change, Workers& workers) {
  const std::uint32_t entry = Ticket().joined(queue, step).entry(queue.index());
  workers.for_each(population.regions(), [&](std::size_t r) {
    const Region region{r};
    Joining(scenario, queue, region, population)
        .join([&](std::int64_t agents, const auto& use) { use(entry, agents); },
              [&](Group before, Group after, std::int64_t agents, std::size_t from, std::size_t into,
                  bool records) {
                const std::size_t cell = population.cell(region, before);
                const std::size_t goal = population.cell(region, after);
                const auto segment = [&](std::size_t place) {
                  return records ? sums.segment_of_block(static_cast<std::uint32_t>(place)) : place;
                };
                sums.touch(cell, segment(from));
                sums.touch(goal, segment(into));
                change[cell] -= agents;
                change[goal] += agents;
                tallies.queues.add_requests(region, queue, agents);
              });
  });
}

void join_at_start(const Scenario& scenario, RunKey key, Population& population, Workers& workers) {
  for (std::size_t q = 0; q < scenario.queues.size(); ++q) {
    const Queue& queue = scenario.queues[q];
    if (!queue.joins_at_once || !queue.stays_on_moves) continue;
    const TicketClock clock(scenario.time, queue);
    if (clock.most_steps() == 0) continue;
    workers.for_each(population.regions(), [&](std::size_t r) {
      RandomNumbers random(key, {Process::start_tickets, 0, Region{r}.value, static_cast<std::uint32_t>(q)});
      const std::vector<double> ages = clock.shares_at_start();
      Joining(scenario, QueueId{q}, Region{r}, population)
          .join(
              [&](std::int64_t agents, const auto& use) {
                double rest = 1;
                for (std::size_t a = 0; a < ages.size() && agents > 0; ++a) {
                  const bool is_last = a + 1 == ages.size();
                  const std::int64_t of_it =
                      is_last ? agents : draw_binomial(agents, std::fmin(1.0, ages[a] / rest), random);
                  rest -= ages[a];
                  agents -= of_it;
                  if (of_it > 0) use(clock.before_start(a + 1), of_it);
                }
              },
              [](Group, Group, std::int64_t, std::size_t, std::size_t, bool) {});
    });
  }
}

}  // namespace sojourn
