#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/model/record.hpp"
#include "sim/model/ticket.hpp"

namespace sojourn {

/// An agent that leaves its region for another; where it goes is told beside it.
struct Move {
  Region birth;
  /// Residence at the last census (`RecordLayout::nowhere` if born since), and whether it had moved since
  /// already.
  Region census;
  Group leaves_as;
  Cohort cohort;
  StreamId stream;
  bool moved_since_census = false;
  /// Whether it had a record; the others were noted as gone when they were drawn.
  bool had_record = false;
};
static_assert(sizeof(Move) == 16);

/// What a mover takes along beside its move, where a scenario asks for it.
struct Luggage {
  /// Last usual residence.
  Region usual;
  Region citizenship;
  /// In the queues that it stays in.
  Ticket ticket{};
};

/// Moves of an outbox to one destination: [first, last).
struct Bundle {
  Region destination;
  std::size_t first = 0;
  std::size_t last = 0;
};

/// A segment of a cell's line; see `LineSums`.
struct TouchedSegment {
  std::size_t cell = 0;
  std::size_t segment = 0;
};

/// Alike agents without a record that die or leave all regions.
struct CountedExits {
  EventId event;
  Group group;
  Cohort cohort;
  std::int64_t agents = 0;
};

/// A mover that dies or leaves all regions.
struct RecordedExit {
  EventId event;
  Group leaves_as;
  Cohort cohort;
  Region birth;
  /// As those of a `Move`.
  Region census;
  bool moved_since_census = false;
};

/// Alike agents without a record whose group changes.
struct CountedChanges {
  ChangeId change;
  Group group;
  Cohort cohort;
  std::int64_t agents = 0;
  Ticket ticket;
  /// All hazards that they had until then, per year.
  double hazard = 0;
};

/// A mover whose group changes: its record, as it was in the block of that key.
struct ChangedRecord {
  KeyedRecord record;
  ChangeId change;
  Group group;
  Cohort cohort;
  Region birth;
  /// As that of `CountedChanges`.
  double hazard = 0;
  /// Whether it left or died in what was left of the step: then it is put nowhere, and its changes are among
  /// those that were passed.
  bool has_gone = false;
};

/// Changes after which something else happened to the agent in the same step: they are counted, and put
/// nobody anywhere.
struct PassedChanges {
  ChangeId change;
  Group group;
  Cohort cohort;
  /// Of the others nothing but the group is noted until the step is over.
  bool had_record = false;
  Region birth;
  std::int64_t agents = 0;
};

/// An arrival within the last twelve months, which is taken back.
struct TakenBack {
  Region usual;
  std::size_t arrived = 0;
};

/// What it takes to keep an agent that is to move by a stream that draws on limits, should it be turned away.
struct Request {
  /// Which of the moves it is.
  std::size_t move = 0;
  /// Its record, if it had one (see `Move`); of the others, its ticket.
  KeyedRecord record;
  Ticket ticket;
  Region citizenship;
  /// What is left of the step when it asks, in years. Nothing is known of it where that is its first event:
  /// then the hazards that it had until then, per year.
  std::optional<double> left{};
  double hazard = 0;
  /// What is taken back if it moves.
  std::optional<TakenBack> taken_back{};
  bool is_turned_away = false;
  /// Whether it goes elsewhere than it asked to, or by another stream, and then where and by which.
  bool goes_otherwise = false;
  Region destination;
  StreamId stream;
};

/// An agent that was taken out of its cell and gets back into it.
struct Kept {
  Group group;
  Cohort cohort;
  bool had_record = false;
  KeyedRecord record;
  Ticket ticket;
};

/// All to whom something happened in one part of a region in a step.
struct Outbox {
  Region origin;
  /// Sorted by destination (stable).
  std::vector<Move> moves;
  std::vector<Bundle> bundles;
  /// By move; empty unless it is asked for.
  std::vector<Luggage> luggage;
  /// The moves of those who leave or die within twelve months of their arrival here, to be taken back.
  std::vector<TakenBack> taken_back;
  /// Who died or left all regions: those with a record, and the others, who were noted when they were drawn.
  std::vector<RecordedExit> gone_with_record;
  std::vector<CountedExits> gone;
  /// Whose group changes: taken out of their cells, to be put into others.
  std::vector<ChangedRecord> changed_with_record;
  std::vector<CountedChanges> changed;
  std::vector<PassedChanges> passed;
  /// Of those moves that draw on limits; empty once it is known who is admitted.
  std::vector<Request> requests;
  /// Who was turned away and stays as it is.
  std::vector<Kept> kept;
  /// The segments from which somebody may have left: those in which somebody was drawn. None if nothing
  /// happened.
  std::vector<TouchedSegment> touched;
};

}  // namespace sojourn
