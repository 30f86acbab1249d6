#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/input/reader.hpp"

namespace sojourn {

/// The ages of a factor's table: classes without a gap, each up to where the next begins.
struct FactorAges {
  /// First age of each class in years, ascending.
  std::vector<double> from;
  std::vector<std::string> labels;
  /// Where the last class ends; nothing if it is open (`85+`).
  std::optional<double> end;
  /// By row of the table; 0 for rows that were not asked for.
  std::vector<std::size_t> class_of_row;
};

/// Reads the column of ages, of these rows. Nothing if there is a mistake.
[[nodiscard]] std::optional<FactorAges> read_factor_ages(Reader& reader, const Table& table, Column column,
                                                         const std::vector<std::size_t>& rows);

}  // namespace sojourn
