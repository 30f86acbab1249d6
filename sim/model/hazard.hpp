#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/model/choice.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/population.hpp"
#include "sim/model/term.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The hazards of all streams in one step, per year:
///
///   h = rate * schedule(age) * stay(duration) * exp(sum beta_k x_k + lambda (I - I at the start))
///
/// as a product of a level by cell, a value by cohort and a value by time of arrival, so that
/// most hazards are looked up and not computed. Levels are computed anew only when a number they depend on
/// has changed; schedules, and bounds on what an agent may be multiplied with in any step of a year, once a
/// year.
class Hazards {
 public:
  /// `start`: the numbers of the first step without policies; `population`: that of the start.
  Hazards(const Scenario& scenario, const Numbers& start, const Population& population, Workers& workers);

  /// Moves on to a step. A hazard above 1e6 a year is an `InputError` at its stream. Numbers and choices must
  /// be those of the step.
  void update(const Numbers& now, const std::vector<Choice>& choices, Step step, Workers& workers);

  [[nodiscard]] std::size_t streams() const { return streams_.size(); }
  /// Hazards of a stayer of a cell and cohort by stream, into `rates`; returns their sum.
  double stayer(std::size_t cell, Cohort cohort, std::span<double> rates) const {
    const std::span<const double> level = levels(cell);
    double sum = 0;
    for (std::size_t s = 0; s < level.size(); ++s) {
      sum += rates[s] = level[s] * stayer_schedule_[s * cohorts_.count() + cohort.index()];
    }
    return sum;
  }
  /// The sums alone, of all cohorts from `first` on that `sums` has room for.
  void stayers(std::size_t cell, Cohort first, std::span<double> sums) const {
    std::fill(sums.begin(), sums.end(), 0.0);
    const std::span<const double> level = levels(cell);
    for (std::size_t s = 0; s < level.size(); ++s) {
      const double* const schedule = stayer_schedule_ + s * cohorts_.count() + first.index();
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += level[s] * schedule[i];
    }
  }
  /// Hazards of a mover of a cell by its record, likewise.
  double mover(std::size_t cell, BlockKey key, RecordWord word, std::span<double> rates) const;

  /// Levels of a cell by stream: everything in a hazard but age and stay.
  [[nodiscard]] std::span<const double> levels(std::size_t cell) const {
    return {levels_.data() + cell * streams_.size(), streams_.size()};
  }
  /// Bounds on a hazard over its level, in any step of the current year: of stayers by cohort, and of movers
  /// in a block of a key by stream.
  [[nodiscard]] std::span<const double> stayer_bounds(StreamId stream) const {
    return {stayer_bounds_.data() + stream.index() * cohorts_.count(), cohorts_.count()};
  }
  [[nodiscard]] std::span<const double> block_bounds(BlockKey key) const {
    return {block_bounds_.data() + key * streams_.size(), streams_.size()};
  }
  /// A bound on the sum of hazards of every mover in a block of this key.
  [[nodiscard]] double bound(std::size_t cell, BlockKey key) const {
    return times(levels(cell), block_bounds_.data() + key * streams_.size());
  }

  /// Count up when levels, or the bounds of a year, have changed.
  [[nodiscard]] std::uint64_t levels_version() const { return levels_version_; }
  [[nodiscard]] std::uint64_t bounds_version() const { return bounds_version_; }

 private:
  struct StreamHazard {
    const Stream* stream = nullptr;
    double divisor = 1;
    std::vector<TermValues> push;
    /// Inclusive value of the start by cell; empty without attraction.
    std::vector<double> start_inclusive;
    /// Whether the stream concerns stayers, movers at home, and movers elsewhere.
    bool stayers = true;
    bool at_home = true;
    bool elsewhere = true;
    /// Whether it leads to the region lived in before.
    bool to_previous = false;
    bool by_stay = false;
    /// Versions of all that the levels were computed from.
    std::vector<std::uint64_t> seen;
  };

  [[nodiscard]] static double times(std::span<const double> levels, const double* values) {
    double sum = 0;
    for (std::size_t s = 0; s < levels.size(); ++s) sum += levels[s] * values[s];
    return sum;
  }
  [[nodiscard]] StreamHazard stream_hazard(const Stream& stream, const Numbers& start,
                                           const Population& population, Workers& workers) const;
  void begin_year(Step step);
  void bound_stayers();
  void bound_blocks();
  [[nodiscard]] double stay_of_record(const StreamHazard& hazard, BlockKey key, RecordWord word) const;
  void update_levels(const Numbers& now, const std::vector<Choice>& choices, Workers& workers);
  [[nodiscard]] std::vector<std::uint64_t> versions(const StreamHazard& hazard, const Choice& choice,
                                                    const Numbers& now) const;
  [[nodiscard]] double level(const StreamHazard& hazard, const Choice& choice, const Numbers& now,
                             Region region, Group group) const;
  [[nodiscard]] double checked(const StreamHazard& hazard, Region region, Group group, double level) const;

  const Scenario* scenario_;
  const RecordLayout* layout_;
  Cohorts cohorts_;
  std::vector<StreamHazard> streams_;
  bool any_to_previous_ = false;
  /// [cell][stream].
  std::vector<double> levels_;
  std::uint64_t levels_version_ = 0;

  /// The steps of the current year, from the first to before the last.
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  /// The current step, its time and its length.
  Step step_;
  double elapsed_ = 0;
  double years_ = 0;
  /// [step of the year][stream][cohort]: values of the schedules; for stayers 0 where a stream does not
  /// concern them. And those of the current step.
  std::vector<double> schedules_;
  std::vector<double> stayer_schedules_;
  const double* schedule_ = nullptr;
  const double* stayer_schedule_ = nullptr;
  /// [stream][cohort] and [key][stream].
  std::vector<double> stayer_bounds_;
  std::vector<double> block_bounds_;
  /// [key][stream]: the ratio by duration of stay where it is the same for all of a block in all of the year
  /// (0 if the stream does not concern them), else `by_record`.
  static constexpr double by_record = -1;
  std::vector<double> block_stay_;
  std::uint64_t bounds_version_ = 0;
};

}  // namespace sojourn
