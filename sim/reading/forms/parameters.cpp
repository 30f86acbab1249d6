#include "sim/reading/forms/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/text.hpp"

namespace sojourn {

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
