#include "sim/reading/forms/name_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "sim/base/language.hpp"
#include "sim/base/text.hpp"
#include "sim/reading/forms/texts.hpp"

namespace sojourn {

namespace {

/// The language of `name_az` beside the column `name`. Of three letters many words are no language
/// (`name_old`), so only two are taken unasked.
std::optional<std::string> language_beside(std::string_view column, std::string_view names) {
  constexpr std::size_t letters = 2;
  if (!column.starts_with(names) || column.size() < names.size() + 1 || column[names.size()] != '_')
    return std::nullopt;
  const std::string_view language = column.substr(names.size() + 1);
  if (std::min(language.find('-'), language.size()) != letters || !is_language_code(language))
    return std::nullopt;
  return std::string(language);
}

void add_columns_beside(Reader& reader, const Table& table, const Node& told,
                        std::vector<NameColumn>& columns) {
  for (std::size_t c = 0; c < table.header().size(); ++c) {
    const auto language = language_beside(table.header()[c], told.text);
    if (!language) continue;
    const auto is_same = [&](const NameColumn& other) { return other.language == *language; };
    if (std::any_of(columns.begin(), columns.end(), is_same)) {
      reader.wrong(told, fmt::format("{} has several columns {}", table.file(), in_quotes(table.header()[c])),
                   "one");
    } else {
      columns.push_back({*language, Column{c}});
    }
  }
}

}  // namespace

std::vector<NameColumn> name_columns(Reader& reader, const Table& table, const Node& told) {
  std::vector<NameColumn> columns;
  if (!told.is_map() || told.entries.empty()) {
    const auto column = reader.column(table, told);
    if (!column) return columns;
    columns.push_back({"", *column});
    add_columns_beside(reader, table, told, columns);
    return columns;
  }
  for (const Entry& entry : told.entries) {
    if (!is_language_of(reader, entry, "the map of columns of names")) continue;
    if (const auto column = reader.column(table, entry.value)) columns.push_back({entry.key, *column});
  }
  return columns;
}

Texts name_in_row(Reader& reader, const Table& table, std::size_t row,
                  const std::vector<NameColumn>& columns) {
  Texts name;
  for (const NameColumn& column : columns) {
    const std::string_view cell = table.cell(row, column.column);
    if (cell.empty() && column.language.empty())
      reader.wrong_cell(table, row, column.column, "the name", "a name");
    name.add(column.language, std::string(cell));
  }
  return name;
}

}  // namespace sojourn
