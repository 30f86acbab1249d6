#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/table_use.hpp"
#include "sim/input/key.hpp"
#include "sim/input/mistakes.hpp"
#include "sim/input/names.hpp"
#include "sim/input/table.hpp"
#include "sim/input/yaml_tree.hpp"

namespace sojourn {

/// Reads values from the YAML tree and collects what is wrong with them. Every function that may fail adds a
/// mistake when it does; `what` names the value in the message, e.g. "the rate".
class Reader {
 public:
  /// `file` is the scenario's path: as it is shown in messages, and the place from which tables are looked
  /// for.
  explicit Reader(std::string file);

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] Mistakes& mistakes() { return mistakes_; }
  [[nodiscard]] const Mistakes& mistakes() const { return mistakes_; }
  [[nodiscard]] Position at(const Node& node) const { return {file_, node.place.line, node.place.column}; }
  /// Whether a value that stands there is within its range; a mistake if not. `what` names it: "the rate".
  bool is_within(const Node& node, std::string_view what, double value, const Range& range,
                 std::string_view unit = "");
  /// Where the key stands whose value this is.
  [[nodiscard]] Position at_key(const Node& node) const {
    return {file_, node.key_place.line, node.key_place.column};
  }

  void wrong(const Node& node, std::string what, std::string expected = "", std::string suggestion = "");
  /// `what` is not what it should be: "the rate is 'x'; expected ...".
  void wrong_value(const Node& node, std::string_view what, std::string expected,
                   std::string suggestion = "");

  /// Warns of what stands there; see `Warning`. `id` is one of `warning_ids()`.
  void warn(const Node& node, std::string id, std::string what, std::string may_mean,
            std::string how_meant = "");
  void warn(Position where, std::string id, std::string what, std::string may_mean,
            std::string how_meant = "");
  /// Notes what was taken from a table.
  void note(TableUse use) { uses_.push_back(std::move(use)); }
  [[nodiscard]] const std::vector<TableUse>& table_uses() const { return uses_; }

  /// Any scalar as text.
  [[nodiscard]] std::optional<std::string> text(const Node& node, std::string_view what);
  [[nodiscard]] std::optional<double> number(const Node& node, std::string_view what);
  /// Per year.
  [[nodiscard]] std::optional<double> rate(const Node& node, std::string_view what);
  /// The same of persons: `400 per year`, or `400 persons per year`.
  [[nodiscard]] std::optional<double> persons_per_year(const Node& node, std::string_view what);
  [[nodiscard]] std::optional<double> length_km(const Node& node, std::string_view what);
  [[nodiscard]] std::optional<Date> date(const Node& node, std::string_view what);
  [[nodiscard]] std::optional<Duration> duration(const Node& node, std::string_view what);
  /// A duration, or `0 years`, in years: a month is a twelfth, a day 1 / 365.25.
  [[nodiscard]] std::optional<double> years(const Node& node, std::string_view what);
  [[nodiscard]] std::optional<bool> boolean(const Node& node, std::string_view what);
  /// The number of the word among `words`.
  [[nodiscard]] std::optional<std::size_t> word(const Node& node, std::string_view what,
                                                const std::vector<std::string>& words);
  /// The number of the thing of a `kind` ("factor") that the scalar names.
  [[nodiscard]] std::optional<std::size_t> reference(const Node& node, std::string_view kind,
                                                     const Names& names);
  /// That nothing of the `kind` has this name, unless the section that gives the names is wrong itself.
  void say_unknown(const Position& where, std::string_view kind, const std::string& name, const Names& names);
  /// The same for every item of a list, or for the one that stands there without a list. No thing twice.
  [[nodiscard]] std::vector<std::size_t> references(const Node& node, std::string_view kind,
                                                    const Names& names);
  /// Whether a section is a map from names to things, and not of too many; a mistake if not. `things` is what
  /// it holds: "streams".
  bool is_map_of(const Node& section, std::string_view key, std::string_view things);
  /// Whether the key of a map is fit to name something of a `kind`; a mistake if not.
  bool is_name_for(const Entry& entry, std::string_view kind);

