#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/table_use.hpp"
#include "sim/input/near_labels.hpp"
#include "sim/input/reader.hpp"
#include "sim/input/table_counter.hpp"

namespace sojourn {

/// Accounts for one use of a table whose rows are about regions: rows about other places are left out and
/// told, but a code that only looks otherwise than a region's is a mistake.
class TableAccount {
 public:
  /// `user` and `counted` are those of `TableUse`.
  TableAccount(Reader& reader, const Table& table, const Names& regions, std::string user,
               std::string counted = "");

  void use(double amount = 0) { counter_.use(amount); }
  /// The row leads from a region to itself and says nothing.
  void pass_over() { ++rows_to_itself_; }
  /// No region has the code in this column.
  void leave_out(std::size_t row, Column column, double amount = 0);
  /// Notes the use with the reader, and gives it.
  TableUse close() &&;

 private:
  Reader& reader_;
  const Table& table_;
  const Names& regions_;
  TableCounter counter_;
  std::size_t rows_to_itself_ = 0;
  std::optional<NearLabels> near_;
  /// The code that a label only looks otherwise than, or "".
  std::map<std::string, std::string, std::less<>> meant_;
};

/// Notes that every row of a table is used.
void note_whole_table(Reader& reader, const Table& table, std::string user);

}  // namespace sojourn
