#pragma once

#include <map>
#include <string>
#include <utility>

#include "sim/input/reader.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The section `labels`.
[[nodiscard]] KeyMap labels_map();
/// What people call an attribute and its values.
[[nodiscard]] KeyMap attribute_labels_map();

/// What people call what has a name in a scenario.
struct Labels {
  /// By section and name: `streams`, `work`. Of attributes the section is `attributes`, and of their values
  /// `attributes.NAME`.
  std::map<std::pair<std::string, std::string>, Texts> of;

  /// Nothing where there is none.
  [[nodiscard]] Texts find(const std::string& section, const std::string& name) const;
};

/// The section `labels` of a document. Labels of what the document does not have are mistakes.
[[nodiscard]] Labels read_labels(Reader& reader, const Node& section, const Node& document);

/// Gives everything in a scenario its label.
void set_labels(Scenario& scenario, const Labels& labels);

/// An attribute may not have the name of a variable of labels, such as `sex_label` beside `sex`; `attributes`
/// is their section.
void check_names_of_labels(Reader& reader, const Scenario& scenario, const Node& attributes);

}  // namespace sojourn
