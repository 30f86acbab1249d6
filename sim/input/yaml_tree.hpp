#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/input/mistakes.hpp"

namespace sojourn {

/// Line and column of a YAML file, from 1; columns count characters.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

struct Entry;

/// A value of a YAML document with its place in the file. Aliases are replaced by what they stand for.
struct Node {
  enum class Kind : std::uint8_t { empty, scalar, list, map };

  Kind kind = Kind::empty;
  /// Whether a scalar stands in quotes.
  bool quoted = false;
  Place place;
  /// Where the key stands whose value this is; the same as `place` for what has no key.
  Place key_place;
  std::string text;
  std::vector<Node> items;
  /// In the order of the file; no key twice.
  std::vector<Entry> entries;

  /// The value of a key of a map, or null.
  [[nodiscard]] const Node* find(std::string_view key) const;
  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_list() const { return kind == Kind::list; }
  [[nodiscard]] bool is_map() const { return kind == Kind::map; }
};

struct Entry {
  std::string key;
  Place place;
  Node value;
};

/// The one document of a YAML file whose whole text is given; `file` names it in messages. Nothing if the
/// text has no tree: not YAML, several documents, nested or aliased beyond any use. Adds a mistake for each
/// thing that is wrong, also for duplicate keys, of which the first is kept.
[[nodiscard]] std::optional<Node> parse_yaml(const std::string& whole, const std::string& file,
                                             Mistakes& mistakes);

}  // namespace sojourn
