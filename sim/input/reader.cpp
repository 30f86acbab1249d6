#include "sim/input/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

#include "sim/base/digits.hpp"
#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/input/byte_source.hpp"

namespace sojourn {

namespace {

double years_in(const Duration& duration) {
  switch (duration.unit) {
    case Duration::Unit::days:
      return duration.count / 365.25;
    case Duration::Unit::weeks:
      return duration.count * 7 / 365.25;
    case Duration::Unit::months:
      return duration.count / 12.0;
    case Duration::Unit::quarters:
      return duration.count / 4.0;
    case Duration::Unit::years:
      break;
  }
  return duration.count;
}

}  // namespace

std::string description(const Node& node) {
  switch (node.kind) {
    case Node::Kind::empty:
      return "empty";
    case Node::Kind::scalar:
      return in_quotes(node.text);
    case Node::Kind::list:
      return node.items.empty() ? "an empty list" : "a list";
    case Node::Kind::map:
      break;
  }
  return node.entries.empty() ? "an empty map" : "a map";
}

Reader::Reader(std::string file) : file_(std::move(file)), mistakes_(file_) {}

void Reader::wrong(const Node& node, std::string what, std::string expected, std::string suggestion) {
  mistakes_.add(at(node), std::move(what), std::move(expected), std::move(suggestion));
}

void Reader::wrong_value(const Node& node, std::string_view what, std::string expected,
                         std::string suggestion) {
  wrong(node, fmt::format("{} is {}", what, description(node)), std::move(expected), std::move(suggestion));
}

void Reader::warn(const Node& node, std::string id, std::string what, std::string may_mean,
                  std::string how_meant) {
  warn(at(node), std::move(id), std::move(what), std::move(may_mean), std::move(how_meant));
}

void Reader::warn(Position where, std::string id, std::string what, std::string may_mean,
                  std::string how_meant) {
  mistakes_.warn({.id = std::move(id),
                  .where = std::move(where),
                  .what = std::move(what),
                  .may_mean = std::move(may_mean),
                  .how_meant = std::move(how_meant),
                  .also = {},
                  .more = 0,
                  .accepted = false});
}

std::optional<std::string> Reader::text(const Node& node, std::string_view what) {
  if (node.is_scalar()) return node.text;
  wrong_value(node, what, "text");
  return std::nullopt;
}

std::optional<double> Reader::number(const Node& node, std::string_view what) {
  if (node.is_scalar()) {
    if (const auto value = parse_number(node.text)) return value;
  }
  wrong_value(node, what, "a number such as 12 or 0.5");
  return std::nullopt;
}

std::optional<double> Reader::persons_per_year(const Node& node, std::string_view what) {
  if (node.is_scalar()) {
    if (const auto value = parse_persons_per_year(node.text)) return value;
  }
  return rate(node, what);
}

std::optional<double> Reader::rate(const Node& node, std::string_view what) {
  if (node.is_scalar()) {
    if (const auto value = parse_rate(node.text)) return value;
    if (parse_number(node.text)) {
      wrong(node, fmt::format("{} is {}, without a unit", what, in_quotes(node.text)),
            "a rate such as 0.004 per year (or quarter, month, week, day)", node.text + " per year");
      return std::nullopt;
    }
  }
  wrong_value(node, what, "a rate such as 0.004 per year (or quarter, month, week, day)");
  return std::nullopt;
}

std::optional<double> Reader::length_km(const Node& node, std::string_view what) {
  if (node.is_scalar()) {
    if (const auto value = parse_length_km(node.text)) return value;
  }
  wrong_value(node, what, "a length such as 120 km or 800 m");
  return std::nullopt;
}

std::optional<Date> Reader::date(const Node& node, std::string_view what) {
  if (node.is_scalar()) {
    if (const auto value = parse_date(node.text)) return value;
  }
  wrong_value(node, what, "a date of the calendar such as 2010-01-31");
  return std::nullopt;
}

std::optional<Duration> Reader::duration(const Node& node, std::string_view what) {
  if (node.is_scalar()) {
    if (const auto value = parse_duration(node.text)) return value;
  }
  wrong_value(node, what, "a whole number of days, weeks, months, quarters or years, such as 6 months");
  return std::nullopt;
}

std::optional<double> Reader::years(const Node& node, std::string_view what) {
  if (node.is_scalar() && (node.text == "0 years" || node.text == "0")) return 0.0;
  const auto value = duration(node, what);
  if (!value) return std::nullopt;
  return years_in(*value);
}

std::optional<bool> Reader::boolean(const Node& node, std::string_view what) {
  if (node.is_scalar() && !node.quoted) {
    if (node.text == "true") return true;
    if (node.text == "false") return false;
  }
  wrong_value(node, what, "true or false");
  return std::nullopt;
}

std::optional<std::size_t> Reader::word(const Node& node, std::string_view what,
                                        const std::vector<std::string>& words) {
  if (node.is_scalar()) {
    const auto found = std::find(words.begin(), words.end(), node.text);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  }
  wrong_value(node, what, one_of(words), node.is_scalar() ? closest(file_, node.text, words) : "");
  return std::nullopt;
}

std::optional<std::size_t> Reader::reference(const Node& node, std::string_view kind, const Names& names) {
  if (!node.is_scalar()) {
    wrong(node, fmt::format("here is {}", node.kind == Node::Kind::empty ? "nothing" : description(node)),
          fmt::format("the name of {}", with_article(kind)));
    return std::nullopt;
  }
  const auto found = names.find(node.text);
  if (!found) say_unknown(at(node), kind, node.text, names);
  return found;
}

void Reader::say_unknown(const Position& where, std::string_view kind, const std::string& name,
                         const Names& names) {
  if (!names.is_complete()) return;
  std::string expected;
  constexpr std::size_t most_listed = 12;
  if (names.size() == 0) {
    expected = fmt::format("{} of the scenario, which has none", with_article(kind));
  } else if (names.size() <= most_listed) {
    expected = one_of(names.all());
  } else {
    expected = fmt::format("one of the {} of the scenario", counted(names.size(), kind));
  }
  mistakes_.add(where, fmt::format("there is no {} {}", kind, in_quotes(name)), std::move(expected),
                closest(file_, name, names.all()));
}

std::vector<std::size_t> Reader::references(const Node& node, std::string_view kind, const Names& names) {
  std::vector<std::size_t> found;
  if (!node.is_list()) {
    if (const auto one = reference(node, kind, names)) found.push_back(*one);
    return found;
  }
  std::vector<bool> seen(names.size());
  for (const Node& item : node.items) {
    const auto one = reference(item, kind, names);
    if (!one) continue;
    if (seen[*one]) {
      wrong(item, fmt::format("{} {} is in the list twice", kind, in_quotes(item.text)), "each once");
      continue;
    }
    seen[*one] = true;
    found.push_back(*one);
  }
  return found;
}

bool Reader::is_map_of(const Node& section, std::string_view key, std::string_view things) {
  constexpr std::size_t most = 100;
  if (!section.is_map()) {
    wrong_value(section, fmt::format("'{}'", key), fmt::format("a map from names to {}", things));
    return false;
  }
  if (section.entries.size() <= most) return true;
  wrong(section, fmt::format("there are more than {} {}", most, things), "fewer");
  return false;
}

bool Reader::is_name_for(const Entry& entry, std::string_view kind) {
  if (is_name(entry.key)) return true;
  mistakes_.add({file_, entry.place.line, entry.place.column},
                fmt::format("{} cannot be the name of {}", in_quotes(entry.key), with_article(kind)),
                "a letter, then letters, digits, '_' and '-'");
  return false;
}

const Table* Reader::table(const Node& path) {
  const auto written = text(path, "the table");
  if (!written) return nullptr;
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  if (written->empty() || std::any_of(written->begin(), written->end(), is_control)) {
    wrong_value(path, "the table", "the path of a CSV file");
    return nullptr;
  }
  const auto known = tables_.find(*written);
  if (known != tables_.end() && known->second) return known->second.get();
  const std::filesystem::path full = std::filesystem::path(file_).parent_path() / *written;
  if (const auto problem = file_problem(full)) {
    wrong(path, fmt::format("the table {} cannot be read: {}", in_quotes(*written), problem->what),
          problem->expected);
    return nullptr;
  }
  if (known != tables_.end()) return nullptr;  // what is wrong in the file was said at its first use
  constexpr std::size_t most_bytes = std::size_t{1} << 30;
  auto read = Table::read(full, full.string(), mistakes_, most_bytes, TableMention{at(path), *written});
  auto& slot = tables_[*written];
  if (!read) return nullptr;
  slot = std::make_unique<const Table>(std::move(*read));
  sources_.push_back({*written, slot->sha256()});
  return slot.get();
}

std::optional<Column> Reader::column(const Table& table, std::string_view name) const {
  const auto found = std::find(table.header().begin(), table.header().end(), name);
  if (found == table.header().end()) return std::nullopt;
  return Column{static_cast<std::size_t>(found - table.header().begin())};
}

std::optional<Column> Reader::column(const Table& table, const Node& name) {
  const auto written = text(name, "the column");
  if (!written) return std::nullopt;
  const auto found = column(table, *written);
  if (!found) {
    wrong(name,
          fmt::format("{} has no column {}{}", table.file(), in_quotes(*written),
                      *written == "columns" ? " (only times may lie in columns, as in 'time: columns')" : ""),
          in_words(table.header(), 20), closest(file_, *written, table.header()));
    return std::nullopt;
  }
  if (std::count(table.header().begin(), table.header().end(), *written) > 1) {
    wrong(name, fmt::format("{} has several columns {}", table.file(), in_quotes(*written)), "one");
    return std::nullopt;
  }
  return found;
}

std::optional<double> Reader::number(const Table& table, std::size_t row, Column column,
                                     std::string_view what) {
  const auto value = parse_number(table.cell(row, column));
  if (!value) wrong_cell(table, row, column, what, "a number such as 12 or 0.5");
  return value;
}

void Reader::wrong_cell(const Table& table, std::size_t row, Column column, std::string_view what,
                        std::string expected, std::string suggestion) {
  const std::string_view cell = table.cell(row, column);
  mistakes_.add(table.where(row, column),
                fmt::format("{} is {}", what, cell.empty() ? "empty" : in_quotes(cell)), std::move(expected),
                std::move(suggestion));
}

std::string Reader::closest(const std::string& file, const std::string& given,
                            const std::vector<std::string>& known) const {
  return mistakes_.is_full(file) ? "" : closest_name(given, known);
}

std::optional<double> Reader::number(const Node* node, std::string_view what) {
  if (node == nullptr) return std::nullopt;
  return number(*node, what);
}

std::optional<double> Reader::rate(const Node* node, std::string_view what) {
  if (node == nullptr) return std::nullopt;
  return rate(*node, what);
}

std::optional<double> Reader::length_km(const Node* node, std::string_view what) {
  if (node == nullptr) return std::nullopt;
  return length_km(*node, what);
}

std::optional<Date> Reader::date(const Node* node, std::string_view what) {
  if (node == nullptr) return std::nullopt;
  return date(*node, what);
}

std::optional<Duration> Reader::duration(const Node* node, std::string_view what) {
  if (node == nullptr) return std::nullopt;
  return duration(*node, what);
}

std::optional<double> Reader::years(const Node* node, std::string_view what) {
  if (node == nullptr) return std::nullopt;
  return years(*node, what);
}

std::optional<std::size_t> Reader::reference(const Node* node, std::string_view kind, const Names& names) {
  if (node == nullptr) return std::nullopt;
  return reference(*node, kind, names);
}

std::optional<Column> Reader::column(const Table& table, const Node* name) {
  if (name == nullptr) return std::nullopt;
  return column(table, *name);
}

bool Reader::is_within(const Node& node, std::string_view what, double value, const Range& range,
                       std::string_view unit) {
  if (range.contains(value)) return true;
  const std::string expected = to_string(range) + (unit.empty() ? "" : fmt::format(" {}", unit));
  if (value < 0 && range.least == 0) {
    wrong(node, fmt::format("{} is negative", what), expected);
  } else {
    wrong(node,
          fmt::format("{} is {}{}", what, digits_apart(value, range.most, 4),
                      unit.empty() ? "" : fmt::format(" {}", unit)),
          expected);
  }
  return false;
}

namespace {

std::vector<std::string> names_of(const KeyMap& map, const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const Key& key : map.keys) {
    if (stands_for_names(key)) {
      known.insert(known.end(), names.begin(), names.end());
    } else {
      known.emplace_back(key.name);
    }
  }
  return known;
}

}  // namespace

