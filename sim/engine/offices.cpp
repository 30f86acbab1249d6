#include "sim/engine/offices.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "sim/engine/joining.hpp"
#include "sim/engine/office.hpp"
#include "sim/engine/shared_offices.hpp"
#include "sim/model/age_groups.hpp"

namespace sojourn {

namespace {

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
  if (any_shared) serve_shared_offices(context, ledger, population, sums, tallies, balance, workers);
  for (const QueueId id : order) join(id);
  return balance;
}

}  // namespace sojourn
