#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/input/key.hpp"

namespace sojourn {

/// A JSON Schema (2020-12) of the documents that have these keys, by which an editor completes and marks them
/// as one types. It tells less than the reader: what depends on other parts of a document it lets pass.
[[nodiscard]] std::string json_schema(const KeyMap& root, std::string_view title);

/// A Markdown table of the keys of one map and what each means.
[[nodiscard]] std::string reference_table(const KeyMap& map);

/// Every map of the language, each once and after the first that has it, with the root at the front.
[[nodiscard]] std::vector<KeyMap> all_maps(const KeyMap& root);

/// A number that policies may change.
struct ParameterName {
  /// Dotted, such as `streams.NAME.hazard.rate`: words in capitals stand for names of the document.
  std::string name;
  /// Whether it may differ by the values of an attribute.
  bool by_attribute = false;
  std::string_view unit{};
};

/// All numbers that policies may change.
[[nodiscard]] std::vector<ParameterName> parameter_names(const KeyMap& root);

}  // namespace sojourn
