#include "sim/reading/read_attributes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/output/recorded_quantity.hpp"
#include "sim/reading/forms/parameters.hpp"

namespace sojourn {

namespace {

constexpr std::size_t most_groups = 10'000;

/// Keys that stand beside attributes' names in the YAML, but for those that are names of the output as well.
constexpr std::array<std::string_view, 27> keys_beside = {
    "arrived", "between", "birth_class", "born",         "citizenship_class",
    "by",      "count",   "factor",      "foreign_born", "includes_movers",
    "into",    "missing", "not",         "number",       "outside",
    "pairs",   "people",  "persons",     "previous",     "rate",
    "share",   "shares",  "symmetric",   "table",        "unit",
    "value",   "values"};

bool is_reserved(std::string_view name) {
  return is_name_of_output(name) ||
         std::find(keys_beside.begin(), keys_beside.end(), name) != keys_beside.end();
}

std::string what_is_told_apart(const std::vector<std::string>& queues, std::size_t classes) {
  std::vector<std::string> parts{"attributes"};
  if (!queues.empty()) parts.emplace_back("queues");
  if (classes > 1) parts.push_back(fmt::format("{} classes of citizenships and births", classes));
  return in_words(parts);
}

Attribute read_attribute(Reader& reader, const Entry& entry) {
  Attribute attribute{entry.key, {}};
  if (!entry.value.is_list()) {
    reader.wrong_value(entry.value, fmt::format("attribute {}", in_quotes(entry.key)),
                       "a list of its values such as [female, male]");
    return attribute;
  }
  if (entry.value.items.size() > most_groups) {
    reader.wrong(entry.value,
                 fmt::format("attribute {} has more than {} values", in_quotes(entry.key), most_groups),
                 "fewer");
    return attribute;
  }
  for (const Node& item : entry.value.items) {
    const auto value = reader.text(item, "the value");
    if (!value) continue;
    if (!is_label(*value)) {
      reader.wrong_value(item, "the value", "text of at most 100 bytes without control characters");
    } else if (*value == "by" || *value == key_of_the_rest) {
      reader.wrong(item,
                   fmt::format("{} cannot be a value: it is a key of numbers that differ between groups",
                               in_quotes(*value)),
                   "another word");
    } else if (attribute.find(*value)) {
      reader.wrong(item, fmt::format("the value {} is there twice", in_quotes(*value)), "each value once");
    } else {
      attribute.values.push_back(*value);
    }
  }
  if (entry.value.items.empty()) {
    reader.wrong(entry.value, fmt::format("attribute {} has no values", in_quotes(entry.key)),
                 "at least one");
  }
  return attribute;
}

}  // namespace

Groups read_attributes(Reader& reader, const Node* section, std::vector<std::string> queues,
                       TiesToldApart ties) {
  if (section != nullptr && !section->is_map()) {
    reader.wrong_value(*section, "'attributes'", "a map such as {sex: [female, male]}");
    section = nullptr;
  }
  std::vector<Attribute> attributes;
  const std::size_t classes = ties.births.names.size() * ties.citizenships.names.size();
  std::size_t groups = classes << queues.size();
  const std::vector<Entry> none;
  for (const Entry& entry : section != nullptr ? section->entries : none) {
    if (!reader.is_name_for(entry, "attribute")) continue;
    if (is_reserved(entry.key)) {
      reader.mistakes().add(reader.at_key(entry.value),
                            fmt::format("{} is a reserved name", in_quotes(entry.key)),
                            "another name for the attribute");
      continue;
    }
    Attribute attribute = read_attribute(reader, entry);
    if (attribute.values.empty()) continue;
    groups *= attribute.values.size();
    if (groups > most_groups) {
      reader.wrong(
          entry.value,
          fmt::format("the {} make more than {} groups", what_is_told_apart(queues, classes), most_groups),
          classes > 1 ? "fewer attributes or values, or fewer citizenships and births told apart"
                      : "fewer attributes or values");
      break;
    }
    attributes.push_back(std::move(attribute));
  }
  return Groups(std::move(attributes), std::move(queues), std::move(ties.births),
                std::move(ties.citizenships));
}

}  // namespace sojourn
