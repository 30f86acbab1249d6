#pragma once

#include <cstddef>
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
/// as a product of a level by cell, a value by cohort and a value by time of arrival, so that an agent's
/// hazard is looked up and never computed.
class Hazards {
 public:
  /// `start`: the numbers of the first step without policies; `population`: that of the start.
  Hazards(const Scenario& scenario, const Numbers& start, const Population& population, Workers& workers);

  /// Moves on to a step. Numbers and choices must be those of the step.
  void update(const Numbers& now, const std::vector<Choice>& choices, Step step);

  [[nodiscard]] std::size_t streams() const { return streams_.size(); }
  /// Hazards of a stayer of a cell and cohort by stream, into `rates`; returns their sum.
  double stayer(std::size_t cell, Cohort cohort, std::span<double> rates) const;
  /// Hazards of a mover whose record is in a block of this key, likewise.
  double mover(std::size_t cell, BlockKey key, const History& history, std::span<double> rates) const;
  /// A bound on the sum of hazards of every mover in a block of this key.
  [[nodiscard]] double bound(std::size_t cell, BlockKey key) const;

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

    std::vector<double> by_cohort;
    std::vector<double> band_bound;
    /// [year of arrival][offset], and the largest of each year; one entry where there is no stay table.
    std::vector<double> by_arrival;
    std::vector<double> year_bound;
  };

  void update_levels(const Numbers& now, const std::vector<Choice>& choices);
  void update_stay(StreamHazard& hazard, Step step) const;
  void update_ages(StreamHazard& hazard, double elapsed) const;
  [[nodiscard]] double level(const StreamHazard& hazard, const Choice& choice, const Numbers& now,
                             Region region, Group group) const;
  [[nodiscard]] bool concerns(const StreamHazard& hazard, BlockKey key) const {
    return RecordLayout::at_home(key) ? hazard.at_home : hazard.elsewhere;
  }

  const Scenario* scenario_;
  const RecordLayout* layout_;
  Cohorts cohorts_;
  std::vector<StreamHazard> streams_;
  /// [cell][stream].
  std::vector<double> levels_;
};

}  // namespace sojourn
