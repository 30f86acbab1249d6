#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/output/file_attribute.hpp"
#include "sim/output/recorded_dimension.hpp"

namespace sojourn {

/// A row for each variable of texts for people that an output may have beside the codes and names along a
/// dimension. With a language behind (`stream_label_az`) there is one more in each language that is used.
struct LabelRow {
  Axis over = Axis::none;
  /// With a word in capitals it stands for several.
  std::string_view name{};
  std::string_view long_name{};
  /// What FORMAT.md says of it.
  std::string_view meaning{};
  /// Whether the one without a language is a quantity of its own, which every file has.
  bool only_by_language = false;
};

[[nodiscard]] std::span<const LabelRow> recorded_labels();

/// A variable of texts for people in a file.
struct LabelVariable {
  std::string name;
  std::string long_name;
  std::vector<std::string> texts;
};

/// Those of a dimension that is no attribute, in the order in which a file has them. None where the scenario
/// says nothing for people.
[[nodiscard]] std::vector<LabelVariable> labels_along(Axis axis, const Scenario& scenario);
/// Those of the values of an attribute.
[[nodiscard]] std::vector<LabelVariable> labels_of_values(const Attribute& attribute);
/// Those of the variant of a run, of one text each.
[[nodiscard]] std::vector<LabelVariable> labels_of_variant(const Variant& variant);

/// The names of all of them in any output of the scenario.
[[nodiscard]] std::vector<std::string> names_of_labels(const Scenario& scenario);

/// A text as attributes of a file, group or variable: `title`, `title_az`, ...; none where it is empty.
[[nodiscard]] FileAttributes in_languages(const std::string& name, const Texts& texts);

/// What people call the policies of a variant, as lists in their order: `policy_labels`, `policy_labels_az`.
[[nodiscard]] FileAttributes policy_labels(const Scenario& scenario, const Variant& variant);

}  // namespace sojourn
