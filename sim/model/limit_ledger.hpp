#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/model/numbers.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// An agent that is to be admitted, where it comes from and where to.
struct LimitCase {
  std::span<const Draw> draws;
  /// The region and group that it leaves; of who comes from outside, no region.
  Region origin;
  Group leaves_as;
  Region destination;
  Group arrives_as;
  Region citizenship;
};

/// What all limits have left, and what was done with them. Amounts are in the units of each limit, for
/// persons: an agent draws for all persons that it stands for.
///
/// A period's amount may be drawn on until its end. Then what is left is lost or goes to another limit, but
/// for what was too little for someone who was turned away: that is credit for the next period, so that
/// amounts are not lost by rounding to whole agents. An amount that changes within a period holds from then
/// on, less what is used already. Places are free again as soon as their occupants are gone.
class LimitLedger {
 public:
  /// Whether one who finds no room keeps what is left for the next period; not where all is given back.
  enum class Refusal : std::uint8_t { noted, of_a_trial };

  LimitLedger() = default;
  explicit LimitLedger(const Scenario& scenario);

  /// Moves on to a step, whose numbers must stay until the next one. Once for each step, in their order.
  void begin_step(Step step, const Numbers& numbers);
  /// Whether there are limits of places.
  [[nodiscard]] bool has_places() const { return has_places_; }
  /// Says where agents live, by cell, so that places are taken by whoever occupies them. For each step at
  /// least once before anybody is admitted, and at its end.
  void set_occupants(std::span<const std::int64_t> agents);
  /// Whether every limit has room for what a case draws.
  [[nodiscard]] bool has_room(const LimitCase& one) const;
  /// Takes what a case draws if every limit has room for it, else nothing. Whether it did.
  [[nodiscard]] bool admit(const LimitCase& one);
  /// The same for so many alike cases, one after the other until one finds no room. How many were admitted.
  [[nodiscard]] std::int64_t admit_many(const LimitCase& one, std::int64_t agents,
                                        Refusal refusal = Refusal::noted);
  /// Gives back what so many alike cases have taken in this step.
  void give_back(const LimitCase& one, std::int64_t agents);
  /// The step is over, and occupants are those at its end.
  void end_step();

  /// Counts an agent that was turned away: by a region, from a stream.
  void add_turned_away(StreamId stream, Region destination) {
    turned_away_[destination.index() * scenario_->streams.size() + stream.index()] += 1;
  }

  /// Counts one that was not let into a region by an inflow.
  void add_turned_away(InflowId inflow, Region region) {
    entries_turned_away_[region.index() * scenario_->inflows.size() + inflow.index()] += 1;
  }

  /// How many pairs of a limit and a place there are, and those of one limit: from its first to before that
  /// of the next.
  [[nodiscard]] std::size_t places() const { return places_.size(); }
  [[nodiscard]] std::size_t first_place(LimitId limit) const { return first_place_[limit.index()]; }
  /// What a limit has left in a place.
  [[nodiscard]] double room(std::size_t place) const;

  /// What happened since it was last forgotten. Of a limit with periods: amounts that were given, drawn, and
  /// lost. Of places: how many there were and how many were taken, as means over the ends of steps. Of a
  /// meter: what was drawn.
  struct Account {
    double amount = 0;
    double used = 0;
    double lost = 0;
  };
  [[nodiscard]] std::vector<Account> accounts() const;
  /// Agents by [destination][stream].
  [[nodiscard]] const std::vector<std::int64_t>& turned_away() const { return turned_away_; }
  /// Agents by [region][inflow].
  [[nodiscard]] const std::vector<std::int64_t>& entries_turned_away() const { return entries_turned_away_; }
  void forget();

  /// Whether, for each limit, what was given since the start is what was used, lost, passed on, and is left.
  [[nodiscard]] bool is_balanced() const;

 private:
  /// Whether a step begins a period, and how many periods begin in it.
  struct Opening {
    bool begins = true;
    double periods = 1;
  };
  struct Place {
    /// Of the running period: what it got, what the one before it left as credit, what is used.
    double granted = 0;
    double credit = 0;
    double used = 0;
    /// The least that someone who was turned away wanted; 0 if nobody was.
    double wanted = 0;
    /// What others have left to the next period, and to this one.
    double given = 0;
    double from_others = 0;
    Account account{};
    /// Since the start.
    Account total{};
    double passed_on = 0;
  };

  [[nodiscard]] Opening opening(const Limit& limit, Step step) const;
  void end_period(std::size_t limit, std::size_t place);
  void begin_period(Place& place);
  void grant(std::size_t limit, std::size_t place, const Opening& opening);
  [[nodiscard]] double amount_at(std::size_t limit, std::size_t place) const;
  [[nodiscard]] std::size_t count(std::size_t limit) const;
  [[nodiscard]] std::size_t place_of(std::size_t limit, const LimitCase& one) const;
  [[nodiscard]] double wants(const Draw& draw, const LimitCase& one) const;
  [[nodiscard]] bool fits(const Draw& draw, const LimitCase& one) const;
  /// Whether whoever is of a group in a region occupies a place.
  [[nodiscard]] bool occupies(std::size_t limit, Region region, Group group) const;
  void move_occupants(const LimitCase& one, double agents);
  void take(const LimitCase& one, double agents);
  [[nodiscard]] bool is_free(std::size_t limit, const LimitCase& one) const;
  [[nodiscard]] bool has_place(std::size_t limit, const LimitCase& one) const;
  [[nodiscard]] bool is_meter(std::size_t limit) const { return !scenario_->limits[limit].amount; }
  [[nodiscard]] bool is_of_places(std::size_t limit) const {
    return scenario_->limits[limit].occupants.has_value();
  }

  const Scenario* scenario_ = nullptr;
  const Numbers* numbers_ = nullptr;
  bool has_places_ = false;
  /// By limit, and one more: the number of its first place.
  std::vector<std::size_t> first_place_;
  std::vector<Place> places_;
  /// Steps that were recorded.
  double steps_ = 0;
  std::vector<std::int64_t> turned_away_;
  std::vector<std::int64_t> entries_turned_away_;
};

}  // namespace sojourn
