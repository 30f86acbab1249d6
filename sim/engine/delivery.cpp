#include "sim/engine/delivery.hpp"

#include <numeric>

namespace sojourn {

namespace {

/// A bundle of moves and where they come from.
struct Parcel {
  const Outbox* outbox = nullptr;
  const Bundle* bundle = nullptr;
};

void depart(Region region, const std::vector<const Outbox*>& outboxes, Population& population,
            Tallies& tallies) {
  for (const Outbox* outbox : outboxes) {
    for (const Move& move : outbox->moves) {
      population.note(region, move.leaves_as, move.cohort, move.birth, -1);
      if (tallies.relocations.asked_for()) tallies.relocations.depart(region, move);
    }
  }
}

std::int64_t arrive(const Parcel& parcel, Step step, Population& population, Tallies& tallies) {
  const Region origin = parcel.outbox->origin;
  for (std::size_t i = parcel.bundle->first; i < parcel.bundle->last; ++i) {
    const Move& move = parcel.outbox->moves[i];
    History history;
    history.cohort = move.cohort;
    history.birth = move.birth;
    history.previous = origin;
    history.arrival = static_cast<ArrivalCode>(step.value);
    history.census = move.census;
    population.settle(move.destination, move.arrives_as, history);
    population.note(move.destination, move.arrives_as, move.cohort, move.birth, 1);
    tallies.flows.add(origin, move);
    if (tallies.relocations.asked_for()) tallies.relocations.arrive(move);
  }
  return static_cast<std::int64_t>(parcel.bundle->last - parcel.bundle->first);
}

}  // namespace

StepBalance deliver(const std::vector<Outbox>& outboxes, Step step, Population& population, Tallies& tallies,
                    Workers& workers) {
  const std::size_t regions = population.regions();
  std::vector<std::vector<const Outbox*>> from(regions);
  std::vector<std::vector<Parcel>> to(regions);
  StepBalance balance{std::vector<std::int64_t>(regions), std::vector<std::int64_t>(regions), 0, 0};
  for (const Outbox& outbox : outboxes) {
    from[outbox.origin.index()].push_back(&outbox);
    balance.departures[outbox.origin.index()] += static_cast<std::int64_t>(outbox.moves.size());
    for (const Bundle& bundle : outbox.bundles) {
      to[bundle.destination.index()].push_back({&outbox, &bundle});
      if (bundle.destination == outbox.origin) {
        balance.moves_to_self += static_cast<std::int64_t>(bundle.last - bundle.first);
      }
    }
  }
  workers.for_each(regions, [&](std::size_t r) {
    depart(Region{r}, from[r], population, tallies);
    for (const Parcel& parcel : to[r]) balance.arrivals[r] += arrive(parcel, step, population, tallies);
  });
  balance.moves = std::accumulate(balance.departures.begin(), balance.departures.end(), std::int64_t{0});
  return balance;
}

}  // namespace sojourn
