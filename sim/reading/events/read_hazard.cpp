#include "sim/reading/events/read_hazard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"
#include "sim/reading/events/read_schedule.hpp"
#include "sim/reading/events/read_terms.hpp"

namespace sojourn {

namespace {

constexpr std::array factor_name_keys{
    Key{.name = "factor",
        .form = Form::name,
        .need = Need::required,
        .doc = "A factor over regions, or one that is the same everywhere, in the unit of the key. The key "
               "itself is then a number, 1, that the factor is multiplied by and policies may `scale`.",
        .kind = "factor"},
};

constexpr std::array becomes_keys{
    Key{.name = "ATTRIBUTE", .form = Form::name, .doc = "The value that agents get.", .kind = "value"},
};

/// Reads the keys of a hazard, each function the one that it is named after.
class HazardReader {
 public:
  HazardReader(Reader& reader, const HazardSetting& setting) : reader_(reader), setting_(setting) {}

  [[nodiscard]] Hazard read(const Fields& fields) {
    const Node* schedule = fields.optional("age");
    if (const Node* node = fields["rate"]) rate(*node, fields.key("rate").range);
    if (schedule != nullptr) age(*schedule);
    if (const Node* node = fields.optional("stay")) hazard_.stay = read_stay(reader_, *node);
    if (const Node* node = fields.optional(setting_.terms)) {
      const TermSetting terms{*setting_.setting.groups, setting_.factors, setting_.parameters,
                              setting_.prefix + "." + setting_.terms, setting_.who};
      hazard_.push = read_push(reader_, *node, setting_.terms, terms);
    }
    if (const Node* node = fields.optional("attraction")) attraction(*node);
    return std::move(hazard_);
  }

 private:
  [[nodiscard]] Concerned concerned() const { return {*setting_.setting.groups, setting_.who}; }

  void rate(const Node& node, const Range& range) {
    if (node.find("factor") != nullptr) {
      rate_factor(node, range);
      return;
    }
    NumbersRead read = read_by_group(reader_, node, "the rate", concerned(), &Reader::rate);
    std::vector<double>& values = read.by_group;
    (void)std::all_of(values.begin(), values.end(),
                      [&](double value) { return reader_.is_within(node, "the rate", value, range); });
    if (!values.empty()) {
      hazard_.rate = setting_.parameters.add({setting_.prefix + ".rate", "per year", std::move(values), false,
                                              reader_.at(node), range, std::move(read.by)});
    }
  }

  /// `{factor: mortality}`: the parameter `rate` is then a plain number that policies may scale it by.
  void rate_factor(const Node& node, const Range& range) {
    const Fields fields(reader_, node, "the rate", factor_map());
    const auto number = reader_.reference(fields["factor"], "factor", setting_.factors.names);
    if (!number) return;
    const Factor& factor = setting_.factors.factors[*number];
    const auto unit = parse_rate("1 " + factor.unit);
    if (!unit || *unit != 1) {
      reader_.wrong(node,
                    fmt::format("factor {} is in {} and cannot be a rate", in_quotes(factor.name),
                                in_quotes(factor.unit)),
                    "a factor with 'unit: per year'");
    }
    if (factor.places == FactorPlaces::pair) {
      reader_.wrong(node, fmt::format("factor {} varies over pairs of regions", in_quotes(factor.name)),
                    "a factor over regions, or one that is the same everywhere");
    }
    hazard_.rate_factor = FactorId(*number);
    hazard_.rate =
        setting_.parameters.add({setting_.prefix + ".rate", "1", {1.0}, false, reader_.at(node), range});
  }

  void age(const Node& node) {
    hazard_.schedule_where = reader_.at(node);
    ScheduleRead read = read_schedule(reader_, node);
    hazard_.schedule = std::move(read.schedule);
    hazard_.schedule_mean = read.over.mean;
    hazard_.standard = std::move(read.over.standard);
    if (!hazard_.rate_factor || !setting_.factors.factors[hazard_.rate_factor->index()].by_age()) return;
    reader_.mistakes().add(reader_.at_key(node),
                           "the rate is a factor that varies by age, and so has a schedule", "no key 'age'");
  }

