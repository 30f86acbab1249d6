#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/output/data_file.hpp"
#include "sim/output/output_layout.hpp"
#include "sim/output/recorded_quantity.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// By what else the table of flows is than its corridors and streams: age group and attributes, as far as
/// they are asked for, in the order of `FlowTally`'s detail.
struct FlowDetails {
  std::vector<VariableId> columns;
  /// How many values each of them has.
  std::vector<std::size_t> sizes;
};

/// The variables of an output. FORMAT.md describes them.
struct OutputVariables {
  /// By axis: its labels; nothing where the file does not have it.
  std::array<std::optional<VariableId>, axis_count> labels;
  /// By quantity, in the order of `recorded_quantities`; nothing where the file does not have it.
  std::vector<std::optional<VariableId>> of;
  FlowDetails flow_details;
  /// In the order of the request.
  std::vector<VariableId> factors;

  /// The variable of a dimension or quantity, which the file must have.
  [[nodiscard]] VariableId at(std::string_view name) const;
};

/// Makes all dimensions and variables of an output, and fills those that do not grow.
OutputVariables define_variables(DataFile& file, const Scenario& scenario, const OutputLayout& layout);

}  // namespace sojourn
