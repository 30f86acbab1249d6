#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/delivery.hpp"
#include "sim/engine/events.hpp"
#include "sim/engine/inflow.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/engine/move.hpp"
#include "sim/model/choice.hpp"
#include "sim/model/entry.hpp"
#include "sim/model/feedback.hpp"
#include "sim/model/hazard.hpp"
#include "sim/model/limit_ledger.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/office_limits.hpp"
#include "sim/model/outcome_choice.hpp"
#include "sim/model/population.hpp"
#include "sim/model/ticket_clock.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What every step was checked for. A run in which one of them fails ends at once with an error.
struct Checks {
  /// Steps after which the stock of each cell was its stock before plus arrivals and births minus departures
  /// and deaths and what transitions changed, by a count of all agents and by the tallies from which stocks
  /// are written.
  std::size_t steps_conserved = 0;
  /// Moves, none of them from a region to itself.
  std::int64_t moves = 0;
};

/// One run of a scenario under one variant: its state at an instant, and how it goes on.
class Simulation {
 public:
  /// The scenario, variant and workers must outlive the simulation. Throws `SizeFault` or `InputError` for a
  /// scenario built in code whose tables or references are wrong.
  Simulation(const Scenario& scenario, const Variant& variant, RunKey key, Workers& workers);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;
  Simulation(Simulation&&) = delete;
  Simulation& operator=(Simulation&&) = delete;
  ~Simulation() = default;

  [[nodiscard]] const Scenario& scenario() const { return *scenario_; }
  [[nodiscard]] const Variant& variant() const { return *variant_; }
  [[nodiscard]] const RunKey& key() const { return key_; }
  /// Steps done; also the boundary of the time grid at which the state is.
  [[nodiscard]] std::size_t steps_done() const { return steps_done_; }
  [[nodiscard]] bool finished() const { return steps_done_ == scenario_->time.steps(); }

  /// Runs the next step. Throws `std::logic_error` if a check fails.
  void advance();

  /// Numbers, choices and hazards as they would be in a later step with the people of now, at their ages of
  /// now. For what is told before a run: what has looked ahead is not to advance.
  void foresee(Step step);

  [[nodiscard]] const Population& population() const { return population_; }
  /// Agents who live in the region now; times `persons_per_agent` they are persons. `region` is one of the
  /// scenario's.
  [[nodiscard]] std::int64_t stock(Region region) const { return population_.noted(region); }
  /// Factors and parameters of the last step (before the first: of the first).
  [[nodiscard]] const Numbers& numbers() const { return numbers_; }
  /// Hazards of the last step (before the first: of the first), and those of births, if there are births.
  [[nodiscard]] const Hazards& hazards() const { return hazards_; }
  [[nodiscard]] const Hazards* fertility() const { return fertility_ ? &*fertility_ : nullptr; }
  /// Moves since they were last taken.
  [[nodiscard]] FlowTally& flows() { return tallies_.flows; }
  [[nodiscard]] const FlowTally& flow_tally() const { return tallies_.flows; }
  /// Births, deaths, transitions, inflow and outflow since they were last taken.
  [[nodiscard]] VitalTally& vitals() { return tallies_.vitals; }
  /// Requests, and who was served after how long, likewise.
  [[nodiscard]] QueueTally& queues() { return tallies_.queues; }
  /// What became of limits, likewise.
  [[nodiscard]] LimitLedger& limits() { return ledger_; }
  /// Flows by the twelve-month rule, if asked for.
  [[nodiscard]] UsualTally& usual() { return tallies_.usual; }
  /// Relocations of the running interval, and the start of the next one: from now on.
  [[nodiscard]] const RelocationTally& relocations() const { return tallies_.relocations; }
  void take_census();

  /// Foreign citizens by [residence][citizenship]; looks at all records.
  [[nodiscard]] DiasporaStock foreign_citizens() const;

  [[nodiscard]] const Checks& checks() const { return checks_; }
  /// Moves to expect in the step that `advance` runs next: the sum of everybody's hazard. Looks at all
  /// records.
  [[nodiscard]] double expected_moves() const;
  /// No fewer than these, by bounds on hazards and without a look at anybody.
  [[nodiscard]] double most_moves();
  /// Bytes of the tallies and of the rows of destination choices.
  [[nodiscard]] std::size_t table_bytes() const;

 private:
  /// Numbers, choices and hazards of the next step.
  void update_model();
  void update_hazards();
  void let_in(Step step);
  void let_in_admitted(Step step);
  void open_offices(Step step);
  void bear_children(Step step);
  /// Children of the step are there in it for what people join at once.
  void let_children_join(Step step);
  void close_limits();
  void check(const StepBalance& balance);
  /// Whether the stocks of a region's cells are what they must be after these changes (by cell, of all
  /// regions).
  void check_region(Region region, const std::vector<std::int64_t>& change);
  /// The same of all regions in which anything has changed.
  void check_changed(const std::vector<std::int64_t>& change);
  [[noreturn]] void fail(const std::string& what) const;

  const Scenario* scenario_;
  const Variant* variant_;
  RunKey key_;
  Workers* workers_;
  std::size_t steps_done_ = 0;

  Population population_;
  Numbers start_numbers_;
  Numbers numbers_;
  Feedback feedback_;
  std::vector<GroupChange> changes_;
  OutcomeChoice outcomes_;
  /// By queue.
  std::vector<TicketClock> clocks_;
  std::vector<Choice> choices_;
  Hazards hazards_;
  /// The hazards of births, where there are births.
  std::optional<Hazards> fertility_;
  /// By cell: children a year of those who were there when the step began.
  std::vector<double> births_at_start_;
  LineSums sums_;
  std::vector<Outbox> outboxes_;
  DrawingRooms rooms_;
  Tallies tallies_;
  Step census_;
  /// Cohorts from this on were born since the census.
  std::size_t first_born_since_census_ = 0;
  /// By cell.
  std::vector<std::int64_t> stock_;
  /// Moves of the last step by [region][stream].
  std::vector<std::int64_t> arrivals_;
  std::vector<std::int64_t> departures_;
  /// Agents of the last step by [region][inflow] and [region][way out].
  std::vector<std::int64_t> inflow_;
  std::vector<std::int64_t> outflow_;
  ExpectedEntries expected_entries_;
  OfficeLimits office_limits_;
  LimitLedger ledger_;
  /// Who asks to enter in this step, then who may.
  std::vector<EntryRequest> asking_;
  std::int64_t last_moves_ = 0;
  Checks checks_;
};

}  // namespace sojourn
