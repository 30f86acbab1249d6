#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/reader.hpp"

namespace sojourn {

/// Nobody is older, in years.
inline constexpr int oldest = 150;

/// Whole years of age from `from` to before `to`; without `to` it has no end.
struct AgeRange {
  int from = 0;
  std::optional<int> to;

  friend bool operator==(const AgeRange&, const AgeRange&) = default;
};

/// `15-64` (to before 65), `65+`, `18` (that one year); nothing for other text and for ages over 150.
[[nodiscard]] std::optional<AgeRange> parse_age_range(std::string_view text);

/// `15-64`, `65+`, `18`.
[[nodiscard]] std::string to_string(const AgeRange& range);

/// The ages of the rows of a table, with an end each. In a column of ages, a bare number reaches to the next
/// larger first year of the column, and what has no end is as wide as the one before it; ranges may not
/// overlap. Only the rows in `rows` are looked at; the answer has one range for each of them. Nothing if
/// there is a mistake.
[[nodiscard]] std::optional<std::vector<AgeRange>> ages_of_rows(Reader& reader, const Table& table,
                                                                Column column,
                                                                const std::vector<std::size_t>& rows);

}  // namespace sojourn
