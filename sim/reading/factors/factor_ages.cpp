#include "sim/reading/factors/factor_ages.hpp"

#include <fmt/format.h>

#include <map>

#include "sim/reading/forms/ages.hpp"

namespace sojourn {

namespace {

/// One class: where it ends, and a row that it stands in.
struct AgesOfRow {
  int to = 0;
  std::size_t row = 0;
  bool is_open = false;
};

}  // namespace

std::optional<FactorAges> read_factor_ages(Reader& reader, const Table& table, Column column,
                                           const std::vector<std::size_t>& rows) {
  const auto ranges = ages_of_rows(reader, table, column, rows);
  if (!ranges) return std::nullopt;
  std::map<int, AgesOfRow> classes;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_open = table.cell(rows[i], column).ends_with('+');
    classes.try_emplace((*ranges)[i].from, AgesOfRow{(*ranges)[i].to.value_or(oldest), rows[i], is_open});
  }
  FactorAges ages;
  std::map<int, std::size_t> number;
  const AgesOfRow* last = nullptr;
  for (const auto& [from, one] : classes) {
    if (last != nullptr && from != last->to) {
      reader.wrong_cell(table, one.row, column, "the next age",
                        fmt::format("{}, where the one before it ends", last->to));
      return std::nullopt;
    }
    last = &one;
    number[from] = ages.from.size();
    ages.from.push_back(from);
    ages.labels.push_back(fmt::format("age {}", table.cell(one.row, column)));
  }
  if (!last->is_open) ages.end = last->to;
  ages.class_of_row.resize(table.rows());
  for (std::size_t i = 0; i < rows.size(); ++i) ages.class_of_row[rows[i]] = number.at((*ranges)[i].from);
  return ages;
}

}  // namespace sojourn
