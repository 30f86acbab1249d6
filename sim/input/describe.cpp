#include "sim/input/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/language.hpp"

namespace sojourn {

namespace {

/// Keys stay in the order of the language.
using Json = nlohmann::ordered_json;

Json pattern(const char* text) { return {{"type", "string"}, {"pattern", text}}; }

Json number(const char* type, const Range& range) {
  Json schema = {{"type", type}};
  if (std::isfinite(range.least)) schema[range.above_least ? "exclusiveMinimum" : "minimum"] = range.least;
  if (std::isfinite(range.most)) schema["maximum"] = range.most;
  return schema;
}

/// Nothing where a key is of words or a map alone.
std::optional<Json> schema_of_form(const Key& key) {
  const Json scalar = {{"type", Json::array({"string", "number", "boolean"})}};
  switch (key.form) {
    case Form::nothing:
      return std::nullopt;
    case Form::text:
    case Form::name:
    case Form::file:
    case Form::column:
      return scalar;
    case Form::texts:
      return Json{{"anyOf",
                   {scalar,
                    {{"type", "object"},
                     {"minProperties", 1},
                     {"patternProperties", {{std::string(language_pattern), scalar}}},
                     {"additionalProperties", false}}}}};
    case Form::number:
      return number("number", key.range);
    case Form::whole_number:
      return number("integer", key.range);
    case Form::rate:
      return pattern("^[^ ]+ .*per [a-z]+$");
    case Form::boolean:
      return Json{{"type", "boolean"}};
    case Form::date:
      return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    case Form::duration:
      return pattern("^[0-9]+ (day|week|month|quarter|year)s?$");
    case Form::length:
      return pattern("^[0-9.eE+-]+ k?m$");
    case Form::ages:
      return Json{
          {"anyOf", {pattern("^[0-9]+(-[0-9]+|\\+)?$"), number("integer", {.least = 0, .most = 150})}}};
    case Form::weights:
      return Json{{"type", "object"}, {"additionalProperties", {{"type", "number"}}}};
    case Form::any:
      break;
  }
  return Json::object();
}

/// One of several, which is the one itself where there are no others.
Json any_of(Json alternatives) {
  return alternatives.size() == 1 ? alternatives.front() : Json{{"anyOf", std::move(alternatives)}};
}

Json schema_of_value(const Key& key) {
  Json alternatives = Json::array();
  const auto form = schema_of_form(key);
  if (form) alternatives.push_back(*form);
  if (form && key.by_attribute) {
    alternatives.push_back({{"type", "object"},
                            {"properties", {{"by", {{"type", "string"}}}, {"else", *form}}},
                            {"required", {"by"}},
                            {"additionalProperties", *form}});
  }
  if (!key.words.empty()) {
    Json words = Json::array();
    for (const std::string_view word : key.words) words.push_back(word);
    alternatives.push_back({{"enum", std::move(words)}});
  }
  if (key.map != nullptr) alternatives.push_back({{"$ref", fmt::format("#/$defs/{}", key.map().name)}});
  Json one = any_of(std::move(alternatives));
  if (key.is_list) one = Json{{"anyOf", {one, {{"type", "array"}, {"items", one}}}}};
  if (!key.names.empty()) one = Json{{"type", "object"}, {"additionalProperties", std::move(one)}};
  return one;
}

/// What an editor shows of a key.
std::string description(const Key& key) {
  std::string text(key.doc);
  if (!key.unit.empty()) text += fmt::format(" Unit: {}.", key.unit);
  const std::string range = to_string(key.range);
  if (!range.empty())
    text += fmt::format(" {}{}.", static_cast<char>(std::toupper(range[0])), range.substr(1));
  if (!key.otherwise.empty()) text += fmt::format(" Default: {}.", key.otherwise);
  return text;
}

Json schema_of_map(const KeyMap& map) {
  Json properties = Json::object();
  Json required = Json::array();
  Json others = false;
  for (const Key& key : map.keys) {
    Json schema = schema_of_value(key);
    schema["description"] = description(key);
    if (stands_for_names(key)) {
      others = std::move(schema);
      continue;
    }
    if (key.need == Need::required) required.push_back(key.name);
    properties[std::string(key.name)] = std::move(schema);
  }
  Json schema = {{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["additionalProperties"] = std::move(others);
  return schema;
}

/// A cell of a Markdown table.
std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
    text.insert(at, "\\");
  return text;
}

void add_maps(const KeyMap& map, std::vector<KeyMap>& maps) {
  const auto same = [&](const KeyMap& other) { return other.name == map.name; };
  if (std::any_of(maps.begin(), maps.end(), same)) return;
  maps.push_back(map);
  for (const Key& key : map.keys) {
    if (key.map != nullptr) add_maps(key.map(), maps);
  }
}

/// Whether a map may hold itself: `not` of people.
bool is_within_itself(const KeyMap& map, const Key& key) { return key.map().name == map.name; }

void add_parameters(const KeyMap& map, const std::string& prefix, std::vector<ParameterName>& names) {
  for (const Key& key : map.keys) {
    const std::string own = prefix.empty() ? std::string(key.name) : fmt::format("{}.{}", prefix, key.name);
    if (key.is_parameter) {
      const std::string whole = key.names.empty() ? own : fmt::format("{}.{}", own, key.names);
      std::string name = key.called.empty()  ? whole
                         : key.called == "." ? prefix
                                             : fmt::format("{}.{}", prefix, key.called);
      const auto known = std::find_if(names.begin(), names.end(),
                                      [&](const ParameterName& other) { return other.name == name; });
      if (known != names.end()) {
        known->by_attribute = known->by_attribute || key.by_attribute;
      } else {
        names.push_back({std::move(name), key.by_attribute, key.unit});
      }
    } else if (key.map != nullptr && !is_within_itself(map, key)) {
      add_parameters(key.map(), key.names.empty() ? own : fmt::format("{}.{}", own, key.names), names);
    }
  }
}

}  // namespace

std::string json_schema(const KeyMap& root, std::string_view title) {
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}};
  schema.update(schema_of_map(root));
  Json& definitions = schema["$defs"] = Json::object();
  for (const KeyMap& map : all_maps(root)) {
    if (map.name != root.name) definitions[std::string(map.name)] = schema_of_map(map);
  }
  return schema.dump(2) + '\n';
}

std::string reference_table(const KeyMap& map) {
  std::string table = "| key | meaning |\n| --- | --- |\n";
  for (const Key& key : map.keys) {
    std::string text = description(key);
    if (key.need == Need::required) text += " Required.";
    const bool is_name = stands_for_names(key);
    table += fmt::format("| {}{}{} | {} |\n", is_name ? "" : "`", key.name, is_name ? "" : "`",
                         cell(std::move(text)));
  }
  return table;
}

std::vector<KeyMap> all_maps(const KeyMap& root) {
  std::vector<KeyMap> maps;
  add_maps(root, maps);
  return maps;
}

std::vector<ParameterName> parameter_names(const KeyMap& root) {
  std::vector<ParameterName> names;
  add_parameters(root, "", names);
  return names;
}

}  // namespace sojourn
