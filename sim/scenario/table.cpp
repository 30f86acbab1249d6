#include "sim/scenario/table.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/scenario/byte_source.hpp"
#include "sim/scenario/text.hpp"

namespace sojourn {

namespace {

constexpr std::size_t most_cells = std::size_t{1} << 27;
constexpr std::size_t most_columns = 20'000;
/// A longer field is a quote that was never closed.
constexpr std::size_t longest_field = std::size_t{1} << 20;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::size_t line_feeds(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// How many characters a field takes in the file where it is quoted only if it must be.
std::size_t width_in_file(std::string_view field) {
  const auto quotes = static_cast<std::size_t>(std::count(field.begin(), field.end(), '"'));
  const bool needs_quotes = quotes > 0 || field.find_first_of(",\r\n") != std::string_view::npos ||
                            field.starts_with(' ') || field.ends_with(' ');
  const auto continuations = static_cast<std::size_t>(std::count_if(
      field.begin(), field.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }));
  return field.size() - continuations + (needs_quotes ? 2 + quotes : 0);
}

/// Line and column after `field` and its comma, for a field that begins at (line, column).
void pass_field(std::string_view field, std::size_t& line, std::size_t& column) {
  const std::size_t feeds = line_feeds(field);
  if (feeds == 0) {
    column += width_in_file(field) + 1;
    return;
  }
  line += feeds;
  column =
      field.size() - field.rfind('\n') - 1 + 3;  // after the last line feed: the rest, a quote and a comma
}

}  // namespace

/// Fills a table from the events of libcsv's parser, and follows the lines of the file, which libcsv does
/// not.
class TableBuilder {
 public:
  TableBuilder(std::string file, Mistakes& mistakes, std::size_t most_bytes)
      : mistakes_(mistakes), most_bytes_(most_bytes) {
    table_.file_ = std::move(file);
    csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    constexpr std::size_t buffer_step = std::size_t{1} << 12;
    csv_set_blk_size(&parser_, buffer_step);
  }
  ~TableBuilder() { csv_free(&parser_); }
  TableBuilder(const TableBuilder&) = delete;
  TableBuilder& operator=(const TableBuilder&) = delete;
  TableBuilder(TableBuilder&&) = delete;
  TableBuilder& operator=(TableBuilder&&) = delete;

  [[nodiscard]] std::optional<Table> build(ByteSource& source) {
    for (std::string_view piece = source.next(); !piece.empty(); piece = source.next()) {
      if (!parse(piece)) return std::nullopt;
    }
    if (source.problem()) {
      mistakes_.add({table_.file_}, source.problem()->what, source.problem()->expected);
      return std::nullopt;
    }
    if (!finish()) return std::nullopt;
    table_.sha256_ = source.sha256();
    return std::move(table_);
  }

 private:
  static void on_field(void* text, std::size_t size, void* self) {
    static_cast<TableBuilder*>(self)->field({static_cast<const char*>(text), size});
  }
  static void on_row(int terminator, void* self) { static_cast<TableBuilder*>(self)->row(terminator); }

  bool refuse(std::size_t line, std::string what, std::string expected) {
    mistakes_.add({table_.file_, line, line > 0 ? std::size_t{1} : 0}, std::move(what), std::move(expected));
    return false;
  }

  [[nodiscard]] bool parse(std::string_view piece) {
    bytes_ += piece.size();
    if (bytes_ > most_bytes_) {
      return refuse(0, fmt::format("the table is larger than {} MiB", most_bytes_ >> 20U), "a smaller table");
    }
    if (const auto wrong = utf8_.feed(piece)) {
      const std::size_t at = feeds_ + line_feeds(piece.substr(0, *wrong)) + 1;
      if (piece[*wrong] == '\0') return refuse(at, "a zero byte: this is no text file", "a CSV file");
      return refuse(at, "a character is not UTF-8", "a file saved as UTF-8");
    }
    if (first_ && piece.starts_with(byte_order_mark)) piece.remove_prefix(byte_order_mark.size());
    first_ = false;
    const std::size_t read = csv_parse(&parser_, piece.data(), piece.size(), on_field, on_row, this);
    feeds_ += line_feeds(piece.substr(0, read));
    if (read < piece.size()) {
      return refuse(feeds_ + 1, "a quote (\") stands in the middle of a cell",
                    "quotes around the whole cell, and \"\" for a quote in it");
    }
    if (parser_.entry_pos > longest_field) {
      return refuse(row_line_, "a cell that begins in this row is longer than 1 MiB", "a closing quote");
    }
    if (too_large_) return refuse(0, "the table has more than 134217728 cells", "a smaller table");
    if (table_.header_.size() > most_columns)
      return refuse(1, "the header has more than 20000 columns", "fewer");
    return true;
  }

