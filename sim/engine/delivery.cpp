#include "sim/engine/delivery.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "sim/base/prefetch.hpp"
#include "sim/engine/age_draws.hpp"

namespace sojourn {

namespace {

/// Parcels whose memory is asked for ahead of use.
constexpr std::size_t parcels_ahead = 12;

/// A bundle of moves and where they come from.
struct Parcel {
  std::span<const Move> moves;
  Region origin;
  /// Of the movers; null if nobody asks.
  const Luggage* luggage = nullptr;
};

/// [stream][group]: the group of movers when they arrive.
std::vector<Group> groups_after_moves(const Scenario& scenario) {
  std::vector<Group> becomes;
  for (const Stream& stream : scenario.streams) {
    becomes.insert(becomes.end(), stream.becomes.begin(), stream.becomes.end());
  }
  return becomes;
}

/// The part of a region in counts by region, or null where nothing is counted.
std::int64_t* of_region(std::vector<std::int64_t>& counts, Region region, std::size_t size) {
  return counts.empty() ? nullptr : counts.data() + region.index() * size;
}

/// What has left a region and what has come to it, in one step.
class RegionDelivery {
 public:
  RegionDelivery(const Scenario& scenario, const std::vector<GroupChange>& changes,
                 const std::vector<Group>& becomes, Region region, Step step, Population& population,
                 LineSums& sums, Tallies& tallies, StepBalance& balance)
      : scenario_(scenario),
        changes_(changes),
        becomes_(becomes),
        region_(region),
        place_{scenario.groups, step, region},
        order_(scenario),
        change_(balance.change.data() + region.index() * population.groups()),
        arrivals_(of_region(balance.arrivals, region, scenario.streams.size())),
        departures_(of_region(balance.departures, region, scenario.streams.size())),
        outflows_(balance.outflows.data() + region.index() * exit_count(scenario)),
        population_(population),
        sums_(sums),
        tallies_(tallies),
        step_(step.index()),
        arrival_(population.layout().arrival(static_cast<ArrivalCode>(step.value))),
        ages_of_dead_(tallies.ages, tallies.key, {Process::recorded_ages, step.value, region.value, 0}),
        ages_of_movers_(tallies.ages, tallies.key, {Process::recorded_ages, step.value, region.value, 1}) {}

  void depart(const Outbox& outbox) {
    for (const TouchedSegment& touched : outbox.touched) sums_.touch(touched.cell, touched.segment);
    for (const Move& move : outbox.moves) {
      --change_[move.leaves_as.index()];
      if (departures_ != nullptr) ++departures_[move.stream.index()];
      if (tallies_.queues.asked_for()) tallies_.queues.add_left(region_, move.leaves_as, 1);
      if (!move.had_record) continue;
      population_.note(region_, move.leaves_as, move.cohort, move.birth, -1);
      depart_since_census(move);
    }
    for (const RecordedExit& gone : outbox.gone_with_record) {
      population_.note(region_, gone.leaves_as, gone.cohort, gone.birth, -1);
      depart_since_census(gone);
      count_exits(gone.event, gone.leaves_as, gone.cohort, 1);
    }
    for (const TakenBack& back : outbox.taken_back) {
      tallies_.usual.add(back.usual, region_, back.arrived, -1);
    }
    for (const CountedExits& gone : outbox.gone) {
      count_exits(gone.event, gone.group, gone.cohort, gone.agents);
    }
  }

  /// Puts those whose group changes into their new cells. Those without a record were noted as gone when
  /// they were drawn.
  void change(const Outbox& outbox) {
    const RecordLayout& layout = population_.layout();
    for (const PassedChanges& passed : outbox.passed) {
      const Group after = count_change(changes_[passed.change.index()], passed.group, passed.agents);
      if (!passed.had_record) continue;
      population_.note(region_, passed.group, passed.cohort, passed.birth, -passed.agents);
      population_.note(region_, after, passed.cohort, passed.birth, passed.agents);
    }
    for (const ChangedRecord& changed : outbox.changed_with_record) {
      if (changed.has_gone) continue;
      const GroupChange& change = changes_[changed.change.index()];
      const Group group = count_change(change, changed.group, 1);
      const std::size_t cell = population_.cell(region_, group);
      population_.note(region_, changed.group, changed.cohort, changed.birth, -1);
      population_.note(region_, group, changed.cohort, changed.birth, 1);
      const KeyedRecord record = record_after(change, changed.record, group, layout, place_);
      sums_.touch(cell, sums_.segment_of_block(population_.movers().append(cell, record)));
    }
    for (const CountedChanges& changed : outbox.changed) {
      const GroupChange& change = changes_[changed.change.index()];
      const Group group = count_change(change, changed.group, changed.agents);
      if (changed.agents == 0) continue;
      const std::size_t cell = population_.cell(region_, group);
      population_.add_counted(cell, changed.cohort, changed.agents);
      if (scenario_.groups.waits(group)) {
        const Ticket ticket = ticket_after(change, changed.ticket, group, place_);
        population_.waiting().add(cell, changed.cohort, ticket, changed.agents);
      }
      population_.note(region_, group, changed.cohort, region_, changed.agents);
      sums_.touch(cell, LineSums::segment_of(changed.cohort));
    }
  }