  void attraction(const Node& node) {
    NumbersRead read = read_by_group(reader_, node, "the attraction", concerned(), &Reader::number);
    if (read.by_group.empty()) return;
    hazard_.attraction = setting_.parameters.add({setting_.prefix + ".attraction",
                                                  "1",
                                                  std::move(read.by_group),
                                                  false,
                                                  reader_.at(node),
                                                  {},
                                                  std::move(read.by)});
  }

  Reader& reader_;
  const HazardSetting& setting_;
  Hazard hazard_;
};

}  // namespace

KeyMap factor_map() { return {"factor_in_place", factor_name_keys}; }

KeyMap becomes_map() { return {"becomes", becomes_keys}; }

Hazard read_hazard(Reader& reader, const Fields& fields, const HazardSetting& setting) {
  return HazardReader(reader, setting).read(fields);
}

Hazard read_persons_per_year(Reader& reader, const Node& node, const HazardSetting& setting, const Key& key) {
  Hazard number;
  const std::string what = in_quotes(key.name);
  const std::string name = fmt::format("{}.{}", setting.prefix, key.name);
  const std::string unit(key.unit);
  if (node.find("factor") == nullptr) {
    const auto persons = reader.persons_per_year(node, what);
    if (!persons) return number;
    (void)reader.is_within(node, what, *persons, key.range, unit);
    number.rate = setting.parameters.add({name, "per year", {*persons}, false, reader.at(node), key.range});
    return number;
  }
  number.rate_factor = read_factor_of_persons(reader, node, what, unit, setting.factors);
  number.rate = setting.parameters.add({name, "1", {1.0}, false, reader.at(node), key.range});
  return number;
}

std::optional<FactorId> read_factor_of_persons(Reader& reader, const Node& node, const std::string& what,
                                               const std::string& unit, const FactorSet& factors) {
  const Fields fields(reader, node, what, factor_map());
  const auto id = reader.reference(fields["factor"], "factor", factors.names);
  if (!id) return std::nullopt;
  const Factor& factor = factors.factors[*id];
  if (factor.unit != unit) {
    reader.wrong(node, fmt::format("factor {} is in {}", in_quotes(factor.name), in_quotes(factor.unit)),
                 fmt::format("a factor with 'unit: {}'", unit));
  }
  if (factor.places == FactorPlaces::pair || factor.by_group || factor.by_age()) {
    reader.wrong(node, fmt::format("factor {} has more than one number for a region", in_quotes(factor.name)),
                 "a factor over regions, or one that is the same everywhere");
  }
  return FactorId(*id);
}

std::vector<Group> read_changes(Reader& reader, const Node* node, const Groups& groups,
                                std::string_view what) {
  if (node != nullptr && node->is_map() && node->entries.empty())
    reader.wrong(*node, fmt::format("{} names no attribute", what), "at least one, and the value it gets");
  return read_becomes(reader, node, groups, what);
}

std::vector<Group> read_becomes(Reader& reader, const Node* node, const Groups& groups,
                                std::string_view what) {
  std::vector<Group> becomes;
  for (std::size_t g = 0; g < groups.count(); ++g) becomes.emplace_back(g);
  if (node == nullptr) return becomes;
  const Fields fields(reader, *node, std::string(what), becomes_map(), attribute_names(groups).all());
  for (std::size_t a = 0; a < groups.attributes().size(); ++a) {
    const Attribute& attribute = groups.attributes()[a];
    const Node* value_node = fields.optional(attribute.name);
    if (value_node == nullptr) continue;
    const auto value = reader.reference(*value_node, "value of " + attribute.name, Names(attribute.values));
    if (!value) continue;
    for (Group& group : becomes) group = groups.with(group, AttributeId(a), *value);
  }
  return becomes;
}

}  // namespace sojourn
