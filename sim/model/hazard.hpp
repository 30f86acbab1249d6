#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/model/age_profile.hpp"
#include "sim/model/choice.hpp"
#include "sim/model/event_kind.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/population.hpp"
#include "sim/model/schedule.hpp"
#include "sim/model/term.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The hazards of several kinds of events (moves, transitions, giving up in queues, outflows, deaths) in one
/// step, per year:
///
///   h = rate * factor(age) * schedule(age) * stay(duration) * exp(sum beta_k x_k + lambda (I - I at the
///   start))
///
/// as a product of a level by cell, a value by cohort (`AgeProfile`) and a value by time of arrival, so that
/// most hazards are looked up and not computed. Levels are computed anew only when a number they depend on
/// has changed; schedules, and bounds on what an agent may be multiplied with in any step of a year, once a
/// year. Sums over events are in the order of the kinds.
class Hazards {
 public:
  /// `start`: the numbers of the first step without policies; `population`: that of the start.
  Hazards(const Scenario& scenario, const std::vector<EventKind>& kinds, const Numbers& start,
          const Population& population, Workers& workers);

  /// Moves on to a step. Numbers, and choices by stream, must be those of the step. A hazard above 1e6 a year
  /// is an `InputError` at its stream.
  void update(const Numbers& now, const std::vector<Choice>& choices, Step step, Workers& workers);

  /// How many kinds of events there are.
  [[nodiscard]] std::size_t events() const { return events_.size(); }
  /// Hazards of a stayer of a cell and cohort by event, into `rates`; returns their sum.
  double stayer(std::size_t cell, Cohort cohort, std::span<double> rates) const {
    const std::span<const double> level = levels(cell);
    std::fill(rates.begin(), rates.end(), 0.0);
    double sum = 0;
    for (const std::size_t e : of_stayers_) {
      sum += rates[e] = level[e] * profiles_[e].values(cell)[cohort.index()];
    }
    return sum;
  }
  /// The sums alone, of all cohorts from `first` on that `sums` has room for.
  void stayers(std::size_t cell, Cohort first, std::span<double> sums) const {
    std::fill(sums.begin(), sums.end(), 0.0);
    const std::span<const double> level = levels(cell);
    for (const std::size_t e : of_stayers_) {
      const double* const values = profiles_[e].values(cell) + first.index();
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += level[e] * values[i];
    }
  }
  /// Hazards of a mover of a cell by its record, likewise.
  double mover(std::size_t cell, BlockKey key, RecordWord word, std::span<double> rates) const;

  /// Levels of a cell by event: everything in a hazard but age and stay.
  [[nodiscard]] std::span<const double> levels(std::size_t cell) const {
    return {levels_.data() + cell * events_.size(), events_.size()};
  }
  /// Adds bounds on the hazards over their levels, in any step of the current year, to `sums` by event: those
  /// of the stayers of a cell, with `agents` in each of the cohorts from `first` on; and those of `agents`
  /// movers in a block.
  void add_stayer_bounds(std::size_t cell, Cohort first, std::span<const std::int64_t> agents,
                         std::span<double> sums) const;
  void add_block_bounds(std::size_t cell, BlockKey key, double agents, std::span<double> sums) const {
    const double* const by_age = band_bounds(cell, key);
    const double* const by_stay = largest_stay_.data() + key * events_.size();
    for (std::size_t e = 0; e < sums.size(); ++e) sums[e] += agents * (by_age[e] * by_stay[e]);
  }
  /// A bound on the sum of hazards of every mover in a block of this key.
  [[nodiscard]] double bound(std::size_t cell, BlockKey key) const {
    const std::span<const double> level = levels(cell);
    const double* const by_age = band_bounds(cell, key);
    const double* const by_stay = largest_stay_.data() + key * events_.size();
    double sum = 0;
    for (std::size_t e = 0; e < level.size(); ++e) sum += level[e] * (by_age[e] * by_stay[e]);
    return sum;
  }

  /// Where doors stand differently on some days of the step: a state of the choice of an event, drawn by a
  /// number uniform over (0, 1) in proportion to its share of the days and the hazard in it. The level of the
  /// event must not be 0.
  [[nodiscard]] std::size_t draw_state(EventId event, std::size_t cell, double uniform) const;

  /// Count up when levels, or the bounds of a year, have changed.
  [[nodiscard]] std::uint64_t levels_version() const { return levels_version_; }
  [[nodiscard]] std::uint64_t bounds_version() const { return bounds_version_; }

