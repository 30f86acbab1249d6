#include "sim/reading/factors/read_factors.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/factors/factor_columns.hpp"
#include "sim/reading/factors/factor_table.hpp"
#include "sim/reading/factors/read_derived.hpp"

namespace sojourn {

namespace {

/// Of every kind of factor; one that is derived requires it.
constexpr Key factor_unit_key{
    .name = "unit", .form = Form::text, .doc = "Text for outputs and plots.", .otherwise = "`1`"};

constexpr std::array constant_factor_keys{
    Key{.name = "value",
        .form = Form::number,
        .need = Need::required,
        .doc = "The number, the same everywhere; policies may change it."},
    factor_unit_key,
};

constexpr std::array inline_factor_keys{
    Key{.name = "values",
        .form = Form::weights,
        .need = Need::required,
        .doc = "A number for every region, as in `{north: 100, south: 40}`; with `by`, for every value of "
               "that attribute."},
    Key{.name = "by",
        .form = Form::name,
        .doc = "With `values`: the attribute over whose values they are, such as `{by: sex, values: "
               "{female: 1, male: 2}}`.",
        .kind = "attribute"},
    factor_unit_key,
};

constexpr std::array<std::string_view, 1> ways_of_pairs{"great_circle"};

constexpr std::array great_circle_keys{
    Key{.name = "pairs",
        .form = Form::nothing,
        .need = Need::required,
        .doc = "`great_circle`: the distance of each pair of regions in km, from their coordinates.",
        .words = ways_of_pairs},
    factor_unit_key,
};

/// What a key is that means one thing with a table, and another without it.
constexpr std::array factor_keys_of_several_kinds{
    Key{.name = "value",
        .form = Form::column,
        .doc = "A number, the same everywhere (policies may change it); with `table`, the column of "
               "the number."},
    Key{.name = "unit",
        .form = Form::text,
        .doc = "Text for outputs and plots. Required with `expression`.",
        .otherwise = "`1`"},
};

/// The one knot of what does not change; any date does.
Date only_knot(const Setting& setting) { return setting.time ? setting.time->start() : Date{}; }

std::string of(const std::string& name) { return fmt::format("factor {}", in_quotes(name)); }

void read_constant(Reader& reader, const Node& definition, Factor& factor) {
  const Fields fields(reader, definition, of(factor.name), {"constant_factor", constant_factor_keys});
  if (const Node* node = fields["value"]) {
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
  const Fields fields(reader, definition, of(factor.name), {"inline_factor", inline_factor_keys});
  const Node* by = fields["by"];
  factor.places = by == nullptr ? FactorPlaces::region : FactorPlaces::everywhere;
  const Node* values = fields["values"];
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
  const Fields fields(reader, definition, of(factor.name), {"great_circle_factor", great_circle_keys});
  factor.places = FactorPlaces::pair;
  const Node* pairs = fields["pairs"];
  if (pairs == nullptr || !fields.word("pairs")) return;
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

KeyMap factor_definition_map() {
  static const std::vector<Key> keys = united({{"constant_factor", constant_factor_keys},
                                               {"inline_factor", inline_factor_keys},
                                               {"great_circle_factor", great_circle_keys},
                                               factor_table_map(),
                                               derived_factor_map()},
                                              factor_keys_of_several_kinds);
  return {"factor_definition", keys};
}

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
