#include "sim/engine/shared_offices.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "sim/engine/office.hpp"
#include "sim/engine/shared_line.hpp"

namespace sojourn {

namespace {

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

}  // namespace

void serve_shared_offices(const OfficeContext& context, LimitLedger& ledger, Population& population,
                          LineSums& sums, Tallies& tallies, OfficeBalance& balance, Workers& workers) {
  SharedOffices(context, ledger, population, sums, tallies, balance, workers).serve();
}

}  // namespace sojourn
