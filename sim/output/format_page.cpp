#include "sim/output/format_page.hpp"

#include <fmt/format.h>

#include <string_view>

#include "sim/output/recorded_dimension.hpp"
#include "sim/output/recorded_labels.hpp"
#include "sim/output/recorded_quantity.hpp"

namespace sojourn {

namespace {

std::string_view type_of_labels(const Dimension& row) {
  switch (row.along) {
    case Along::texts:
      return "text";
    case Along::numbers:
      return "float64";
    case Along::places:
    case Along::rows:
      return "none";
    case Along::instants:
    case Along::intervals:
      return "int32";
  }
  return "";
}

std::string_view type_of_values(const Quantity& row) {
  switch (row.holds) {
    case Holds::stocks:
    case Holds::flows:
    case Holds::relocations:
      return "int32, int64 or float64";
    case Holds::reals:
      return "float64";
    case Holds::whole_numbers:
    case Holds::places:
      return "int32";
    case Holds::texts:
      return "text";
  }
  return "";
}

std::string dimensions_of(const Quantity& row) {
  std::string names;
  const auto add = [&](std::string_view name) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  };
  for (const Axis axis : row.over) {
    if (axis != Axis::none) add(recorded_dimension(axis).name);
  }
  if (row.by == By::factor) {
    add("region?");
    add("ATTRIBUTE?");
  } else if (row.by != By::nothing) {
    add("...");
  }
  return names.empty() ? "none" : names;
}

}  // namespace

std::string format_page() {
  std::string page =
      "## Dimensions\n\n"
      "Each is also a variable of its name that holds its labels, except those of type none.\n\n"
      "| dimension | type | grows | meaning |\n| --- | --- | --- | --- |\n";
  for (const Dimension& row : recorded_dimensions()) {
    page += fmt::format("| `{}` | {} | {} | {} |\n", row.name, type_of_labels(row),
                        row.grows() ? "yes" : "no", row.meaning);
  }
  page +=
      "\n## Variables\n\n"
      "`...` stands for the age group and the attributes that the scenario asks for, in the order in which "
      "it "
      "names the attributes.\n\n"
      "| variable | type | dimensions | meaning |\n| --- | --- | --- | --- |\n";
  for (const Quantity& row : recorded_quantities()) {
    page += fmt::format("| `{}` | {} | {} | {}{}{} |\n", row.name, type_of_values(row), dimensions_of(row),
                        row.meaning, row.when.words.empty() ? "" : "; ", row.when.words);
  }
  page +=
      "\n## Labels\n\n"
      "Texts for people, only where the scenario gives any along the dimension (`labels`; the names of "
      "regions). "
      "Each stands\n"
      "again with the code of a language behind, for each language in which there is one: `region_name_az`, "
      "`stream_label_az`. Where a\n"
      "label is lacking in that language, the one without a language is there, or the English or first one; "
      "without any, the code or name.\n\n"
      "| variable | type | dimensions | meaning |\n| --- | --- | --- | --- |\n";
  for (const LabelRow& row : recorded_labels()) {
    page += fmt::format("| `{}{}` | text | {} | {} |\n", row.name, row.only_by_language ? "_LANGUAGE" : "",
                        row.over == Axis::none ? "none" : recorded_dimension(row.over).name, row.meaning);
  }
  return page;
}

}  // namespace sojourn
