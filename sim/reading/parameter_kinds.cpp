#include "sim/reading/parameter_kinds.hpp"

#include <algorithm>

#include "sim/reading/read_scenario.hpp"

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

const std::vector<ParameterName>& parameter_kinds() {
  static const std::vector<ParameterName> kinds = parameter_names(scenario_map());
  return kinds;
}

std::optional<std::size_t> parameter_kind(std::string_view name) {
  const std::vector<ParameterName>& kinds = parameter_kinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const ParameterName& kind) { return is_of_kind(name, kind.name); });
  if (found == kinds.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kinds.begin());
}

}  // namespace sojourn
