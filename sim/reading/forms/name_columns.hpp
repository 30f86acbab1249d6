#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/scenario/texts.hpp"

namespace sojourn {

/// A column of names in a language; "" where that is not said.
struct NameColumn {
  std::string language;
  Column column;
};

/// The columns of names of a table, by what a scenario says of them. A column `name` brings those beside it
/// that are called as it with a language of two letters behind, such as `name_az`; a map from languages to
/// columns brings no others. What is wrong is left out.
[[nodiscard]] std::vector<NameColumn> name_columns(Reader& reader, const Table& table, const Node& told);

/// What a row calls itself. In a language it may lack a name, as every text may; elsewhere a cell without one
/// is a mistake.
[[nodiscard]] Texts name_in_row(Reader& reader, const Table& table, std::size_t row,
                                const std::vector<NameColumn>& columns);

}  // namespace sojourn
