#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/scenario/factor.hpp"

namespace sojourn {

/// A time in a table: a whole year, or a day.
struct TableTime {
  bool is_year = false;
  /// The year, or days since 1970-01-01.
  int number = 0;

  friend bool operator==(const TableTime&, const TableTime&) = default;
};

/// `2010` or `2010-01-31`; nothing for any other text.
[[nodiscard]] std::optional<TableTime> parse_table_time(std::string_view text);

/// The times of a table, of one kind, as the knots of a factor.
class TableKnots {
 public:
  /// Times in any order, the same also several times, at least one. With `step`, years without a row get a
  /// knot too: what a year does not say must not be taken from the year before.
  TableKnots(bool years, std::vector<int> numbers, Between between);

  [[nodiscard]] std::size_t count() const { return numbers_.size(); }
  [[nodiscard]] std::size_t find(int number) const;
  /// The instant of a knot: a year's begin (`step`) or middle (`linear`), or the day.
  [[nodiscard]] Date date(std::size_t knot) const;
  /// As it stands in the table.
  [[nodiscard]] std::string label(std::size_t knot) const;
  /// The first instant that the table covers.
  [[nodiscard]] Date covers_from() const;
  /// The end of what the table covers; nothing if the last value holds for ever (days with `step`).
  [[nodiscard]] std::optional<Date> covers_until() const;

 private:
  bool years_;
  Between between_;
  /// Ascending.
  std::vector<int> numbers_;
};

}  // namespace sojourn
