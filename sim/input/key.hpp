#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/range.hpp"

namespace sojourn {

enum class Need : std::uint8_t { optional, required };

/// What the value of a key looks like. Words and maps may stand in place of any of them; see `Key`.
enum class Form : std::uint8_t {
  nothing,  ///< Only words, or a map.
  text,
  texts,  ///< For people: a text, or a map of texts by the codes of their languages.
  name,   ///< Of a thing of the kind `Key::kind` that the scenario has.
  number,
  whole_number,
  rate,  ///< `0.01 per year`, or in another unit.
  boolean,
  date,      ///< `2024-01-31`.
  duration,  ///< `3 months`.
  length,    ///< `12 km`.
  file,      ///< The path of a table, seen from the scenario's folder.
  column,    ///< A column of the table.
  ages,      ///< `15-64`, `65+`, `18`.
  weights,   ///< A map from values, or ages, to numbers.
  any,       ///< What only its own reader can tell.
};

struct KeyMap;

/// What can be said of a key of a map without knowing what it fills: the one description from which are made
/// the keys that messages name, the JSON Schema, the reference, and the numbers that policies may change.
struct Key {
  /// In capitals (`ATTRIBUTE`) it stands for any name of that kind, and so for any number of keys.
  std::string_view name;
  Form form = Form::any;
  Need need = Need::optional;
  /// A sentence, in Markdown.
  std::string_view doc;
  /// `per year`; "" of what has none.
  std::string_view unit{};
  /// What holds where the key is left out; "" if nothing does.
  std::string_view otherwise{};
  Range range{};
  /// Words that the value may be.
  std::span<const std::string_view> words{};
  /// Of names, and of maps from names: "region".
  std::string_view kind{};
  /// The map that the value may be; null of what is no map.
  KeyMap (*map)() = nullptr;
  /// Whether the value is a map from names to such values, and what the names are: `NAME`.
  std::string_view names{};
  /// Whether there may be a list of them.
  bool is_list = false;
  /// Whether a number may differ by the values of an attribute: `{by: ATTRIBUTE, VALUE: NUMBER, ...}`.
  bool by_attribute = false;
  /// Whether policies may change it.
  bool is_parameter = false;
  /// What stands for it, at the end of the dotted name by which policies call it, in place of its own name;
  /// "." for nothing at all.
  std::string_view called{};
};

/// The same key where it may be left out, as where one of several maps may stand.
[[nodiscard]] constexpr Key as_optional(Key key) {
  key.need = Need::optional;
  return key;
}

/// The keys of a map.
struct KeyMap {
  /// Of which there is one in the language: "capacity".
  std::string_view name;
  std::span<const Key> keys;
};

/// Null if the map has no such key.
[[nodiscard]] const Key* find(const KeyMap& map, std::string_view name);

/// The keys of several maps, any one of which may stand in a place, as those of one map: each once, as the
/// first map that has it describes it, and none required. `instead` describes those that mean another thing
/// in another map.
[[nodiscard]] std::vector<Key> united(const std::vector<KeyMap>& alternatives,
                                      std::span<const Key> instead = {});

/// Whether a key stands for names of the scenario.
[[nodiscard]] bool stands_for_names(const Key& key);

}  // namespace sojourn