  /// Puts those who were turned away back into their cells. Those without a record were noted as gone when
  /// they were drawn.
  void keep(const Outbox& outbox) {
    for (const Kept& kept : outbox.kept) {
      const std::size_t cell = population_.cell(region_, kept.group);
      if (kept.had_record) {
        sums_.touch(cell, sums_.segment_of_block(population_.movers().append(cell, kept.record)));
        continue;
      }
      population_.add_counted(cell, kept.cohort, 1);
      if (scenario_.groups.waits(kept.group)) population_.waiting().add(cell, kept.cohort, kept.ticket, 1);
      population_.note(region_, kept.group, kept.cohort, region_, 1);
      sums_.touch(cell, LineSums::segment_of(kept.cohort));
    }
  }

  /// Asks for the memory of a parcel that will arrive soon: of its first moves, after which the processor
  /// foresees the rest.
  static void ask(const Parcel& parcel) {
    constexpr std::size_t moves_of_line = 4;
    const std::size_t last = std::min(parcel.moves.size(), 2 * moves_of_line);
    for (std::size_t i = 0; i < last; i += moves_of_line) prefetch(parcel.moves.data() + i);
  }

  void arrive(const Parcel& parcel) {
    for (std::size_t i = 0; i < parcel.moves.size(); ++i) {
      const Move& move = parcel.moves[i];
      const Luggage luggage = parcel.luggage != nullptr ? parcel.luggage[i] : Luggage{};
      const Group group = becomes_[move.stream.index() * population_.groups() + move.leaves_as.index()];
      const History history{.cohort = move.cohort,
                            .birth = move.birth,
                            .previous = parcel.origin,
                            .census = move.census,
                            .usual = luggage.usual,
                            .citizenship = luggage.citizenship};
      if (scenario_.groups.waits(group)) {
        sums_.touch(settle_waiting(group, history, luggage.ticket.kept(scenario_.groups, group)));
      } else {
        sums_.touch(population_.settle({region_, group, history}, arrival_));
      }
      tallies_.flows.add(parcel.origin, region_, move, is_older(parcel.origin, move));
      ++change_[group.index()];
      if (arrivals_ != nullptr) ++arrivals_[move.stream.index()];
      if (tallies_.relocations.asked_for()) tallies_.relocations.arrive(region_, move.census);
      if (tallies_.usual.asked_for()) tallies_.usual.add(luggage.usual, region_, step_, 1);
    }
  }

 private:
  /// Someone who comes with a ticket: for the office here, as if it had asked for it here.
  PlaceInCell settle_waiting(Group group, const History& history, Ticket ticket) {
    const RecordLayout& layout = population_.layout();
    PlaceInCell place{population_.cell(region_, group), history.cohort};
    population_.note(region_, group, history.cohort, history.birth, 1);
    if (layout.needs().records()) {
      KeyedRecord record = layout.without_arrival(history, region_).with(arrival_);
      record.word = layout.with_ticket(record.word, ticket);
      place.block = population_.movers().append(place.cell, record);
    } else {
      population_.add_counted(place.cell, history.cohort, 1);
      population_.waiting().add(place.cell, history.cohort, ticket, 1);
    }
    for (std::size_t q = 0; q < scenario_.queues.size(); ++q) {
      if (scenario_.groups.waits(group, QueueId{q})) tallies_.queues.add_requests(region_, QueueId{q}, 1);
    }
    return place;
  }

  /// Of a `Move` or a `RecordedExit`.
  template <class Leaver>
  void depart_since_census(const Leaver& leaver) {
    if (tallies_.relocations.asked_for() && leaver.moved_since_census) {
      tallies_.relocations.depart(region_, leaver.census);
    }
  }

  void count_exits(EventId event, Group group, Cohort cohort, std::int64_t agents) {
    if (const std::optional<OutcomeId> outcome = order_.outcome(event)) {
      count_outcome(changes_[order_.change(*outcome).index()], group, agents);
    } else if (tallies_.queues.asked_for()) {
      tallies_.queues.add_left(region_, group, agents);
    }
    if (const std::optional<OutflowId> outflow = order_.outflow(event)) {
      tallies_.vitals.add_outflow(region_, *outflow, group, agents);
      outflows_[outflow->index()] += agents;
    } else {
      const std::int64_t older =
          tallies_.vitals.cuts(cohort) ? ages_of_dead_.older(event, region_, group, cohort, agents) : 0;
      tallies_.vitals.add_deaths(region_, group, cohort, agents, older);
    }
    change_[group.index()] -= agents;
  }

