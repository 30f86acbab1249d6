#include "sim/scenario/position_of.hpp"

#include <optional>
#include <string>

#include "sim/scenario/mistakes.hpp"
#include "sim/scenario/yaml_tree.hpp"

namespace sojourn {

namespace {

/// Whether an item of a list is the term of this name: by its own, or else by what it is of.
bool is_term(const Node& item, std::string_view name) {
  if (const Node* own = item.find("name")) return own->text == name;
  if (const Node* factor = item.find("factor")) return factor->text == name;
  return item.find(name) != nullptr;  // diaspora, home
}

/// The node that a dotted name leads to from here; null if it leads nowhere.
const Node* follow(const Node& from, std::string_view name) {
  if (name.empty()) return &from;
  for (const Node& item : from.items) {
    if (is_term(item, name)) return &item;
  }
  for (const Entry& entry : from.entries) {
    if (!name.starts_with(entry.key)) continue;
    const std::string_view rest = name.substr(entry.key.size());
    if (!rest.empty() && rest.front() != '.') continue;
    const Node* found = follow(entry.value, rest.empty() ? rest : rest.substr(1));
    if (found != nullptr) return found;
  }
  return nullptr;
}

}  // namespace

Position position_of(const Scenario& scenario, std::string_view parameter) {
  Mistakes ignored(scenario.path);
  const std::optional<Node> document = parse_yaml(scenario.text, scenario.path, ignored);
  const Node* found = document ? follow(*document, parameter) : nullptr;
  if (found == nullptr) return {scenario.path};
  return {scenario.path, found->place.line, found->place.column};
}

}  // namespace sojourn
