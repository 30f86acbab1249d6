#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "bench/plain/agent.hpp"
#include "bench/plain/destinations.hpp"
#include "bench/plain/hazards.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/age_draws.hpp"
#include "sim/engine/flow_tally.hpp"
#include "sim/engine/queue_tally.hpp"
#include "sim/engine/vital_tally.hpp"
#include "sim/model/diaspora.hpp"
#include "sim/model/entry.hpp"
#include "sim/model/event_ages.hpp"
#include "sim/model/event_kind.hpp"
#include "sim/model/feedback.hpp"
#include "sim/model/limit_ledger.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/office_limits.hpp"
#include "sim/model/outcome_choice.hpp"
#include "sim/model/ticket.hpp"
#include "sim/model/ticket_clock.hpp"
#include "sim/output/run_view.hpp"

namespace sojourn::plain {

/// The model as one would write it down first: a list of people, and in each step a loop over all of them. It
/// is what `Simulation` is measured against, and what it must agree with.
class Engine {
 public:
  /// The scenario, variant and workers must outlive the engine.
  Engine(const Scenario& scenario, const Variant& variant, RunKey key, Workers& workers);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  Engine(Engine&&) = delete;
  Engine& operator=(Engine&&) = delete;
  ~Engine() = default;

  /// Runs the next step.
  void advance();

  [[nodiscard]] std::size_t steps_done() const { return steps_done_; }
  [[nodiscard]] bool finished() const { return steps_done_ == scenario_->time.steps(); }
  [[nodiscard]] std::span<const Agent> agents() const { return agents_; }
  [[nodiscard]] const ArrivalTimes& times() const { return times_; }
  /// What a recorder sees.
  [[nodiscard]] RunView view();

  /// Agents by cell and cohort, counted one by one.
  [[nodiscard]] std::vector<std::int64_t> count_residents() const;

 private:
  struct Event {
    std::size_t agent = 0;
    EventId kind;
    /// Of the step, in years, when it happens.
    double left = 0;
  };
  struct Newcomer {
    InflowId inflow;
    Region region;
    Group group;
    Cohort cohort;
  };
  struct Birth {
    Region region;
    Group group;
    Region citizenship;
    bool dies = false;
  };

  /// Agents that one thread takes at a time; each piece has random numbers of its own.
  static constexpr std::size_t piece = std::size_t{1} << 16U;

