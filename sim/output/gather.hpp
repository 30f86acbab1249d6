#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/output/recorded_quantity.hpp"
#include "sim/output/run_view.hpp"
#include "sim/output/variables.hpp"

namespace sojourn {

/// Values to be appended to a variable.
struct Piece {
  VariableId variable;
  Values values;
};

/// What is written at one instant.
struct Record {
  std::vector<Piece> pieces;
  [[nodiscard]] std::size_t bytes() const;
};

/// What was found to hold while a run was recorded.
struct RecordChecks {
  /// Intervals over which each region's change of stock, as written, was what flowed in, was born and entered
  /// minus what flowed out, died and left all regions, as written, and nothing flowed from a region to
  /// itself.
  std::int64_t intervals = 0;
  std::int64_t moves = 0;
};

/// Copies from a run what is due at an instant, and checks it. A flow that does not agree with the
/// stocks is a `std::logic_error` that names the region.
class Gatherer {
 public:
  Gatherer(const Scenario& scenario, OutputVariables variables);

  /// Must see the run at its start and after every step. Takes the flows and the census where they are
  /// due.
  [[nodiscard]] Record observe(const RunView& run);
  [[nodiscard]] const RecordChecks& checks() const { return checks_; }

 private:
  /// The next instant or interval of an axis, if it is to be recorded now.
  [[nodiscard]] std::optional<Moment> due(const Dimension& axis, const RunView& run) const;
  void add_moment(const Dimension& axis, const Moment& moment, Record& record);
  /// What is recorded of an interval besides what rows say, and its end.
  void end_interval(const RunView& run, Record& record);
  /// Files count persons, whatever an agent stands for.
  void add_counts(VariableId variable, std::vector<std::int64_t> agents, Record& record) const;
  void add_flow_rows(FlowTally& flows, Record& record);
  void add_factors(Record& record);
  [[nodiscard]] std::vector<double> as_written(FactorId id, std::vector<double> values) const;
  void note_factors(const RunView& run);
  /// What agents mean for the stocks of their regions.
  void note(Balance balance, const std::vector<std::int64_t>& agents);
  void note_corridors(const std::vector<std::int64_t>& agents);
  void note_flow(std::size_t origin, std::size_t destination, std::int64_t count);
  void check_balance();
  [[nodiscard]] std::int64_t days(std::size_t boundary) const;

  const Scenario* scenario_;
  OutputVariables variables_;
  RecordChecks checks_;
  /// By axis: the boundary until which it is recorded.
  std::array<std::size_t, axis_count> done_{};
  /// By region: the stock of the last record and of this one, and what came in and went out between them.
  std::vector<std::int64_t> stock_before_;
  std::vector<std::int64_t> stock_;
  std::vector<std::int64_t> inward_;
  std::vector<std::int64_t> outward_;
  /// For each recorded factor, its mean over the years since the last record.
  std::vector<std::vector<double>> factor_means_;
  double years_ = 0;
};

}  // namespace sojourn