  /// Of those who leave all regions by it: what it is counted as, and how they leave their queues.
  void count_outcome(const GroupChange& change, Group before, std::int64_t agents) {
    tallies_.vitals.add_transitions(region_, *change.outcome, before, agents);
    if (!tallies_.queues.asked_for()) return;
    if (change.gives_up) tallies_.queues.add_given_up(region_, *change.gives_up, agents);
    tallies_.queues.add_left(
        region_, change.gives_up ? scenario_.groups.left(before, *change.gives_up) : before, agents);
  }

  [[nodiscard]] bool is_older(Region origin, const Move& move) {
    return tallies_.flows.cuts(move.cohort) &&
           ages_of_movers_.older(EventOrder::move(move.stream), origin, move.leaves_as, move.cohort, 1) > 0;
  }

  /// Returns the group afterwards.
  Group count_change(const GroupChange& change, Group before, std::int64_t agents) {
    const Group after = group_after(change, before, place_);
    if (change.outcome) tallies_.vitals.add_transitions(region_, *change.outcome, before, agents);
    if (tallies_.queues.asked_for() && !change.joins) {
      tallies_.queues.add_left(
          region_, change.gives_up ? scenario_.groups.left(before, *change.gives_up) : before, after, agents);
    }
    if (change.joins) tallies_.queues.add_requests(region_, *change.joins, agents);
    if (change.gives_up) tallies_.queues.add_given_up(region_, *change.gives_up, agents);
    change_[before.index()] -= agents;
    change_[after.index()] += agents;
    return after;
  }

  const Scenario& scenario_;
  const std::vector<GroupChange>& changes_;
  const std::vector<Group>& becomes_;
  Region region_;
  ChangePlace place_;
  EventOrder order_;
  /// By group, by stream (null where nobody reads them), and by outflow.
  std::int64_t* change_;
  std::int64_t* arrivals_;
  std::int64_t* departures_;
  std::int64_t* outflows_;
  Population& population_;
  LineSums& sums_;
  Tallies& tallies_;
  std::size_t step_;
  KeyedRecord arrival_;
  AgeDraws ages_of_dead_;
  AgeDraws ages_of_movers_;
};

/// Mail by region: what left it, and what goes to it.
struct Mail {
  std::vector<const Outbox*> from;
  std::vector<Parcel> to;
};

std::vector<Mail> sort_mail(const std::vector<Outbox>& outboxes, std::size_t regions, StepBalance& balance) {
  std::vector<Mail> mail(regions);
  for (const Outbox& outbox : outboxes) {
    if (outbox.touched.empty()) continue;
    mail[outbox.origin.index()].from.push_back(&outbox);
    for (const Bundle& bundle : outbox.bundles) {
      const auto moves = static_cast<std::int64_t>(bundle.last - bundle.first);
      mail[bundle.destination.index()].to.push_back(
          {std::span(outbox.moves).subspan(bundle.first, bundle.last - bundle.first), outbox.origin,
           outbox.luggage.empty() ? nullptr : outbox.luggage.data() + bundle.first});
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

StepBalance deliver(const Scenario& scenario, const std::vector<GroupChange>& changes,
                    const std::vector<Outbox>& outboxes, Step step, Population& population, LineSums& sums,
                    Tallies& tallies, Workers& workers, bool in_parallel) {
  const std::vector<std::int64_t> by_stream(
      reads_flows(scenario) ? scenario.region_count() * scenario.streams.size() : 0);
  StepBalance balance{std::vector<std::int64_t>(scenario.cell_count()),
                      by_stream,
                      by_stream,
                      std::vector<std::int64_t>(scenario.region_count() * exit_count(scenario)),
                      {},
                      0,
                      0};
  const std::vector<Mail> mail = sort_mail(outboxes, population.regions(), balance);
  const std::vector<Group> becomes = groups_after_moves(scenario);
  workers.for_each(
      balance.visited.size(),
      [&](std::size_t i) {
        const Region region = balance.visited[i];
        RegionDelivery delivery(scenario, changes, becomes, region, step, population, sums, tallies, balance);
        for (const Outbox* outbox : mail[region.index()].from) {
          delivery.depart(*outbox);
          delivery.change(*outbox);
          delivery.keep(*outbox);
        }
        const std::vector<Parcel>& parcels = mail[region.index()].to;
        for (std::size_t k = 0; k < parcels.size(); ++k) {
          if (k + parcels_ahead < parcels.size()) RegionDelivery::ask(parcels[k + parcels_ahead]);
          delivery.arrive(parcels[k]);
        }
      },
      in_parallel);
  return balance;
}

}  // namespace sojourn
