#include "sim/reading/events/read_demography.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/events/hazard_keys.hpp"
#include "sim/reading/events/read_who.hpp"
#include "sim/reading/forms/group_weights.hpp"

namespace sojourn {

namespace {

constexpr std::array<std::string_view, 1> inheritances{"inherit"};

constexpr std::array demography_keys{
    Key{.name = "births",
        .form = Form::nothing,
        .doc = "Without this key nobody is born.",
        .map = births_map},
    Key{.name = "deaths", .form = Form::nothing, .doc = "Without this key nobody dies.", .map = deaths_map},
};

constexpr std::array births_keys{
    Key{.name = "who",
        .form = Form::name,
        .doc = "Who bears children, as in streams but without `foreign_born`.",
        .otherwise = "everybody (crude birth rates are births over all people)",
        .kind = "people",
        .map = people_map},
    rate_key("Births by one agent: a crude rate such as `0.02 per year` (perhaps `{by: sex, ...}`), or "
             "`{factor: NAME}`: a factor with `unit: per year`, over regions or the same everywhere, perhaps "
             "by attributes and by age."),
    schedule_key,
    factors_key,
    Key{.name = "newborn",
        .form = Form::nothing,
        .doc = "For every attribute, what the new-born have. Required where there are attributes.",
        .map = newborn_map},
};

constexpr std::array deaths_keys{
    rate_key("Deaths of an agent: a crude rate such as `0.008 per year` (perhaps `{by: sex, ...}`), or "
             "`{factor: NAME}`: a factor with `unit: per year`, over regions or the same everywhere, perhaps "
             "by attributes and by age. A table of deaths by age needs a last age without an end (`100+`)."),
    schedule_key,
    factors_key,
};

constexpr std::array<std::string_view, 2> citizenships_at_birth{"residence", "inherit"};

constexpr std::array newborn_keys{
    Key{.name = "citizenship",
        .form = Form::nothing,
        .doc = "`residence`: children are citizens of the region they are born in; `inherit`: of that of the "
               "parent, or, as the parent, of none.",
        .otherwise = "`residence`",
        .words = citizenships_at_birth},
    Key{.name = "ATTRIBUTE",
        .form = Form::name,
        .need = Need::required,
        .doc = "`inherit` (the parent's value), a value, or weights of values (the sex ratio at birth).",
        .words = inheritances,
        .kind = "value",
        .map = value_weights_map},
};

/// For each value of an attribute that a parent may have, the probabilities of its children's values.
using Inheritance = std::vector<std::vector<double>>;

/// Reads the key `newborn`: what groups children are born into.
class NewbornReader {
 public:
  NewbornReader(Reader& reader, const Groups& groups) : reader_(reader), groups_(groups) {}

  void read(const Node* node, const Fields& births, Births& result) {
    if (node != nullptr) {
      result.newborn = groups_of_children(*node, result);
    } else if (groups_.attributes().empty()) {
      result.newborn.assign(groups_.count(), {{Group{}, 1.0}});
    } else {
      (void)births.required("newborn");
    }
  }

 private:
  [[nodiscard]] std::vector<std::vector<GroupShare>> groups_of_children(const Node& node, Births& result) {
    const Fields fields(reader_, node, "'newborn'", newborn_map(), attribute_names(groups_).all());
    result.citizenship_is_inherited = fields.word("citizenship") == 1U;
    std::vector<Inheritance> attributes;
    for (const Attribute& attribute : groups_.attributes()) {
      const Node* value = fields.required(attribute.name);
      attributes.push_back(value != nullptr ? inheritance(*value, attribute) : Inheritance{});
      right_ = right_ && !attributes.back().empty();
    }
    if (!right_) return {};
    std::vector<std::vector<GroupShare>> newborn(groups_.count());
    for (std::size_t parent = 0; parent < groups_.count(); ++parent) {
      for (std::size_t child = 0; child < groups_.named(); ++child) {
        double probability = 1;
        for (std::size_t a = 0; a < attributes.size(); ++a) {
          const AttributeId id{a};
          probability *= attributes[a][groups_.value(Group{parent}, id)][groups_.value(Group{child}, id)];
        }
        if (probability > 0) newborn[parent].push_back({Group{child}, probability});
      }
    }
    return newborn;
  }

