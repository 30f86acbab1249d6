#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "sim/output/run_view.hpp"
#include "sim/output/variables.hpp"

namespace sojourn {

/// Values to be appended to a variable.
struct Piece {
  VariableId variable;
  std::variant<std::vector<std::int64_t>, std::vector<double>> values;
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
  /// Files count persons, whatever an agent stands for.
  void add_counts(VariableId variable, std::vector<std::int64_t> agents, Record& record) const;
  void add_stock(const RunView& run, Record& record);
  void add_flows(const RunView& run, Record& record);
  void add_dense_flows(FlowTally& flows, Record& record);
  void add_flow_rows(FlowTally& flows, Record& record);
  void add_vitals(VitalTally& vitals, Record& record);
  void add_queue_lengths(const RunView& run, Record& record) const;
  void add_queues(QueueTally& queues, Record& record) const;
  void add_usual(const RunView& run, Record& record);
  void add_factors(Record& record);
  [[nodiscard]] std::vector<double> as_written(FactorId id, std::vector<double> values) const;
  void note_factors(const RunView& run);
  void note_flow(std::size_t origin, std::size_t destination, std::int64_t count);
  void check_balance() const;
  [[nodiscard]] std::int64_t days(std::size_t boundary) const;

  const Scenario* scenario_;
  OutputVariables variables_;
  RecordChecks checks_;
  /// Boundary and stocks by region of the last record.
  std::size_t last_ = 0;
  std::size_t last_census_ = 0;
  /// Intervals of usual residence that were recorded.
  std::size_t usual_done_ = 0;
  std::vector<std::int64_t> stock_before_;
  std::vector<std::int64_t> stock_;
  std::vector<std::int64_t> inward_;
  std::vector<std::int64_t> outward_;
  /// For each recorded factor, its mean over the years since the last record.
  std::vector<std::vector<double>> factor_means_;
  double years_ = 0;
};

}  // namespace sojourn
