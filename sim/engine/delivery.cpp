#include "sim/engine/delivery.hpp"

#include <numeric>

namespace sojourn {

namespace {

/// A bundle of moves and where they come from.
struct Parcel {
  const Outbox* outbox = nullptr;
  const Bundle* bundle = nullptr;
};

/// What has left a region and what has come to it, in one step.
class RegionDelivery {
 public:
  RegionDelivery(const Scenario& scenario, Region region, Step step, Population& population, LineSums& sums,
                 Tallies& tallies)
      : streams_(scenario.streams),
        region_(region),
        population_(population),
        sums_(sums),
        tallies_(tallies),
        records_(population.layout().needs().records()),
        arrival_(population.layout().arrival(static_cast<ArrivalCode>(step.value))) {}

  /// Those without a record were noted when they were drawn.
  void depart(const Outbox& outbox) {
    for (const TouchedSegment& touched : outbox.touched) sums_.touch(touched.cell, touched.segment);
    for (std::size_t i = outbox.counted; i < outbox.drawn.size(); ++i) {
      const Move& move = outbox.drawn[i];
      population_.note(region_, move.leaves_as, move.cohort, move.birth, -1);
      if (tallies_.relocations.asked_for()) tallies_.relocations.depart(region_, move);
    }
  }

  void arrive(const Parcel& parcel) {
    const Region origin = parcel.outbox->origin;
    for (std::size_t i = parcel.bundle->first; i < parcel.bundle->last; ++i) {
      const Move& move = parcel.outbox->moves[i];
      const Group group = streams_[move.stream.index()].becomes[move.leaves_as.index()];
      settle(origin, move, group);
      population_.note(region_, group, move.cohort, move.birth, 1);
      tallies_.flows.add(origin, move);
      if (tallies_.relocations.asked_for()) tallies_.relocations.arrive(move);
    }
  }

 private:
  void settle(Region origin, const Move& move, Group group) {
    const std::size_t cell = population_.cell(region_, group);
    if (!records_) {
      population_.add_counted(cell, move.cohort, 1);
      sums_.touch(cell, LineSums::segment_of(move.cohort));
      return;
    }
    const History history{move.cohort, move.birth, origin, 0, move.census};
    const KeyedRecord record = population_.layout().without_arrival(history, region_).with(arrival_);
    sums_.touch(cell, sums_.segment_of_block(population_.movers().append(cell, record)));
  }

  const std::vector<Stream>& streams_;
  Region region_;
  Population& population_;
  LineSums& sums_;
  Tallies& tallies_;
  bool records_;
  KeyedRecord arrival_;
};

/// Mail by region: what left it, and what goes to it.
struct Mail {
  std::vector<const Outbox*> from;
  std::vector<Parcel> to;
};

std::vector<Mail> sort_mail(const std::vector<Outbox>& outboxes, StepBalance& balance) {
  std::vector<Mail> mail(balance.arrivals.size());
  for (const Outbox& outbox : outboxes) {
    if (outbox.drawn.empty() && outbox.touched.empty()) continue;
    mail[outbox.origin.index()].from.push_back(&outbox);
    balance.departures[outbox.origin.index()] += static_cast<std::int64_t>(outbox.moves.size());
    for (const Bundle& bundle : outbox.bundles) {
      const auto moves = static_cast<std::int64_t>(bundle.last - bundle.first);
      mail[bundle.destination.index()].to.push_back({&outbox, &bundle});
      balance.arrivals[bundle.destination.index()] += moves;
      balance.moves += moves;
      if (bundle.destination == outbox.origin) balance.moves_to_self += moves;
    }
  }
  for (std::size_t r = 0; r < mail.size(); ++r) {
    if (!mail[r].from.empty() || !mail[r].to.empty()) balance.visited.emplace_back(r);
  }
  return mail;
}

}  // namespace

StepBalance deliver(const Scenario& scenario, const std::vector<Outbox>& outboxes, Step step,
                    Population& population, LineSums& sums, Tallies& tallies, Workers& workers,
                    bool in_parallel) {
  const std::size_t regions = population.regions();
  StepBalance balance{std::vector<std::int64_t>(regions), std::vector<std::int64_t>(regions), {}, 0, 0};
  const std::vector<Mail> mail = sort_mail(outboxes, balance);
  workers.for_each(
      balance.visited.size(),
      [&](std::size_t i) {
        const Region region = balance.visited[i];
        RegionDelivery delivery(scenario, region, step, population, sums, tallies);
        for (const Outbox* outbox : mail[region.index()].from) delivery.depart(*outbox);
        for (const Parcel& parcel : mail[region.index()].to) delivery.arrive(parcel);
      },
      in_parallel);
  return balance;
}

}  // namespace sojourn
