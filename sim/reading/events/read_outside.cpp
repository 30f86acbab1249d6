#include "sim/reading/events/read_outside.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/events/hazard_keys.hpp"
#include "sim/reading/events/read_limits.hpp"
#include "sim/reading/events/read_who.hpp"
#include "sim/reading/forms/age_sanity.hpp"
#include "sim/reading/forms/ages.hpp"
#include "sim/reading/forms/group_weights.hpp"
#include "sim/reading/forms/tie_classes.hpp"

namespace sojourn {

namespace {

/// Nobody needs more to come into a region; who writes more has counted in another unit.
constexpr Range persons_per_year{.least = 0, .most = 1e9};
constexpr std::array<std::string_view, 1> born_outside{"outside"};
constexpr std::array<std::string_view, 2> citizens_elsewhere{outside_word, stateless_word};

constexpr std::array inflow_keys{
    Key{.name = "into",
        .form = Form::name,
        .doc = "The regions they enter.",
        .otherwise = "all",
        .kind = "region",
        .is_list = true},
    Key{.name = "rate",
        .form = Form::rate,
        .doc =
            "People who come at random into each region, a Poisson number in each step: `400 per year`, or "
            "`{factor: NAME}` with `unit: persons per year`. Either this or `number`.",
        .unit = "persons per year",
        .range = persons_per_year,
        .map = factor_map,
        .is_parameter = true},
    Key{.name = "number",
        .form = Form::rate,
        .doc = "As `rate`, but as many as it says, rounded to whole agents so that no error adds up.",
        .unit = "persons per year",
        .range = persons_per_year,
        .map = factor_map,
        .is_parameter = true},
    Key{.name = "age",
        .form = Form::ages,
        .need = Need::required,
        .doc =
            "Ages with an end, evenly (`20-39`), or weights of such ages; a number alone is that one year.",
        .map = age_weights_map},
    Key{.name = "born",
        .form = Form::name,
        .doc =
            "`outside`: they are foreign-born everywhere, form a diaspora of their own, and have no region "
            "of birth to return to; or the region where all of them were born.",
        .otherwise = "`outside`",
        .words = born_outside,
        .kind = "region"},
    Key{.name = "draws",
        .form = Form::number,
        .doc = "How much one person's entry takes of each of these limits, as of streams: `{families: 1}`. "
               "They are admitted along with those who move, and enter at the end of the step; who finds no "
               "room does not come. `number` and `rate` are then of those who ask.",
        .range = from_zero,
        .names = "LIMIT",
        .is_parameter = true},
    Key{.name = "citizenship",
        .form = Form::name,
        .doc = "Whose citizens they are: a region, `outside`, or `none` (stateless).",
        .otherwise = "as `born`",
        .words = citizens_elsewhere,
        .kind = "region"},
    Key{.name = "ATTRIBUTE",
        .form = Form::name,
        .need = Need::required,
        .doc = "A value, or weights of values; every attribute.",
        .kind = "value",
        .map = value_weights_map},
};

constexpr std::array age_weight_keys{
    Key{.name = "AGES",
        .form = Form::number,
        .doc = "The weight of these ages, which do not overlap with others; the weights need not sum to 1.",
        .range = from_zero},
};

constexpr std::array outflow_keys{
    who_key,
    rate_key("Departures of one agent for good; also by an attribute, or `{factor: NAME}`. So many people a "
             "year leave by a derived factor with `expression: quota / people`."),
    schedule_key,
    stay_key,
    factors_key,
};

/// Reads one entry of the section `inflow`; each function reads the part that it is named after.
class InflowReader {
 public:
  InflowReader(Reader& reader, const Setting& setting, const FactorSet& factors, ParameterSet& parameters)
      : reader_(reader), setting_(setting), factors_(factors), parameters_(parameters) {}

  [[nodiscard]] Inflow read(const Entry& entry) {
    inflow_.name = entry.key;
    inflow_.where = reader_.at_key(entry.value);
    const Fields fields(reader_, entry.value, fmt::format("inflow {}", in_quotes(entry.key)), inflow_map(),
                        attribute_names(*setting_.groups).all());
    if (!fields.is_map()) return {};
    inflow_.into = read_who(reader_, nullptr, setting_);
    if (const Node* node = fields["into"]) into(*node);
    number(fields);
    if (const Node* node = fields["age"]) age(*node);
    if (const Node* node = fields["born"]) born(*node);
    if (const Node* node = fields["draws"]) draws(*node);
    if (const Node* node = fields["citizenship"]) citizenship(*node);
    GroupWeights weights(reader_, *setting_.groups);
    inflow_.groups = weights.read(fields);
    const Region outside = outside_of(setting_.geography->regions.size());
    const Region birth = inflow_.birth.value_or(outside);
    for (GroupShare& share : inflow_.groups) {
      share.group = setting_.groups->tied(share.group, {birth, inflow_.citizenship.value_or(birth)});
    }
    return std::move(inflow_);
  }

