#pragma once

#include <cstdint>
#include <span>

#include "sim/engine/part_work.hpp"
#include "sim/model/event_kind.hpp"

namespace sojourn {

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
  /// Counted agents who die or leave all regions.
  void exit_counted(EventId exit, Group group, Cohort cohort, std::int64_t agents);

  /// A move or an exit of an agent with a record.
  void leave_with_record(EventId event, Group group, const KeyedRecord& record);

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
};

}  // namespace sojourn
