#include "sim/scenario/place_in_text.hpp"

#include <algorithm>

#include "sim/scenario/mistakes.hpp"

namespace sojourn {

PlaceFinder::PlaceFinder(const Scenario& scenario) : file_(scenario.path) {
  Mistakes none(scenario.path);
  document_ = parse_yaml(scenario.text, scenario.path, none);
}

Position PlaceFinder::find(std::string_view dotted_name) const {
  const Node* node = document_ ? &*document_ : nullptr;
  if (node == nullptr) return {file_};
  while (!dotted_name.empty()) {
    const std::size_t end = std::min(dotted_name.find('.'), dotted_name.size());
    const Node* next = node->find(dotted_name.substr(0, end));
    if (next == nullptr) break;
    node = next;
    dotted_name.remove_prefix(std::min(end + 1, dotted_name.size()));
  }
  if (node == &*document_) return {file_};
  // Of a scalar its own place; of a section that of its name.
  const Place place = node->is_scalar() ? node->place : node->key_place;
  return {file_, place.line, place.column};
}

}  // namespace sojourn
