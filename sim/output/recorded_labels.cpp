#include "sim/output/recorded_labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sim/scenario/outcomes.hpp"

namespace sojourn {

namespace {

constexpr std::array label_rows{
    LabelRow{.over = Axis::region,
             .name = "region_name",
             .long_name = "name of the region",
             .meaning = "what people call the regions",
             .only_by_language = true},
    LabelRow{.over = Axis::stream,
             .name = "stream_label",
             .long_name = "what people call the stream",
             .meaning = "what people call the streams"},
    LabelRow{.over = Axis::attribute,
             .name = "ATTRIBUTE_label",
             .long_name = "what people call the value",
             .meaning =
                 "what people call the values of the attribute; what they call the attribute itself is the "
                 "attribute `label` of its dimension"},
    LabelRow{.over = Axis::transition,
             .name = "transition_label",
             .long_name = "what people call the transition",
             .meaning = "what people call the transitions"},
    LabelRow{.over = Axis::queue,
             .name = "queue_label",
             .long_name = "what people call the transition that the queue is for",
             .meaning = "what people call the transitions that have a capacity"},
    LabelRow{.over = Axis::limit,
             .name = "limit_label",
             .long_name = "what people call the limit",
             .meaning = "what people call the limits"},
    LabelRow{.over = Axis::entry,
             .name = "entry_label",
             .long_name = "what people call the inflow",
             .meaning = "what people call the inflows"},
    LabelRow{.over = Axis::exit,
             .name = "exit_label",
             .long_name = "what people call the outflow",
             .meaning = "what people call the outflows"},
    LabelRow{.over = Axis::none,
             .name = "variant_label",
             .long_name = "what people call the variant",
             .meaning = "what people call the variant, as a coordinate"},
};

/// A thing's code or name, and what people call it.
struct Labelled {
  std::string name;
  Texts label;
};

template <class Thing>
std::vector<Labelled> labelled(const std::vector<Thing>& things) {
  std::vector<Labelled> all;
  all.reserve(things.size());
  for (const Thing& thing : things) all.push_back({thing.name, thing.label});
  return all;
}

const Texts& label_of(const CountedOutcome& one, const Scenario& scenario) {
  return one.outcome != nullptr ? one.outcome->label : scenario.transitions[one.transition.index()].label;
}

std::vector<Labelled> along(Axis axis, const Scenario& scenario) {
  std::vector<Labelled> all;
  switch (axis) {
    case Axis::region:
      for (const RegionInfo& region : scenario.regions) all.push_back({region.code, region.name});
      return all;
    case Axis::stream:
      return labelled(scenario.streams);
    case Axis::transition:
      for (const CountedOutcome& one : counted_outcomes(scenario))
        all.push_back({one.name, label_of(one, scenario)});
      return all;
    case Axis::queue:
      for (const Queue& queue : scenario.queues)
        all.push_back({queue.name, scenario.transitions[queue.transition.index()].label});
      return all;
    case Axis::limit:
      for (const LimitPlace& place : limit_places(scenario))
        all.push_back({place.limit->name, place.limit->label});
      return all;
    case Axis::entry:
      return labelled(scenario.inflows);
    case Axis::exit:
      all = labelled(scenario.outflows);
      for (const CountedOutcome& one : counted_outcomes(scenario)) {
        if (one.outcome != nullptr && one.outcome->leaves) all.push_back({one.name, one.outcome->label});
      }
      return all;
    default:
      return all;
  }
}

const LabelRow* row_of(Axis axis) {
  const auto* const row = std::find_if(label_rows.begin(), label_rows.end(),
                                       [&](const LabelRow& one) { return one.over == axis; });
  return row == label_rows.end() ? nullptr : row;
}

/// In the order in which they come first.
std::vector<std::string> languages_among(const std::vector<Labelled>& things) {
  std::vector<std::string> languages;
  for (const Labelled& thing : things) {
    for (const Texts::InLanguage& one : thing.label.all()) {
      const bool is_new = std::find(languages.begin(), languages.end(), one.language) == languages.end();
      if (is_new && !one.language.empty()) languages.push_back(one.language);
    }
  }
  return languages;
}

std::vector<std::string> texts_in(const std::string& language, const std::vector<Labelled>& things) {
  std::vector<std::string> texts;
  texts.reserve(things.size());
  for (const Labelled& thing : things) {
    const bool is_plain = language.empty() && !thing.label.empty();
    texts.push_back(is_plain ? thing.label.plain() : thing.label.in(language, thing.name));
  }
  return texts;
}

bool has_label(const std::vector<Labelled>& things) {
  return std::any_of(things.begin(), things.end(),
                     [](const Labelled& thing) { return !thing.label.empty(); });
}

std::vector<LabelVariable> variables(const std::string& name, const LabelRow& row,
                                     const std::vector<Labelled>& things) {
  std::vector<LabelVariable> all;
  if (!has_label(things)) return all;
  const std::string long_name(row.long_name);
  if (!row.only_by_language) all.push_back({name, long_name, texts_in("", things)});
  for (const std::string& language : languages_among(things)) {
    all.push_back({fmt::format("{}_{}", name, language),
                   fmt::format("{}, in the language {}", long_name, language), texts_in(language, things)});
  }
  return all;
}

}  // namespace

std::span<const LabelRow> recorded_labels() { return label_rows; }

std::vector<LabelVariable> labels_along(Axis axis, const Scenario& scenario) {
  const LabelRow* row = row_of(axis);
  if (row == nullptr) return {};
  return variables(std::string(row->name), *row, along(axis, scenario));
}

std::vector<LabelVariable> labels_of_values(const Attribute& attribute) {
  std::vector<Labelled> things;
  for (std::size_t v = 0; v < attribute.value_labels.size(); ++v)
    things.push_back({attribute.values[v], attribute.value_labels[v]});
  return variables(attribute.name + "_label", *row_of(Axis::attribute), things);
}

std::vector<LabelVariable> labels_of_variant(const Variant& variant) {
  return variables("variant_label", *row_of(Axis::none), {{variant.name, variant.label}});
}

std::vector<std::string> names_of_labels(const Scenario& scenario) {
  std::vector<std::string> names;
  const auto add = [&](const std::vector<LabelVariable>& labels) {
    for (const LabelVariable& label : labels) names.push_back(label.name);
  };
  for (const LabelRow& row : label_rows) add(labels_along(row.over, scenario));
  for (const Attribute& attribute : scenario.groups.attributes()) add(labels_of_values(attribute));
  for (const Variant& variant : scenario.variants) add(labels_of_variant(variant));
  return names;
}

FileAttributes in_languages(const std::string& name, const Texts& texts) {
  FileAttributes attributes;
  if (texts.empty()) return attributes;
  attributes.push_back({name, LongText{texts.plain()}});
  for (const Texts::InLanguage& one : texts.all()) {
    if (!one.language.empty()) attributes.push_back({name + '_' + one.language, LongText{one.text}});
  }
  return attributes;
}

FileAttributes policy_labels(const Scenario& scenario, const Variant& variant) {
  std::vector<Labelled> things;
  for (const PolicyId id : variant.policies) {
    const Policy& policy = scenario.policies[id.index()];
    things.push_back({policy.name, policy.label});
  }
  FileAttributes attributes;
  if (!has_label(things)) return attributes;
  attributes.push_back({"policy_labels", texts_in("", things)});
  for (const std::string& language : languages_among(things))
    attributes.push_back({"policy_labels_" + language, texts_in(language, things)});
  return attributes;
}

}  // namespace sojourn
