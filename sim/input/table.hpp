#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/mistakes.hpp"

namespace sojourn {

/// A column of a table, counted from 0.
struct Column {
  std::size_t index = 0;
};

/// Where a scenario names a table, and how: what is wrong with the file as a whole is told there.
struct TableMention {
  Position where;
  std::string written;
};

/// A CSV file in memory: a header and rows of as many cells. Cells are text without the spaces around it.
class Table {
 public:
  /// Reads a file, plain or gzip. Nothing if it is no table at all; else each row that is wrong is a mistake
  /// and left out. `name` is the file's name in messages; what unpacks to more than `most_bytes` is refused.
  /// A first line `sep=,` of Excel is passed over.
  [[nodiscard]] static std::optional<Table> read(const std::filesystem::path& path, const std::string& name,
                                                 Mistakes& mistakes,
                                                 std::size_t most_bytes = std::size_t{1} << 30,
                                                 std::optional<TableMention> mention = std::nullopt);

  [[nodiscard]] const std::string& file() const { return file_; }
  /// SHA-256 of the file's bytes, in hexadecimal.
  [[nodiscard]] const std::string& sha256() const { return sha256_; }
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] std::size_t rows() const { return lines_.size(); }
  /// False if rows were left out because they were wrong: then a missing row is no mistake of its own.
  [[nodiscard]] bool is_whole() const { return is_whole_; }
  [[nodiscard]] std::string_view cell(std::size_t row, Column column) const {
    const std::size_t i = row * header_.size() + column.index;
    return std::string_view(text_).substr(starts_[i], starts_[i + 1] - starts_[i]);
  }
  /// The line of the file in which a row begins.
  [[nodiscard]] std::size_t line(std::size_t row) const { return lines_[row]; }
  /// Where a cell stands in the file. The column is that of its first character; it may be off by the spaces
  /// and needless quotes before it.
  [[nodiscard]] Position where(std::size_t row, Column column) const;
  [[nodiscard]] Position where_in_header(Column column) const;
  /// In which columns two rows differ, without those of `but`: "differ in A, B and C".
  [[nodiscard]] std::string difference(std::size_t row, std::size_t other,
                                       std::span<const Column> but = {}) const;

 private:
  friend class TableBuilder;
  Table() = default;

  std::string file_;
  std::string sha256_;
  std::vector<std::string> header_;
  /// All cells, row by row, one after another: cell i is the text from starts_[i] to starts_[i + 1].
  std::string text_;
  std::vector<std::uint32_t> starts_ = {0};
  std::vector<std::uint32_t> lines_;
  std::size_t header_line_ = 1;
  bool is_whole_ = true;
};

}  // namespace sojourn
