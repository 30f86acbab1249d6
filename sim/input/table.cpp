#include "sim/input/table.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/input/byte_source.hpp"
#include "sim/input/file_kind.hpp"

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

/// What stands between the cells of a header that was cut at its commas; nothing if they were right.
std::string_view other_separator(const std::vector<std::string>& header) {
  const auto cells_with = [&](char c) {
    return std::count_if(header.begin(), header.end(),
                         [c](const std::string& cell) { return cell.find(c) != std::string::npos; });
  };
  if (cells_with('\t') > 0) return "tabs";
  if (header.size() > 1) return "";
  if (cells_with(';') > 0) return "semicolons";
  return cells_with('|') > 0 ? "bars (|)" : "";
}

/// The first line that Excel writes and reads, `sep=` and the character between cells; cut at its commas.
bool is_separator_line(const std::vector<std::string>& cells) {
  constexpr std::string_view key = "sep=";
  const bool comma = cells.size() == 2 && cells[1].empty() && cells[0].size() == key.size();
  const bool other = cells.size() == 1 && cells[0].size() <= key.size() + 1;
  if (!comma && !other) return false;
  const std::string& text = cells[0];
  return text.starts_with(key) || text.starts_with("SEP=") || text.starts_with("Sep=");
}

}  // namespace

/// The rows that are not as long as the header.
struct WrongRows {
  struct Row {
    std::size_t line = 0;
    std::size_t cells = 0;
  };
  struct Length {
    std::size_t rows = 0;
    std::size_t first_line = 0;
  };

  void add(std::size_t line, std::size_t cells) {
    constexpr std::size_t most_kept = 200;  // more than are ever told
    ++count;
    if (rows.size() < most_kept) rows.push_back({line, cells});
    Length& length = lengths[cells];
    if (length.rows++ == 0) length.first_line = line;
  }
  /// The length that most of them have.
  [[nodiscard]] const std::pair<const std::size_t, Length>& most_frequent() const {
    return *std::max_element(lengths.begin(), lengths.end(),
                             [](const auto& a, const auto& b) { return a.second.rows < b.second.rows; });
  }

  std::size_t count = 0;
  std::vector<Row> rows;
  std::map<std::size_t, Length> lengths;
};

/// Fills a table from the events of libcsv's parser, and follows the lines of the file, which libcsv does
/// not.
class TableBuilder {
 public:
  TableBuilder(std::string file, Mistakes& mistakes, std::size_t most_bytes,
               std::optional<TableMention> mention)
      : mistakes_(mistakes), most_bytes_(most_bytes), mention_(std::move(mention)) {
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
    bool right = true;
    for (std::string_view piece = source.next(); right && !piece.empty(); piece = source.next()) {
      right = parse(piece);
    }
    if (const auto& problem = source.problem()) {
      right = refuse_whole("cannot be read: " + problem->what, problem->expected);
    }
    right = right && finish();
    right = say_wrong_rows() && right;
    if (!right) return std::nullopt;
    table_.sha256_ = source.sha256();
    return std::move(table_);
  }

 private:
  static void on_field(void* text, std::size_t size, void* self) {
    static_cast<TableBuilder*>(self)->field({static_cast<const char*>(text), size});
  }
  static void on_row(int terminator, void* self) { static_cast<TableBuilder*>(self)->row(terminator); }

  bool refuse(std::size_t line, std::string what, std::string expected) {
    mistakes_.add({table_.file_, line, 1}, std::move(what), std::move(expected));
    return false;
  }

  /// What is wrong with no line more than with another.
  bool refuse_whole(std::string_view what, std::string expected) {
    if (mention_) {
      mistakes_.add(mention_->where, fmt::format("the table {} {}", in_quotes(mention_->written), what),
                    std::move(expected));
    } else {
      mistakes_.add({table_.file_}, fmt::format("the table {}", what), std::move(expected));
    }
    return false;
  }

