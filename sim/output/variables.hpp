#pragma once

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/output/data_file.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The types in which counts are written: integers of 32 bits where they surely fit; reals where an agent is
/// no whole number of persons.
struct CountTypes {
  ValueType stock = ValueType::int64;
  ValueType flow = ValueType::int64;
  ValueType relocations = ValueType::int64;
};

/// Whether numbers of persons are whole when an agent stands for so many: then they are integers.
[[nodiscard]] inline bool counts_are_whole(double persons_per_agent) {
  return std::floor(persons_per_agent) == persons_per_agent;
}

/// What is written of a run, apart from the scenario itself.
struct OutputLayout {
  std::string variant;
  RunKey key;
  CountTypes counts;
  /// Whether flows are an array over all corridors, or a table of those that are not 0.
  bool dense_flows = true;
};

/// Intervals: their starts, and both their ends.
struct IntervalVariables {
  VariableId start;
  VariableId bounds;
};

/// Flows as a table: one row for each number that is not 0. All but `count` are places along the dimension of
/// the same name (without `flow_`).
struct FlowColumns {
  VariableId interval, origin, destination, stream;
  /// Age group and attributes, as far as they are asked for, in the order of `FlowTally`'s detail.
  std::vector<VariableId> details;
  /// How many values each of them has.
  std::vector<std::size_t> detail_sizes;
  VariableId count;
};

/// The variables of queues, where transitions have some.
struct QueueVariables {
  VariableId length;
  VariableId requests, given_up, left;
  VariableId waiting_mean, waiting_quantiles;
};

/// The shares at which quantiles of waiting times are recorded.
inline constexpr std::array<double, 5> waiting_quantiles = {0.1, 0.25, 0.5, 0.75, 0.9};

/// The variables of an output that grow with the run. FORMAT.md describes them.
struct OutputVariables {
  VariableId time;
  VariableId stock;
  IntervalVariables interval;
  std::optional<VariableId> flow;
  std::optional<FlowColumns> flow_columns;
  /// Births, deaths and transitions, where the scenario has them.
  std::optional<VariableId> births;
  std::optional<VariableId> deaths;
  std::optional<VariableId> transitions;
  std::optional<QueueVariables> queues;
  /// From and to outside, where the scenario has them.
  std::optional<VariableId> inflow;
  std::optional<VariableId> outflow;
  std::optional<IntervalVariables> relocation_interval;
  VariableId relocations;
  std::optional<IntervalVariables> usual_interval;
  VariableId usual;
  VariableId usual_is_final;
  std::optional<VariableId> diaspora_time;
  VariableId diaspora;
  std::optional<VariableId> citizens_time;
  VariableId citizens;
  /// In the order of the request.
  std::vector<VariableId> factors;
};

/// Makes all dimensions and variables of an output, and fills those that do not grow.
OutputVariables define_variables(DataFile& file, const Scenario& scenario, const OutputLayout& layout);

/// `0-4`, `5-9`, `80+`: the labels of age groups with these lower bounds.
[[nodiscard]] std::vector<std::string> age_labels(const std::vector<double>& age_from);

}  // namespace sojourn