 private:
  struct EventHazard {
    EventKind kind;
    /// Whether the rate is a factor by age: then it is the profile, and no part of the level.
    bool rate_by_age = false;
    /// Where the schedule of each region has a mean of its own: divisors by region. Else empty.
    std::vector<double> by_region{};
    std::vector<TermValues> push{};
    /// Inclusive value of the start by cell; empty without attraction.
    std::vector<double> start_inclusive{};
    /// Whether it concerns movers at home, and movers elsewhere.
    bool at_home = true;
    bool elsewhere = true;
    /// Whether it concerns citizens of their residence, and others.
    bool citizens = true;
    bool foreigners = true;
    /// Whether it leads to the region lived in before, or to that of birth.
    bool to_previous = false;
    bool to_birth = false;
    /// Of a choice of several states: the parts of the level, by [cell][state]. Else empty.
    std::vector<double> by_state{};
    /// The stream, if it leads to one region of the agent's own; and whether in this step its doors stand
    /// differently between destinations, so that the level does not know on which days that one is open.
    std::optional<StreamId> to_one{};
    bool asks_doors = false;
    std::optional<OutflowId> outflow{};
    /// Its ratios by duration of stay; null without any.
    const StayTable* stay = nullptr;
    /// Versions of all that the levels were computed from.
    std::vector<std::uint64_t> seen{};
  };

  void add_event(const EventKind& kind, const Numbers& start, const Population& population, Workers& workers);
  [[nodiscard]] std::vector<double> inclusive_values(const Stream& stream, const Numbers& start,
                                                     const Population& population, Workers& workers) const;
  void begin_year(Step step);
  [[nodiscard]] bool concerns(const EventHazard& hazard, BlockKey key) const;
  [[nodiscard]] StayRange stay_bounds(const EventHazard& hazard, BlockKey key) const;
  /// By event: bounds on what the movers of a block are multiplied with by age.
  [[nodiscard]] const double* band_bounds(std::size_t cell, BlockKey key) const {
    return band_bounds_.data() + cell * band_stride_ + layout_->band(key) * events_.size();
  }
  void find_way(EventHazard& hazard, const Numbers& start) const;
  void bound_bands(std::size_t event);
  void check_hazards() const;
  [[nodiscard]] double sum_with_somewhere_to_go(std::size_t cell, RecordWord word, std::span<double> rates,
                                                double sum) const;
  [[nodiscard]] double stay_of_record(const EventHazard& hazard, BlockKey key, RecordWord word) const;
  void update_levels(const Numbers& now, const std::vector<Choice>& choices, Workers& workers);
  /// `choice` is null for events that are no moves.
  [[nodiscard]] std::vector<std::uint64_t> versions(const EventHazard& hazard, const Choice* choice,
                                                    const Numbers& now) const;
  /// By [cell of the region][state] parts are noted where a choice has several states.
  [[nodiscard]] double level(EventHazard& hazard, const Choice* choice, const Numbers& now, Region region,
                             Group group) const;
  [[nodiscard]] double level_of_state(const EventHazard& hazard, const Choice* choice, const Numbers& now,
                                      Region region, Group group) const;
  [[nodiscard]] double share_of_days(const EventHazard& hazard, const Numbers& now, Region region,
                                     Group group) const;
  [[nodiscard]] double checked(const EventHazard& hazard, Region region, Group group, double level) const;

  const Scenario* scenario_;
  const RecordLayout* layout_;
  Cohorts cohorts_;
  std::vector<EventHazard> events_;
  /// By event.
  std::vector<AgeProfile> profiles_;
  /// [cell][band of cohorts][event]: the largest bounds of the profiles. The stride between cells is 0 where
  /// no profile differs between them.
  std::vector<double> band_bounds_;
  std::size_t band_stride_ = 0;
  /// The events that concern stayers.
  std::vector<std::size_t> of_stayers_;
  /// Whether some event leads to one region, which an agent may not have; and whether, in this step, agents
  /// are asked for it, as they may have none or its door may be closed.
  bool any_to_one_ = false;
  bool asks_for_one_ = false;
  /// Of the step.
  const Doors* doors_ = nullptr;
  /// [cell][event].
  std::vector<double> levels_;
  std::uint64_t levels_version_ = 0;

  YearOfSteps year_;
  /// The current step, its time and its length.
  Step step_;
  double elapsed_ = 0;
  double years_ = 0;
  /// [key][event]: the ratio by duration of stay where it is the same for all of a block in all of the year
  /// (0 if the event does not concern them), else `by_record`; and the largest ratio.
  static constexpr double by_record = -1;
  std::vector<double> block_stay_;
  std::vector<double> largest_stay_;
  std::uint64_t bounds_version_ = 0;
};

}  // namespace sojourn
