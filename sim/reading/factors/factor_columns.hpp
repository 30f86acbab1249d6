#pragma once

#include <optional>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/table_labels.hpp"
#include "sim/reading/forms/table_times.hpp"
#include "sim/scenario/factor.hpp"

namespace sojourn {

/// Where the cells of a factor stand in its table.
struct FactorColumns {
  /// None, the region, or origin and destination.
  std::vector<LabelColumn> places;
  std::vector<AttributeColumn> attributes;
  std::optional<Column> age;
  std::optional<Column> time;
  /// The column of the number; in a wide table one for each time.
  std::vector<Column> values;
  /// The times of the columns of a wide table.
  std::vector<TableTime> value_times;

  [[nodiscard]] bool has_times() const { return time.has_value() || !value_times.empty(); }
};

/// The keys of a factor that a table gives: its columns, and what holds where the table says nothing.
[[nodiscard]] KeyMap factor_table_map();

/// The columns that the keys of a factor name. Nothing if there is a mistake.
[[nodiscard]] std::optional<FactorColumns> find_factor_columns(Reader& reader, const Fields& fields,
                                                               const Table& table, FactorPlaces places,
                                                               const Setting& setting);

}  // namespace sojourn