 private:
  void into(const Node& node) {
    std::vector<bool>& regions = inflow_.into.residences;
    regions.assign(regions.size(), false);
    for (const std::size_t r : reader_.references(node, "region", setting_.geography->names)) {
      regions[r] = true;
    }
  }

  void number(const Fields& fields) {
    const Node* rate = fields["rate"];
    const Node* number = fields["number"];
    if ((rate == nullptr) == (number == nullptr)) {
      reader_.mistakes().add(inflow_.where, fmt::format("{} needs either 'rate' or 'number'", fields.of()),
                             "'rate' for people who come at random, 'number' for as many as a table says");
      return;
    }
    inflow_.is_random = rate != nullptr;
    inflow_.number = read_persons_per_year(reader_, rate != nullptr ? *rate : *number,
                                           {setting_, factors_, parameters_, "inflow." + inflow_.name},
                                           fields.key(rate != nullptr ? "rate" : "number"));
  }

  void age(const Node& node) {
    if (node.is_scalar()) {
      if (const auto share = age_range(node, node.text)) inflow_.ages = {{share->from, share->to, 1.0}};
      return;
    }
    if (!node.is_map() || node.entries.empty()) {
      reader_.wrong_value(node, "'age'", "ages such as 20-39, or weights such as {0-14: 1, 15-64: 5}");
      return;
    }
    double sum = 0;
    AgesGiven given;
    for (const Entry& entry : node.entries) {
      const auto weight = reader_.number(entry.value, "the weight");
      auto share = age_range(entry.value, entry.key);
      if (!weight || !share) continue;
      (void)reader_.is_within(entry.value, "the weight", *weight, age_weight_keys[0].range);
      for (const AgeShare& other : inflow_.ages) {
        if (share->from < other.to && other.from < share->to) {
          reader_.mistakes().add(reader_.at_key(entry.value),
                                 fmt::format("the ages {} overlap with others", entry.key), "ages apart");
        }
      }
      given.add(*parse_age_range(entry.key), entry.key, [&] { return reader_.at_key(entry.value); });
      share->weight = *weight;
      sum += *weight;
      inflow_.ages.push_back(*share);
    }
    given.warn_of_years(reader_);
    if (!inflow_.ages.empty() && sum <= 0) {
      reader_.wrong(node, "the weights of the ages sum to 0", "a weight above 0");
    }
  }

  [[nodiscard]] std::optional<AgeShare> age_range(const Node& node, const std::string& text) {
    const auto range = parse_age_range(text);
    if (range && range->to) {
      return AgeShare{static_cast<double>(range->from), static_cast<double>(*range->to), 0};
    }
    reader_.mistakes().add(reader_.at(node), fmt::format("the age of those who enter is {}", in_quotes(text)),
                           "ages with an end, such as 20-39");
    return std::nullopt;
  }

  void born(const Node& node) {
    Names known = setting_.geography->names;
    if (!known.add("outside")) {
      reader_.wrong(node, "there is a region called 'outside'", "another code of that region");
      return;
    }
    const auto number = reader_.reference(node, "region", known);
    if (number && *number < setting_.geography->regions.size()) inflow_.birth = Region(*number);
  }

  void draws(const Node& node) {
    inflow_.draws = read_draws(reader_, node, setting_, parameters_, "inflow." + inflow_.name);
  }

  void citizenship(const Node& node) {
    const auto number = reader_.reference(node, "region", tie_names(setting_.geography->names));
    if (number) inflow_.citizenship = Region(*number);
  }

  Reader& reader_;
  const Setting& setting_;
  const FactorSet& factors_;
  ParameterSet& parameters_;
  Inflow inflow_;
};

}  // namespace

KeyMap inflow_map() { return {"inflow", inflow_keys}; }

KeyMap outflow_map() { return {"outflow", outflow_keys}; }

KeyMap age_weights_map() { return {"age_weights", age_weight_keys}; }

std::vector<Inflow> read_inflow(Reader& reader, const Node& section, const Setting& setting,
                                const FactorSet& factors, ParameterSet& parameters) {
  std::vector<Inflow> inflows;
  if (!reader.is_map_of(section, "inflow", "inflows")) return inflows;
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "inflow")) continue;
    inflows.push_back(InflowReader(reader, setting, factors, parameters).read(entry));
  }
  return inflows;
}

std::vector<Outflow> read_outflow(Reader& reader, const Node& section, const Setting& setting,
                                  const FactorSet& factors, ParameterSet& parameters) {
  std::vector<Outflow> outflows;
  if (!reader.is_map_of(section, "outflow", "outflows")) return outflows;
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "outflow")) continue;
    Outflow outflow;
    outflow.name = entry.key;
    outflow.where = reader.at_key(entry.value);
    const Fields fields(reader, entry.value, fmt::format("outflow {}", in_quotes(entry.key)), outflow_map());
    if (!fields.is_map()) continue;
    outflow.who = read_who(reader, fields["who"], setting, outflow.where);
    outflow.hazard = read_hazard(
        reader, fields, {setting, factors, parameters, "outflow." + entry.key, "factors", &outflow.who});
    outflows.push_back(std::move(outflow));
  }
  return outflows;
}

}  // namespace sojourn
