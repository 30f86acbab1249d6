#include "sim/reading/read_labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/output/recorded_labels.hpp"
#include "sim/reading/forms/outcome_names.hpp"
#include "sim/reading/forms/texts.hpp"
#include "sim/scenario/text_places.hpp"

namespace sojourn {

namespace {

constexpr std::string_view attributes_section = "attributes";

constexpr std::array attribute_label_keys{
    Key{.name = "label", .form = Form::texts, .doc = "What people call the attribute itself."},
    Key{.name = "values",
        .form = Form::texts,
        .doc = "What people call its values: `{female: {en: women, az: qadınlar}}`.",
        .names = "VALUE"},
};

/// But for attributes, those of `for_each_labelled`.
constexpr std::array label_keys{
    Key{.name = attributes_section,
        .form = Form::nothing,
        .doc = "Of attributes and their values: `{sex: {label: {en: sex, az: cins}, values: {...}}}`.",
        .map = attribute_labels_map,
        .names = "ATTRIBUTE"},
    Key{.name = "factors", .form = Form::texts, .doc = "Of factors.", .kind = "factor", .names = "NAME"},
    Key{.name = "streams",
        .form = Form::texts,
        .doc = "Of streams: `{work: {en: Work, az: İş, ru: Работа}}`.",
        .kind = "stream",
        .names = "NAME"},
    Key{.name = "transitions",
        .form = Form::texts,
        .doc = "Of transitions, and of their queues; of outcomes, as `decide/recognised`.",
        .kind = "transition",
        .names = "NAME"},
    Key{.name = "limits", .form = Form::texts, .doc = "Of limits.", .kind = "limit", .names = "NAME"},
    Key{.name = "inflow", .form = Form::texts, .doc = "Of inflows.", .kind = "inflow", .names = "NAME"},
    Key{.name = "outflow", .form = Form::texts, .doc = "Of outflows.", .kind = "outflow", .names = "NAME"},
    Key{.name = "policies", .form = Form::texts, .doc = "Of policies.", .kind = "policy", .names = "NAME"},
    Key{.name = "variants",
        .form = Form::texts,
        .doc = "Of variants, `baseline` among them.",
        .kind = "variant",
        .names = "NAME"},
};

/// The keys of a section of the document.
Names names_in(const Node& document, std::string_view section) {
  Names names;
  if (const Node* node = document.find(section)) {
    for (const Entry& entry : node->entries) (void)names.add(entry.key);
    names.set_complete(node->is_map());
  }
  if (section == "variants") (void)names.add("baseline");
  if (section == "transitions") {
    for (const std::string& counted : names_of_outcomes(document.find(section)).counted)
      (void)names.add(counted);
  }
  return names;
}

/// The values that the document gives to an attribute.
Names values_in(const Node& document, const std::string& attribute) {
  Names values;
  const Node* attributes = document.find(attributes_section);
  const Node* list = attributes != nullptr ? attributes->find(attribute) : nullptr;
  if (list == nullptr) return values;
  for (const Node& item : list->items) {
    if (item.is_scalar()) (void)values.add(item.text);
  }
  values.set_complete(list->is_list());
  return values;
}

class LabelReader {
 public:
  LabelReader(Reader& reader, const Node& document) : reader_(reader), document_(document) {}

  Labels read(const Node& section) {
    const Fields fields(reader_, section, "'labels'", labels_map());
    for (const Key& key : label_keys) {
      const Node* node = fields[key.name];
      if (node == nullptr) continue;
      const std::string name(key.name);
      if (key.name == attributes_section) {
        read_attributes(*node);
      } else {
        read_map(*node, name, fmt::format("'labels.{}'", name), key.kind, names_in(document_, name));
      }
    }
    return std::move(labels_);
  }

 private:
  [[nodiscard]] bool is_map(const Node& node, const std::string& what) {
    if (node.is_map()) return true;
    reader_.wrong_value(node, what, "a map from names to labels");
    return false;
  }

  [[nodiscard]] bool is_known(const Entry& entry, std::string_view kind, const Names& names) {
    if (names.find(entry.key)) return true;
    reader_.say_unknown({reader_.file(), entry.place.line, entry.place.column}, kind, entry.key, names);
    return false;
  }

  void read_map(const Node& node, const std::string& section, const std::string& what, std::string_view kind,
                const Names& names) {
    if (!is_map(node, what)) return;
    for (const Entry& entry : node.entries) {
      const Texts texts =
          read_texts(reader_, entry.value, fmt::format("the label of {} {}", kind, in_quotes(entry.key)));
      if (is_known(entry, kind, names)) labels_.of[{section, entry.key}] = texts;
    }
  }

  void read_attributes(const Node& node) {
    if (!is_map(node, "'labels.attributes'")) return;
    const Names names = names_in(document_, attributes_section);
    for (const Entry& entry : node.entries) {
      const std::string what = fmt::format("attribute {}", in_quotes(entry.key));
      const Fields fields(reader_, entry.value, "the labels of " + what, attribute_labels_map());
      if (!is_known(entry, "attribute", names)) continue;
      if (const Node* label = fields["label"]) {
        labels_.of[{std::string(attributes_section), entry.key}] =
            read_texts(reader_, *label, "the label of " + what);
      }
      if (const Node* values = fields["values"]) {
        read_map(*values, fmt::format("{}.{}", attributes_section, entry.key), "'values'",
                 "value of " + entry.key, values_in(document_, entry.key));
      }
    }
  }

  Reader& reader_;
  const Node& document_;
  Labels labels_;
};

}  // namespace

KeyMap labels_map() { return {"labels", label_keys}; }

KeyMap attribute_labels_map() { return {"attribute_labels", attribute_label_keys}; }

Texts Labels::find(const std::string& section, const std::string& name) const {
  const auto found = of.find({section, name});
  return found == of.end() ? Texts() : found->second;
}

Labels read_labels(Reader& reader, const Node& section, const Node& document) {
  return LabelReader(reader, document).read(section);
}

void set_labels(Scenario& scenario, const Labels& labels) {
  for_each_labelled(scenario, [&](std::string_view section, std::string_view, auto& things) {
    for (auto& thing : things) thing.label = labels.find(std::string(section), thing.name);
  });
  for (std::size_t a = 0; a < scenario.groups.attributes().size(); ++a) {
    const Attribute& attribute = scenario.groups.attributes()[a];
    const std::string section(attributes_section);
    std::vector<Texts> of_values;
    of_values.reserve(attribute.values.size());
    for (const std::string& value : attribute.values)
      of_values.push_back(labels.find(section + '.' + attribute.name, value));
    scenario.groups.set_labels(AttributeId(a), labels.find(section, attribute.name), std::move(of_values));
  }
}

void check_names_of_labels(Reader& reader, const Scenario& scenario, const Node& attributes) {
  const std::vector<std::string> taken = names_of_labels(scenario);
  for (const Attribute& attribute : scenario.groups.attributes()) {
    if (std::find(taken.begin(), taken.end(), attribute.name) == taken.end()) continue;
    reader.mistakes().add(reader.at_key(*attributes.find(attribute.name)),
                          fmt::format("attribute {} is called as labels of this scenario in its output",
                                      in_quotes(attribute.name)),
                          "another name for the attribute");
  }
}

}  // namespace sojourn
