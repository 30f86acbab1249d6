#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/engine/part_work.hpp"
#include "sim/model/event_kind.hpp"
#include "sim/model/waiting.hpp"

namespace sojourn {

/// When in the step a move is asked for: see `Request`.
struct AskedAt {
  std::optional<double> left{};
  double hazard = 0;
};

/// Tells of those who leave a part's region, die, or leave all regions: who moves is added to the room's list
/// of those drawn, all others to the outbox. They were taken out of the population before.
class EventLeaving {
 public:
  explicit EventLeaving(const PartWork& work);

  /// What is told of a counted agent of this group and cohort that moves, but for its stream.
  [[nodiscard]] Move counted_move(Group group, Cohort cohort) const {
    Move move;
    move.birth = part_.region;
    move.census =
        cohort.index() < context_.first_born_since_census ? part_.region : population_.layout().nowhere();
    move.leaves_as = group;
    move.cohort = cohort;
    return move;
  }
  /// A move of one of them; `complete` comes after the last of several.
  void move_counted(Move move, StreamId stream) {
    move.stream = stream;
    drawn_.moves.push_back(move);
  }
  /// Room for the destinations of all who move.
  void complete();
  /// The same, the last of them with these tickets.
  void complete(std::span<const Waiters> tickets);
  /// Whether a move of this stream is asked for, as it draws on limits: then `request_counted` comes for each
  /// of them once all of a kind were told.
  [[nodiscard]] bool draws(StreamId stream) const {
    return !is_limited_.empty() && is_limited_[stream.index()];
  }
  [[nodiscard]] bool has_limits() const { return !is_limited_.empty(); }
  /// The requests of those that draw on limits among the last moves, from `first` on, of counted agents with
  /// these tickets in all.
  void request_counted(std::size_t first, const std::vector<Waiters>& tickets, const AskedAt& asked);
  /// Counted agents who die or leave all regions.
  void exit_counted(EventId exit, Group group, Cohort cohort, std::int64_t agents);

  /// A move or an exit of an agent with a record.
  void leave_with_record(EventId event, Group group, const KeyedRecord& record, const AskedAt& asked = {});

 private:
  /// What a `Move` or a `RecordedExit` says of who goes.
  template <class Leaver>
  void describe(Leaver& leaver, Group group, const KeyedRecord& record) const;
  /// The last usual residence of a mover that leaves; if this is not it, its arrival here is taken back.
  [[nodiscard]] Region usual_residence(const KeyedRecord& record);

  const StepContext& context_;
  const Part& part_;
  const Population& population_;
  Outbox& outbox_;
  Drawn& drawn_;
  bool with_luggage_;
  EventOrder order_;
  /// By stream; empty where there are no limits.
  std::vector<bool> is_limited_;
};

}  // namespace sojourn
