#include "sim/input/key.hpp"

#include <algorithm>

namespace sojourn {

const Key* find(const KeyMap& map, std::string_view name) {
  const auto found =
      std::find_if(map.keys.begin(), map.keys.end(), [&](const Key& key) { return key.name == name; });
  return found == map.keys.end() ? nullptr : &*found;
}

std::vector<Key> united(const std::vector<KeyMap>& alternatives, std::span<const Key> instead) {
  std::vector<Key> all;
  for (const KeyMap& map : alternatives) {
    for (Key key : map.keys) {
      if (find({map.name, all}, key.name) != nullptr) continue;
      if (const Key* other = find({map.name, instead}, key.name)) key = *other;
      key.need = Need::optional;
      all.push_back(key);
    }
  }
  return all;
}

bool stands_for_names(const Key& key) {
  return std::all_of(key.name.begin(), key.name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace sojourn