  [[nodiscard]] bool finish() {
    if (!utf8_.complete()) return refuse(feeds_ + 1, "a character is not UTF-8", "a file saved as UTF-8");
    if (csv_fini(&parser_, on_field, on_row, this) != 0) {
      return refuse(row_line_, "a quote that begins in this row is never closed", "a closing quote (\")");
    }
    if (table_.header_.empty()) return refuse(0, "the table is empty", "a header and rows");
    if (table_.rows() == 0 && table_.is_whole_)
      return refuse(0, "the table has a header and no rows", "rows");
    return true;
  }

  void field(std::string_view text) {
    const std::size_t feeds = line_feeds(text);
    line_ += feeds;
    after_return_ = false;
    ++fields_;
    has_text_ = has_text_ || !text.empty();
    if (!in_header_ && fields_ > table_.header_.size()) return;
    if (in_header_) {
      if (table_.header_.size() <= most_columns) table_.header_.emplace_back(text);
      return;
    }
    if (table_.starts_.size() > most_cells) {
      too_large_ = true;
      return;
    }
    table_.text_ += text;
    table_.starts_.push_back(static_cast<std::uint32_t>(table_.text_.size()));
  }

  void row(int terminator) {
    if (fields_ > 0) end_row();
    if (terminator == '\n' && after_return_) {
      after_return_ = false;  // the second half of CR LF
    } else {
      ++line_;
      after_return_ = terminator == '\r';
    }
    row_line_ = line_;
    fields_ = 0;
    has_text_ = false;
  }

  void end_row() {
    if (in_header_) {
      in_header_ = false;
      table_.header_line_ = row_line_;
      return;
    }
    if (too_large_) return;
    const std::size_t columns = table_.header_.size();
    if (fields_ == columns) {
      table_.lines_.push_back(static_cast<std::uint32_t>(row_line_));
      return;
    }
    const std::size_t cells = table_.lines_.size() * columns;
    table_.starts_.resize(cells + 1);
    table_.text_.resize(table_.starts_.back());
    if (fields_ == 1 && !has_text_) return;  // nothing but spaces
    table_.is_whole_ = false;
    mistakes_.add({table_.file_, row_line_, 1}, "the row has " + counted(fields_, "cell"),
                  fmt::format("{} as in the header", columns));
  }

  Mistakes& mistakes_;
  std::size_t most_bytes_;
  csv_parser parser_{};
  Utf8Checker utf8_;
  Table table_;
  std::size_t bytes_ = 0;
  std::size_t feeds_ = 0;
  std::size_t line_ = 1;
  std::size_t row_line_ = 1;
  std::size_t fields_ = 0;
  bool first_ = true;
  bool in_header_ = true;
  bool has_text_ = false;
  bool after_return_ = false;
  bool too_large_ = false;
};

std::optional<Table> Table::read(const std::filesystem::path& path, const std::string& name,
                                 Mistakes& mistakes, std::size_t most_bytes) {
  ByteSource source(path);
  TableBuilder builder(name, mistakes, most_bytes);
  return builder.build(source);
}

Position Table::where(std::size_t row, Column column) const {
  std::size_t at_line = lines_[row];
  std::size_t at_column = 1;
  for (std::size_t c = 0; c < column.index; ++c) pass_field(cell(row, Column{c}), at_line, at_column);
  return {file_, at_line, at_column};
}

Position Table::where_in_header(Column column) const {
  std::size_t at_line = header_line_;
  std::size_t at_column = 1;
  for (std::size_t c = 0; c < column.index; ++c) pass_field(header_[c], at_line, at_column);
  return {file_, at_line, at_column};
}

}  // namespace sojourn