  /// The table that a scalar names, read at its first use. Null if it cannot be read.
  [[nodiscard]] const Table* table(const Node& path);
  /// The column of a table that a scalar names.
  [[nodiscard]] std::optional<Column> column(const Table& table, const Node& name);
  [[nodiscard]] std::optional<Column> column(const Table& table, std::string_view name) const;
  /// The number in a cell.
  [[nodiscard]] std::optional<double> number(const Table& table, std::size_t row, Column column,
                                             std::string_view what);
  /// A cell is not what it should be.
  void wrong_cell(const Table& table, std::size_t row, Column column, std::string_view what,
                  std::string expected, std::string suggestion = "");
  /// A suggestion, unless so many mistakes were made that nobody will read it.
  [[nodiscard]] std::string closest(const std::string& file, const std::string& given,
                                    const std::vector<std::string>& known) const;

  /// The same for a key that may be missing (null): then there is no value, and no mistake.
  [[nodiscard]] std::optional<double> number(const Node* node, std::string_view what);
  [[nodiscard]] std::optional<double> rate(const Node* node, std::string_view what);
  [[nodiscard]] std::optional<double> length_km(const Node* node, std::string_view what);
  [[nodiscard]] std::optional<Date> date(const Node* node, std::string_view what);
  [[nodiscard]] std::optional<Duration> duration(const Node* node, std::string_view what);
  [[nodiscard]] std::optional<double> years(const Node* node, std::string_view what);
  [[nodiscard]] std::optional<std::size_t> reference(const Node* node, std::string_view kind,
                                                     const Names& names);
  [[nodiscard]] std::optional<Column> column(const Table& table, const Node* name);

  /// Every table that was read, in the order of their first use.
  [[nodiscard]] const std::vector<TableSource>& tables_read() const { return sources_; }

 private:
  std::string file_;
  Mistakes mistakes_;
  /// By path; null for what could not be read.
  std::map<std::string, std::unique_ptr<const Table>> tables_;
  std::vector<TableSource> sources_;
  std::vector<TableUse> uses_;
};

/// What stands there instead: `'abc'`, "a list", "a map", "empty".
[[nodiscard]] std::string description(const Node& node);

/// A map whose keys are known beforehand. On construction, a value that is no map and each unknown key are
/// mistakes.
class Fields {
 public:
  /// `of` names the map in messages: "the time", "stream 'labour'".
  Fields(Reader& reader, const Node& node, std::string of, const std::vector<std::string>& known);
  /// The keys of a map of the language; `names` are those for which a key in capitals stands.
  Fields(Reader& reader, const Node& node, std::string of, const KeyMap& map,
         const std::vector<std::string>& names = {});

  /// The value of a key of the map, or null; of one that is required, a mistake if it is missing or empty.
  [[nodiscard]] const Node* operator[](std::string_view key) const;
  /// The description of a key of the map. Throws `std::logic_error` where there is none.
  [[nodiscard]] const Key& key(std::string_view name) const;
  /// The number of the word that a key has, among those of its description. Nothing where it is left out.
  [[nodiscard]] std::optional<std::size_t> word(std::string_view key) const;

  /// The value of a key, or null.
  [[nodiscard]] const Node* optional(std::string_view key) const { return node_.find(key); }
  /// The value of a key; null, and a mistake, if it is missing or empty.
  [[nodiscard]] const Node* required(std::string_view key) const;
  [[nodiscard]] const Node& node() const { return node_; }
  [[nodiscard]] const std::string& of() const { return of_; }
  [[nodiscard]] bool is_map() const { return node_.is_map(); }

 private:
  Fields(Reader& reader, const Node& node, std::string of, const std::vector<std::string>& known,
         const KeyMap& map);

  Reader& reader_;
  const Node& node_;
  std::string of_;
  KeyMap map_{};
};

}  // namespace sojourn
