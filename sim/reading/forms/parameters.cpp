#include "sim/reading/forms/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/text.hpp"

namespace sojourn {

namespace {

/// Whether a dotted name is of a kind: its parts in capitals are any text, as names may have dots of their
/// own.
bool is_of_kind(std::string_view name, std::string_view kind) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto* const begin = std::find_if(kind.begin(), kind.end(), is_capital);
  const auto fixed = static_cast<std::size_t>(begin - kind.begin());
  if (begin == kind.end()) return name == kind;
  if (!name.starts_with(kind.substr(0, fixed))) return false;
  name.remove_prefix(fixed);
  kind.remove_prefix(fixed);
  const auto* const end = std::find_if_not(kind.begin(), kind.end(), is_capital);
  kind.remove_prefix(static_cast<std::size_t>(end - kind.begin()));
  for (std::size_t length = 1; length <= name.size(); ++length) {
    if (is_of_kind(name.substr(length), kind)) return true;
  }
  return false;
}

}  // namespace

std::optional<std::size_t> parameter_kind(std::string_view name) {
  const auto* const found = std::find_if(parameter_kinds.begin(), parameter_kinds.end(),
                                         [&](std::string_view kind) { return is_of_kind(name, kind); });
  if (found == parameter_kinds.end()) return std::nullopt;
  return static_cast<std::size_t>(found - parameter_kinds.begin());
}

Names attribute_names(const Groups& groups) {
  Names names;
  for (const Attribute& attribute : groups.attributes()) names.add(attribute.name);
  return names;
}

std::vector<double> read_by_group(Reader& reader, const Node& node, const std::string& what,
                                  const Groups& groups, NumberReader read_number) {
  if (!node.is_map()) {
    const auto value = (reader.*read_number)(node, what);
    return value ? std::vector<double>{*value} : std::vector<double>{};
  }
  const Node* by = node.find("by");
  if (by == nullptr) {
    reader.wrong(node, fmt::format("{} is a map without the key 'by'", what),
                 "a number, or {by: ATTRIBUTE, VALUE: number, ...}");
    return {};
  }
  const auto attribute = reader.reference(*by, "attribute", attribute_names(groups));
  if (!attribute) return {};
  const std::vector<std::string>& values = groups.attributes()[*attribute].values;
  std::vector<std::string> keys = {"by"};
  keys.insert(keys.end(), values.begin(), values.end());
  const Fields fields(reader, node, what, keys);
  std::vector<double> by_value(values.size());
  bool complete = true;
  for (std::size_t v = 0; v < values.size(); ++v) {
    const Node* number = fields.required(values[v]);
    const auto value = number != nullptr ? (reader.*read_number)(*number, what) : std::nullopt;
    complete = complete && value;
    by_value[v] = value.value_or(0);
  }
  if (!complete) return {};
  std::vector<double> by_group(groups.count());
  for (std::size_t g = 0; g < by_group.size(); ++g) {
    by_group[g] = by_value[groups.value(Group(g), AttributeId(*attribute))];
  }
  return by_group;
}

}  // namespace sojourn
