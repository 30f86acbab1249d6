#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn {

/// A label of a table that nothing in the scenario has, and what is left out with it.
struct LeftOutLabel {
  std::string label;
  std::size_t rows = 0;
  double amount = 0;
  /// What it was perhaps meant to be; "" if nothing is close.
  std::string suggestion;
};

/// What one use of a table took from it and what it left out: rows, and an amount of what they hold.
struct TableUse {
  /// As in messages.
  std::string file;
  /// What reads it: "movers", "factor 'income'", "links".
  std::string user;
  /// What the amount counts: "persons", "pairs", "values".
  std::string counted;
  std::size_t rows = 0;
  std::size_t rows_used = 0;
  double amount = 0;
  double amount_used = 0;
  /// The rows left out, by the label that did not fit: the largest amount first.
  std::vector<LeftOutLabel> left_out;
};

/// `movers.csv (movers): 3 of 6 rows and 43,000 of 74,000 persons are used; left out: Tur (1 row, 12,000; did
/// you mean TUR?), ...`
[[nodiscard]] std::string to_string(const TableUse& use);

/// Whether less than half of the amount is used.
[[nodiscard]] bool is_mostly_left_out(const TableUse& use);

/// Whether more than a tenth of the amount is not used.
[[nodiscard]] bool is_partly_left_out(const TableUse& use);

/// Counts one use of a table, row by row.
class TableCounter {
 public:
  TableCounter(std::string file, std::string user, std::string counted);

  void use(double amount);
  /// `label` is what did not fit.
  void leave_out(std::string_view label, double amount);
  /// `known` are the labels that would fit.
  [[nodiscard]] TableUse take(const std::vector<std::string>& known) &&;

 private:
  TableUse use_;
  std::map<std::string, LeftOutLabel, std::less<>> labels_;
};

}  // namespace sojourn
