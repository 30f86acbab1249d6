#include "sim/reading/factors/read_factors.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/factors/factor_table.hpp"
#include "sim/reading/factors/read_derived.hpp"

namespace sojourn {

namespace {

/// The one knot of what does not change; any date does.
Date only_knot(const Setting& setting) { return setting.time ? setting.time->start() : Date{}; }

std::string of(const std::string& name) { return fmt::format("factor {}", in_quotes(name)); }

void read_constant(Reader& reader, const Node& definition, Factor& factor) {
  const Fields fields(reader, definition, of(factor.name), {"value", "unit"});
  if (const Node* node = fields.required("value")) {
    if (const auto value = reader.number(*node, "the value")) factor.values = {*value};
  }
}

/// Numbers by name from a map, one for each of `names`; empty if there is a mistake.
std::vector<double> numbers_by_name(Reader& reader, const Node& map, std::string_view kind,
                                    const Names& names) {
  if (!map.is_map()) {
    reader.wrong_value(map, "'values'", fmt::format("a map with a number for each {}", kind));
    return {};
  }
  std::vector<double> values(names.size(), std::nan(""));
  std::vector<bool> given(names.size());
  bool right = true;
  for (const Entry& entry : map.entries) {
    const auto number = names.find(entry.key);
    if (!number) {
      reader.say_unknown(reader.at_key(entry.value), kind, entry.key, names);
      right = false;
      continue;
    }
    given[*number] = true;
    const auto value = reader.number(entry.value, "the value");
    right = right && value;
    values[*number] = value.value_or(0);
  }
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!given[i]) missing.push_back(names.all()[i]);
  }
  if (!missing.empty()) {
    reader.mistakes().add(reader.at_key(map), fmt::format("there is no value for {}", in_words(missing)),
                          fmt::format("a value for every {}", kind));
    right = false;
  }
  return right ? values : std::vector<double>{};
}

/// Spreads numbers by one attribute's values over all groups.
std::vector<double> over_groups(const std::vector<double>& by_value, const Groups& groups,
                                AttributeId attribute) {
  std::vector<double> values(by_value.empty() ? 0 : groups.count());
  for (std::size_t g = 0; g < values.size(); ++g) values[g] = by_value[groups.value(Group(g), attribute)];
  return values;
}

void read_inline(Reader& reader, const Node& definition, const Setting& setting, Factor& factor) {
  const Fields fields(reader, definition, of(factor.name), {"values", "by", "unit"});
  const Node* by = fields.optional("by");
  factor.places = by == nullptr ? FactorPlaces::region : FactorPlaces::everywhere;
  const Node* values = fields.required("values");
  if (by == nullptr) {
    if (values != nullptr && setting.geography->names.is_complete()) {
      factor.values = numbers_by_name(reader, *values, "region", setting.geography->names);
    }
    return;
  }
  factor.by_group = true;
  Names attributes;
  for (const Attribute& attribute : setting.groups->attributes()) attributes.add(attribute.name);
  const auto attribute = reader.reference(*by, "attribute", attributes);
  if (!attribute || values == nullptr) return;
  const Names value_names(setting.groups->attributes()[*attribute].values);
  const std::string kind = fmt::format("value of {}", attributes.all()[*attribute]);
  factor.values = over_groups(numbers_by_name(reader, *values, kind, value_names), *setting.groups,
                              AttributeId(*attribute));
}

void read_great_circle(Reader& reader, const Node& definition, const Setting& setting, Factor& factor) {
  const Fields fields(reader, definition, of(factor.name), {"pairs", "unit"});
  factor.places = FactorPlaces::pair;
  const Node* pairs = fields.required("pairs");
  if (pairs == nullptr || !reader.word(*pairs, "'pairs'", {"great_circle"})) return;
  if (!setting.geography->names.is_complete()) return;
  const std::vector<RegionInfo>& regions = setting.geography->regions;
  std::vector<std::string> unplaced;
  for (const RegionInfo& region : regions) {
    if (std::isnan(region.latitude) || std::isnan(region.longitude)) unplaced.push_back(region.code);
  }
  if (!unplaced.empty()) {
    reader.wrong(*pairs, fmt::format("there are no coordinates of {}", in_words(unplaced)),
                 "latitude and longitude of every region");
    return;
  }
  constexpr std::size_t most_pairs = std::size_t{1} << 27;
  if (regions.size() * regions.size() > most_pairs) {
    reader.wrong(*pairs, fmt::format("{} regions have more than {} pairs", regions.size(), most_pairs),
                 "fewer");
    return;
  }
  factor.values.resize(regions.size() * regions.size());
  for (std::size_t a = 0; a < regions.size(); ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const double km = great_circle_km(regions[a], regions[b]);
      factor.values[a * regions.size() + b] = km;
      factor.values[b * regions.size() + a] = km;
    }
  }
}

Factor read_factor(Reader& reader, const Entry& entry, const Setting& setting) {
  const Node& definition = entry.value;
  if (definition.find("table") != nullptr) return read_factor_table(reader, definition, entry.key, setting);
  Factor factor;
  factor.name = entry.key;
  factor.knots = {only_knot(setting)};
  if (definition.find("expression") != nullptr) {
    factor.places = FactorPlaces::region;
    factor.derivation.emplace();  // read when the names of all factors are known
    return factor;
  }
  if (definition.find("pairs") != nullptr) {
    read_great_circle(reader, definition, setting, factor);
  } else if (definition.find("values") != nullptr) {
    read_inline(reader, definition, setting, factor);
  } else if (definition.find("value") != nullptr) {
    read_constant(reader, definition, factor);
  } else if (definition.is_map()) {
    reader.mistakes().add(reader.at_key(definition), fmt::format("{} says no number", of(entry.key)),
                          "one of the keys value, values, table, pairs, expression");
  } else {
    reader.wrong_value(definition, of(entry.key), "a map such as {value: 0}");
  }
  return factor;
}

}  // namespace

FactorSet read_factors(Reader& reader, const Node& section, const Setting& setting) {
  FactorSet set;
  if (!section.is_map()) {
    reader.wrong_value(section, "'factors'", "a map from names to definitions");
    set.names.set_complete(false);
    return set;
  }
  std::size_t values = 0;
  std::vector<const Node*> definitions;
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "factor")) continue;
    Factor factor = read_factor(reader, entry, setting);
    factor.unit = "1";
    if (const Node* unit = entry.value.find("unit")) {
      factor.unit = reader.text(*unit, "the unit").value_or(factor.unit);
    }
    constexpr std::size_t most_values = std::size_t{1} << 28;
    values += factor.values.size();
    if (values > most_values) {
      reader.mistakes().add(reader.at_key(entry.value),
                            fmt::format("the factors have more than {} values", most_values),
                            "fewer or smaller factors");
      set.names.set_complete(false);
      break;
    }
    set.names.add(entry.key);
    factor.where = reader.at_key(entry.value);
    set.factors.push_back(std::move(factor));
    definitions.push_back(&entry.value);
  }
  for (std::size_t f = 0; f < set.factors.size(); ++f) {
    if (!set.factors[f].derivation) continue;
    set.factors[f].derivation = read_derivation(reader, *definitions[f], FactorId(f), setting, set);
  }
  return set;
}

}  // namespace sojourn