Fields::Fields(Reader& reader, const Node& node, std::string of, const std::vector<std::string>& known,
               const KeyMap& map)
    : reader_(reader), node_(node), of_(std::move(of)), map_(map) {
  if (!node.is_map()) {
    reader.wrong_value(node, of_, "a map with the keys " + in_words(known, 20));
    return;
  }
  for (const Entry& entry : node.entries) {
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    reader.mistakes().add({reader.file(), entry.place.line, entry.place.column},
                          fmt::format("{} has no key {}", of_, in_quotes(entry.key)), one_of(known),
                          reader.closest(reader.file(), entry.key, known));
  }
}

Fields::Fields(Reader& reader, const Node& node, std::string of, const std::vector<std::string>& known)
    : Fields(reader, node, std::move(of), known, KeyMap{}) {}

Fields::Fields(Reader& reader, const Node& node, std::string of, const KeyMap& map,
               const std::vector<std::string>& names)
    : Fields(reader, node, std::move(of), names_of(map, names), map) {}

const Key& Fields::key(std::string_view name) const {
  const Key* found = find(map_, name);
  if (found == nullptr) throw std::logic_error(fmt::format("{} has no key {}", map_.name, name));
  return *found;
}

const Node* Fields::operator[](std::string_view key) const {
  return this->key(key).need == Need::required ? required(key) : optional(key);
}

std::optional<std::size_t> Fields::word(std::string_view key) const {
  const Node* node = (*this)[key];
  if (node == nullptr) return std::nullopt;
  const auto& words = this->key(key).words;
  return reader_.word(*node, in_quotes(key), {words.begin(), words.end()});
}

const Node* Fields::required(std::string_view key) const {
  const Node* found = node_.find(key);
  if (found != nullptr && found->kind != Node::Kind::empty) return found;
  if (!node_.is_map()) return nullptr;
  const Position where = found != nullptr ? reader_.at(*found) : reader_.at_key(node_);
  reader_.mistakes().add(where, fmt::format("{} needs {}", of_, in_quotes(key)));
  return nullptr;
}

}  // namespace sojourn
