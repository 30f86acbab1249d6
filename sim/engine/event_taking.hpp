#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/event_leaving.hpp"
#include "sim/engine/part_work.hpp"
#include "sim/model/event_kind.hpp"

namespace sojourn {

/// Decides which event those have to whom one happens, and takes them out of the population: who moves into
/// the room's list of those drawn, all others into the outbox.
class EventTaking {
 public:
  explicit EventTaking(const PartWork& work);

  /// Takes `events` of the counted agents of a group and cohort: the first that these have in the step. The
  /// room's rates are their hazards, which
  /// sum to `sum`; those of events that are no moves are 0 afterwards.
  void take_counted(Group group, Cohort cohort, std::int64_t events, double sum);
  /// Tries the candidates of the room, and takes those who have an event.
  void take_movers();

 private:
  [[nodiscard]] std::size_t cell(Group group) const { return population_.cell(part_.region, group); }
  [[nodiscard]] bool waits(Group group) const { return context_.scenario.groups.waits(group); }
  /// Counted agents of one kind who have an event; `hazard` is all that they had until then, per year.
  struct Taken {
    Group group;
    Cohort cohort;
    std::int64_t agents = 0;
    double hazard = 0;
  };
  /// How many of so many events are of one kind that is no move and has a rate, all kinds after it having
  /// been taken aside; its rate is 0 afterwards.
  std::int64_t take_aside(EventId event, const Taken& of);
  /// Asks for the memory of a candidate, in two steps.
  void ask_where(const Candidate& candidate) const;
  void ask(const Candidate& candidate) const;
  bool try_candidate(const Candidate& candidate);
  void try_whole_block(const Candidate& candidate);
  void take_mover(const Candidate& candidate, std::uint64_t index, RecordWord word, EventId event,
                  double hazard);

  const StepContext& context_;
  const Part& part_;
  Population& population_;
  Outbox& outbox_;
  Drawn& drawn_;
  const std::vector<Candidate>& candidates_;
  std::span<double> rates_;
  RandomNumbers& random_;
  OutcomeDraws& outcomes_;
  bool with_luggage_;
  EventOrder order_;
  EventLeaving leaving_;
};

}  // namespace sojourn