  [[nodiscard]] bool parse(std::string_view piece) {
    bytes_ += piece.size();
    if (bytes_ > most_bytes_) {
      return refuse_whole(fmt::format("is larger than {} MiB", most_bytes_ >> 20U), "a smaller table");
    }
    if (const auto wrong = utf8_.feed(piece)) {
      const std::size_t at = feeds_ + line_feeds(piece.substr(0, *wrong)) + 1;
      if (piece[*wrong] == '\0') return refuse(at, "a zero byte: this is no text file", "a CSV file");
      return refuse(at, not_utf8(piece, *wrong), std::string(saved_as_utf8));
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
    if (refused_) return false;
    if (too_large_) return refuse_whole("has more than 134217728 cells", "a smaller table");
    if (table_.header_.size() > most_columns)
      return refuse(1, "the header has more than 20000 columns", "fewer");
    return true;
  }

  [[nodiscard]] bool finish() {
    if (!utf8_.complete()) return refuse(feeds_ + 1, not_utf8("", 0), std::string(saved_as_utf8));
    if (csv_fini(&parser_, on_field, on_row, this) != 0) {
      return refuse(row_line_, "a quote that begins in this row is never closed", "a closing quote (\")");
    }
    if (refused_) return false;
    if (table_.header_.empty()) return refuse_whole("is empty", "a header and rows");
    if (table_.rows() == 0 && wrong_rows_.rows.empty())
      return refuse_whole("has a header and no rows", "rows");
    return true;
  }

  /// One by one; or all at once where most are wrong in the same way. Then the table is none.
  [[nodiscard]] bool say_wrong_rows() {
    if (wrong_rows_.rows.empty()) return true;
    const std::size_t columns = table_.header_.size();
    const auto& [cells, length] = wrong_rows_.most_frequent();
    if (cells > columns && length.rows > 1 && length.rows > table_.rows()) {
      const bool from_the_first = table_.rows() == 0 && wrong_rows_.rows.front().cells == cells;
      if (from_the_first && columns > 1 && cells == columns + 1) {
        return refuse(
            length.first_line,
            fmt::format("most rows have {} cells, from this one on, and the header has {}", cells, columns),
            "as many cells as in the header (is there a comma at the end of each row, or in a "
            "number?)");
      }
      return refuse(table_.header_line_,
                    fmt::format("the columns stand in line {}: it has {}, as have most rows, and this line "
                                "has {}",
                                length.first_line, counted(cells, "cell"), columns),
                    "the names of the columns in the first line (delete the lines above them)");
    }
    for (std::size_t i = 0; i < wrong_rows_.count; ++i) {
      const WrongRows::Row& row = wrong_rows_.rows[std::min(i, wrong_rows_.rows.size() - 1)];
      mistakes_.add({table_.file_, row.line, 1}, "the row has " + counted(row.cells, "cell"),
                    fmt::format("{} as in the header", columns));
    }
    return true;
  }

  void end_header() {
    std::vector<std::string>& header = table_.header_;
    if (!has_separator_line_ && is_separator_line(header)) {
      has_separator_line_ = true;
      const std::string text = header[0] + (header.size() == 2 ? "," : "");
      header.clear();
      if (text.ends_with(',')) return;
      refused_ = true;
      refuse(row_line_,
             fmt::format("the line {} says that cells are not separated by commas", in_quotes(text)),
             "commas between cells (Excel: Save As, 'CSV UTF-8 (comma delimited)')");
      return;
    }
    in_header_ = false;
    table_.header_line_ = row_line_;
    const std::string_view separator = other_separator(header);
    if (separator.empty()) return;
    refused_ = true;
    refuse(row_line_, fmt::format("the file has {} between cells", separator),
           "commas between cells (Excel: Save As, 'CSV UTF-8 (comma delimited)')");
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
    if (too_large_ || refused_) return;
    if (in_header_) {
      end_header();
      return;
    }
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
    wrong_rows_.add(row_line_, fields_);
  }

  Mistakes& mistakes_;
  std::size_t most_bytes_;
  csv_parser parser_{};
  std::optional<TableMention> mention_;
  Utf8Checker utf8_;
  Table table_;
  WrongRows wrong_rows_;
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
  bool has_separator_line_ = false;
  /// By a callback of the parser; then the mistake is told already.
  bool refused_ = false;
};

std::optional<Table> Table::read(const std::filesystem::path& path, const std::string& name,
                                 Mistakes& mistakes, std::size_t most_bytes,
                                 std::optional<TableMention> mention) {
  ByteSource source(path);
  TableBuilder builder(name, mistakes, most_bytes, std::move(mention));
  return builder.build(source);
}

std::string Table::difference(std::size_t row, std::size_t other, std::span<const Column> but) const {
  constexpr std::size_t most_named = 6;
  std::vector<std::string> names;
  for (std::size_t c = 0; c < header_.size(); ++c) {
    const bool left_out =
        std::any_of(but.begin(), but.end(), [c](const Column& column) { return column.index == c; });
    if (left_out || cell(row, Column{c}) == cell(other, Column{c})) continue;
    names.push_back(header_[c].empty() ? fmt::format("column {}", c + 1) : header_[c]);
  }
  if (!names.empty()) return "differ in " + in_words(names, most_named);
  return but.empty() ? "are the same" : "differ in nothing else";
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
