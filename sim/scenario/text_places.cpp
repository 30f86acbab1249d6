#include "sim/scenario/text_places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "sim/base/text.hpp"

namespace sojourn {

namespace {

void add_attributes(const Groups& groups, std::vector<TextPlace>& places) {
  static const Texts nothing;
  for (const Attribute& attribute : groups.attributes())
    places.push_back({"attribute", attribute.name, &attribute.label});
  for (const Attribute& attribute : groups.attributes()) {
    for (std::size_t v = 0; v < attribute.values.size(); ++v) {
      places.push_back({"value of " + attribute.name, attribute.values[v],
                        attribute.value_labels.empty() ? &nothing : &attribute.value_labels[v]});
    }
  }
}

/// `the title`, `1 policy (reform)`, `3 regions (a, b and c)`.
std::string in_text(const std::string& kind, const std::vector<std::string>& names) {
  if (names.front().empty()) return "the " + kind;
  const std::string count = kind == "policy" && names.size() > 1 ? fmt::format("{} policies", names.size())
                                                                 : counted(names.size(), kind);
  return fmt::format("{} ({})", count, in_words(names));
}

}  // namespace

std::vector<TextPlace> text_places(const Scenario& scenario) {
  std::vector<TextPlace> places{{"title", "", &scenario.title}};
  if (!scenario.description.empty()) places.push_back({"description", "", &scenario.description});
  for (const RegionInfo& region : scenario.regions) places.push_back({"region", region.code, &region.name});
  add_attributes(scenario.groups, places);
  for_each_labelled(scenario, [&](std::string_view, std::string_view kind, const auto& things) {
    for (const auto& thing : things) places.push_back({std::string(kind), thing.name, &thing.label});
  });
  return places;
}

std::vector<std::string> languages_of(const Scenario& scenario) {
  std::vector<std::string> languages;
  for (const TextPlace& place : text_places(scenario)) {
    for (const Texts::InLanguage& one : place.texts->all()) {
      const bool is_new = std::find(languages.begin(), languages.end(), one.language) == languages.end();
      if (is_new && !one.language.empty()) languages.push_back(one.language);
    }
  }
  return languages;
}

std::string lacking_in(const Scenario& scenario, std::string_view language) {
  std::vector<std::pair<std::string, std::vector<std::string>>> lacking;
  for (const TextPlace& place : text_places(scenario)) {
    if (place.texts->find(language) != nullptr) continue;
    if (lacking.empty() || lacking.back().first != place.kind) lacking.push_back({place.kind, {}});
    lacking.back().second.push_back(place.name);
  }
  std::string text;
  for (const auto& [kind, names] : lacking) text += (text.empty() ? "" : ", ") + in_text(kind, names);
  return text;
}

}  // namespace sojourn