  void update_tables();
  /// Who moves, dies or leaves in the step, by number. Each agent has for each kind of event an exponential
  /// waiting time, and the earliest happens; after a change of its group it has new ones, until the step is
  /// used up or it goes.
  [[nodiscard]] std::vector<Event> live_through_step();
  /// The same from these events on, which are the first (of `process`) that happen to somebody. `is_open`: by
  /// kind of event, whether it can happen.
  [[nodiscard]] std::vector<Event> live_on(std::vector<Event> events, Process process,
                                           const std::vector<bool>& is_open);
  [[nodiscard]] std::vector<Event> draw_first_events() const;
  /// Of the agents from `first` to before `last`, a piece of the list that has random numbers of its own.
  [[nodiscard]] std::vector<Event> draw_first_events(std::size_t first, std::size_t last) const;
  /// What happens next to those to whom the chosen events did not happen after all.
  [[nodiscard]] std::vector<Event> first_events_after(const std::vector<Event>& events,
                                                      const std::vector<bool>& chosen,
                                                      const std::vector<bool>& is_open) const;
  [[nodiscard]] std::vector<Region> draw_destinations(const std::vector<Event>& events,
                                                      Process process) const;
  [[nodiscard]] Date draw_day(StreamId stream, Region origin, Group group, RandomNumbers& random) const;
  /// Lets those ask, one after the other and in a random order, whose moves draw on limits. Who is turned
  /// away goes on with the rest of its step, without asking again; its last event is then among the others.
  void ask_for_admission(std::vector<Event>& events, std::vector<Region>& destinations);
  [[nodiscard]] bool draws(const Event& event) const;
  /// Whether it may go, be it otherwise than it asked to: then event and destination are changed.
  [[nodiscard]] bool is_admitted(Event& event, Region& destination, RandomNumbers& random);
  [[nodiscard]] LimitCase case_of(const Event& event, Region destination) const;
  [[nodiscard]] bool is_admitted(const Newcomer& newcomer);
  [[nodiscard]] std::vector<std::int64_t> occupants(const std::vector<Event>& events,
                                                    const std::vector<Region>& destinations) const;
  [[nodiscard]] std::vector<std::int64_t> count_by_cell() const;
  void move(const Event& event, Region destination, AgeDraws& ages);
  /// Of who leaves its residence, or dies: its usual residence is this one, or its arrival here is taken
  /// back.
  void leave_usual(std::size_t number);
  void change(const Event& event);
  void let_in();
  /// All who are among those of a queue that is joined at once, and do not wait in it, join it.
  void join_at_once(QueueId queue);
  /// Terms that run at the start began before it.
  void join_at_start();
  void enter(const Newcomer& newcomer);
  /// Serves those who wait, from the first in the line of each office on.
  void open_offices();
  /// The numbers of those who wait for an office, in the order in which it serves them.
  [[nodiscard]] std::vector<std::size_t> line_of(QueueId queue, Region office) const;
  void serve(QueueId queue, std::size_t number, OutcomeDraws& outcomes);
  /// Counts what a transition, or giving up, came to for one that leaves all regions by it.
  void leave_by(OutcomeId outcome, std::size_t number);
  void serve_shared();
  void put_into(Agent& agent, Group group);
  /// Takes out those who died or left for good; the others keep their order.
  void bury(const std::vector<Event>& events);
  /// Of who leaves all regions or dies, and is still in the list: what was counted of it.
  void forget(std::size_t number);
  /// Takes these out of the list; the others keep their order.
  void take_out(const std::vector<bool>& gone);
  /// The children that the agents from `first` to before `last` have in half a step. Each parent has a
  /// Poisson number of them, born at uniform moments of the step, who may die in what is left of it.
  /// `generation`: 0 for those of who is there when the step begins, then those of who is there at its end.
  [[nodiscard]] std::vector<Birth> draw_births(std::uint32_t generation, std::size_t first,
                                               std::size_t last) const;
  [[nodiscard]] std::vector<Birth> draw_births_of_piece(std::uint32_t generation, std::size_t first,
                                                        std::size_t last) const;
  /// Lets all children of a step live, and those that who is there at its end has, they too among them.
  void bear_children(std::vector<Birth> children);
  void settle(const std::vector<Birth>& children);
  [[nodiscard]] std::int64_t& residents(const Agent& agent);
  [[nodiscard]] std::vector<std::int64_t> take_relocations();
  [[nodiscard]] double most_moves() const;
  [[nodiscard]] DiasporaStock foreign_citizens() const;

  const Scenario* scenario_;
  const Variant* variant_;
  RunKey key_;
  Workers* workers_;
  std::size_t steps_done_ = 0;

  ArrivalTimes times_;
  std::vector<Agent> agents_;
  Numbers numbers_;
  Feedback feedback_;
  std::vector<Destinations> destinations_;
  /// Of the streams, of the transitions, then of death, if there are deaths; and of births.
  std::vector<EventHazard> hazards_;
  std::optional<EventHazard> fertility_;

  /// What is observed: kept up move by move.
  std::vector<std::int64_t> residents_;
  DiasporaStock diaspora_;
  FlowTally flows_;
  VitalTally vitals_;
  EventAges ages_;
  UsualTally usual_;
  QueueTally queues_;
  /// By queue.
  std::vector<TicketClock> clocks_;
  /// By agent: when it joined its queues. Empty without queues.
  std::vector<Ticket> tickets_;
  OfficeLimits office_limits_;
  LimitLedger ledger_;
  /// Who asks to enter in this step, then who may.
  std::vector<Newcomer> asking_;
  EventOrder order_;
  std::vector<GroupChange> changes_;
  OutcomeChoice outcomes_;
  std::vector<CountedOutcome> counted_;
  /// By agent: whether an office let it leave all regions in this step.
  std::vector<bool> let_go_;
  /// By agent: where it last lived for twelve months. Empty unless asked for.
  std::vector<std::uint16_t> usual_of_;
  /// Moves of the last step by [region][stream].
  std::vector<std::int64_t> arrivals_;
  std::vector<std::int64_t> departures_;
  /// Agents of the last step by [region][inflow] and [region][way out].
  std::vector<std::int64_t> inflow_;
  std::vector<std::int64_t> outflow_;
  ExpectedEntries expected_entries_;
  std::int64_t moves_ = 0;
  Cohort newborn_;
};

}  // namespace sojourn::plain
