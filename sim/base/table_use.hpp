#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace sojourn {

/// A table that a scenario read: for provenance.
struct TableSource {
  /// As written in the scenario.
  std::string path;
  std::string sha256;
};

/// A label of a table that nothing in the scenario has, and what is left out with it.
struct LeftOutLabel {
  std::string label;
  std::size_t rows = 0;
  double amount = 0;
  /// What it was perhaps meant to be; "" if nothing is close.
  std::string suggestion{};
};

/// What one use of a table took from it and what it left out: rows, and an amount of what they hold.
struct TableUse {
  /// As in messages.
  std::string file;
  /// What reads it: "movers", "factor 'income'", "links".
  std::string user;
  /// What the amount counts: "persons", "pairs", "values".
  std::string counted{};
  std::size_t rows = 0;
  std::size_t rows_used = 0;
  double amount = 0;
  double amount_used = 0;
  /// The rows left out, by the label that did not fit: the largest amount first.
  std::vector<LeftOutLabel> left_out{};
};

/// `movers.csv (movers): 3 of 6 rows and 43,000 of 74,000 persons are used; left out: Tur (1 row, 12,000; did
/// you mean TUR?), ...`
[[nodiscard]] std::string to_string(const TableUse& use);

/// Whether less than half of the amount is used.
[[nodiscard]] bool is_mostly_left_out(const TableUse& use);

/// Whether more than a tenth of the amount is not used.
[[nodiscard]] bool is_partly_left_out(const TableUse& use);

}  // namespace sojourn