  /// `inherit`, a value, or weights of values.
  [[nodiscard]] Inheritance inheritance(const Node& node, const Attribute& attribute) {
    const std::size_t values = attribute.values.size();
    Inheritance result(values, std::vector<double>(values, 0.0));
    if (node.is_scalar() && node.text == "inherit") {
      for (std::size_t v = 0; v < values; ++v) result[v][v] = 1;
      return result;
    }
    if (!node.is_map()) {
      Names known(attribute.values);
      known.add("inherit");
      const auto value = reader_.reference(node, "value of " + attribute.name, known);
      if (!value) return {};
      for (auto& child : result) child[*value] = 1;
      return result;
    }
    const std::vector<double> shares = GroupWeights(reader_, groups_).weights(node, attribute);
    if (shares.empty()) return {};
    for (auto& child : result) child = shares;
    return result;
  }

  Reader& reader_;
  const Groups& groups_;
  bool right_ = true;
};

/// A table of deaths must say what happens to the oldest.
void check_last_age(Reader& reader, const Node& node, const Factor& factor) {
  if (!factor.by_age() || factor.values.empty()) return;
  const std::size_t ages = factor.age_count();
  for (std::size_t i = ages - 1; i < factor.values.size(); i += ages) {
    if (factor.values[i] > 0) return;
  }
  reader.wrong(
      node,
      fmt::format("nobody dies from age {} on by factor {}", factor.age_from.back(), in_quotes(factor.name)),
      "a last age without an end, such as 100+");
}

}  // namespace

KeyMap demography_map() { return {"demography", demography_keys}; }

KeyMap births_map() { return {"births", births_keys}; }

KeyMap deaths_map() { return {"deaths", deaths_keys}; }

KeyMap newborn_map() { return {"newborn", newborn_keys}; }

Demography read_demography(Reader& reader, const Node& section, const Setting& setting,
                           const FactorSet& factors, ParameterSet& parameters) {
  Demography read;
  const Fields fields(reader, section, "'demography'", demography_map());
  if (const Node* node = fields["births"]) {
    const Fields births(reader, *node, "'births'", births_map());
    const Node* who = births["who"];
    Births& result = read.births.emplace();
    result.where = reader.at_key(*node);
    const PeopleTold told{
        "those who bear children", {"foreign_born", "citizenship"}, "attributes, 'age' and 'residence'"};
    result.who = read_who(reader, who, setting, result.where, told);
    const std::vector<bool>& named = result.who.groups;
    if (reader.mistakes().none() && std::find(named.begin(), named.end(), true) == named.end()) {
      reader.mistakes().add(result.who.where, "'who' names nobody", "one value of each attribute it names");
    }
    result.hazard = read_hazard(reader, births,
                                {setting, factors, parameters, "demography.births", "factors", &result.who});
    NewbornReader(reader, *setting.groups).read(births["newborn"], births, result);
  }
  if (const Node* node = fields["deaths"]) {
    const Fields deaths(reader, *node, "'deaths'", deaths_map());
    read.deaths.emplace();
    read.deaths->who = read_who(reader, nullptr, setting);
    Hazard& hazard = read.deaths->hazard;
    hazard = read_hazard(reader, deaths,
                         {setting, factors, parameters, "demography.deaths", "factors", &read.deaths->who});
    if (hazard.rate_factor) {
      check_last_age(reader, *deaths["rate"], factors.factors[hazard.rate_factor->index()]);
    }
  }
  return read;
}

}  // namespace sojourn
