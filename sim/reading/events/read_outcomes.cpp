#include "sim/reading/events/read_outcomes.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/events/hazard_keys.hpp"
#include "sim/reading/forms/outcome_names.hpp"

namespace sojourn {

namespace {

constexpr std::array<std::string_view, 1> ways_to_leave{"outside"};
constexpr std::array<std::string_view, 1> citizenships_of_outcomes{"residence"};

constexpr Key outcome_becomes_key =
    becomes_key("Attributes and the values they get. Default: they stay as they are.", Need::optional);

constexpr Key leaves_key{
    .name = "leaves",
    .form = Form::nothing,
    .doc =
        "`outside`, if they leave all regions: recorded in `outflow` under the name of the outcome. To move "
        "to another region is for streams, with a `who` of those whom the outcome made so.",
    .words = ways_to_leave};

constexpr std::array outcome_keys{
    Key{.name = "weight",
        .form = Form::number,
        .need = Need::required,
        .doc =
            "How often of all: outcomes are drawn in proportion to their weights, which need not sum to 1. "
            "Also by an attribute, or `{factor: NAME}` of a factor over regions or attributes; not all 0 "
            "for anybody whom the transition concerns.",
        .unit = "1",
        .range = from_zero,
        .map = factor_map,
        .by_attribute = true,
        .is_parameter = true},
    outcome_becomes_key,
    Key{.name = "citizenship",
        .form = Form::nothing,
        .doc = "`residence`, if the outcome makes them citizens of the region they live in.",
        .words = citizenships_of_outcomes},
    leaves_key,
};

constexpr std::array given_up_keys{outcome_becomes_key, leaves_key};

/// All but the weight.
Outcome read_ending(Reader& reader, const Fields& fields, const Groups& groups, const Node& node,
                    std::string name) {
  Outcome outcome;
  outcome.name = std::move(name);
  outcome.where = reader.at_key(node);
  const Node* becomes = fields["becomes"];
  outcome.becomes = read_changes(reader, becomes, groups, "'becomes'");
  outcome.leaves = fields.word("leaves").has_value();
  const Node* leaves = fields["leaves"];
  if (leaves != nullptr && becomes != nullptr) {
    reader.mistakes().add(reader.at_key(*becomes), "who leaves all regions gets no values",
                          "no 'becomes', or no 'leaves'");
  }
  return outcome;
}

class WeightReader {
 public:
  WeightReader(Reader& reader, const HazardSetting& setting) : reader_(reader), setting_(setting) {}

  [[nodiscard]] Hazard read(const Node& node, const std::string& name) {
    const Range& range = find(outcome_map(), "weight")->range;
    if (node.find("factor") != nullptr) return by_factor(node, name, range);
    Hazard weight;
    NumbersRead read =
        read_by_group(reader_, node, "the weight", {*setting_.setting.groups, setting_.who}, &Reader::number);
    for (const double value : read.by_group) {
      if (!reader_.is_within(node, "the weight", value, range)) break;
    }
    if (read.by_group.empty()) return weight;
    weight.rate = setting_.parameters.add(
        {name, "1", std::move(read.by_group), false, reader_.at(node), range, std::move(read.by)});
    return weight;
  }

 private:
  [[nodiscard]] Hazard by_factor(const Node& node, const std::string& name, const Range& range) {
    Hazard weight;
    const Fields fields(reader_, node, "the weight", factor_map());
    const auto number = reader_.reference(fields["factor"], "factor", setting_.factors.names);
    if (!number) return weight;
    const Factor& factor = setting_.factors.factors[*number];
    const char* by = factor.places == FactorPlaces::pair ? "pairs of regions"
                     : factor.by_age()                   ? "ages"
                                                         : nullptr;
    if (by != nullptr) {
      reader_.wrong(node, fmt::format("factor {} varies over {}", in_quotes(factor.name), by),
                    "a factor over regions or attributes, or one that is the same everywhere");
    }
    weight.rate_factor = FactorId(*number);
    weight.rate = setting_.parameters.add({name, "1", {1.0}, false, reader_.at(node), range});
    return weight;
  }

  Reader& reader_;
  const HazardSetting& setting_;
};

}  // namespace

KeyMap outcome_map() { return {"outcome", outcome_keys}; }

KeyMap given_up_map() { return {"given_up", given_up_keys}; }

std::vector<Outcome> read_outcomes(Reader& reader, const Node& node, const Groups& groups,
                                   const std::string& transition) {
  std::vector<Outcome> outcomes;
  if (!reader.is_map_of(node, "outcomes", "outcomes")) return outcomes;
  if (node.entries.empty()) reader.wrong(node, "there is no outcome", "at least one");
  for (const Entry& entry : node.entries) {
    (void)reader.is_name_for(entry, "outcome");
    const Fields fields(reader, entry.value, "outcome " + in_quotes(entry.key), outcome_map());
    // Read later, and missed here.
    (void)fields["weight"];
    outcomes.push_back(
        read_ending(reader, fields, groups, entry.value, name_of_outcome(transition, entry.key)));
    outcomes.back().naturalises = fields.word("citizenship").has_value();
    if (!outcomes.back().leaves || !outcomes.back().naturalises) continue;
    reader.mistakes().add(reader.at_key(*fields["citizenship"]), "who leaves all regions gets no citizenship",
                          "no 'citizenship', or no 'leaves'");
  }
  return outcomes;
}

void read_weights(Reader& reader, const Node& node, const HazardSetting& setting,
                  std::vector<Outcome>& outcomes) {
  for (std::size_t o = 0; o < outcomes.size(); ++o) {
    const Entry& entry = node.entries[o];
    const Node* weight = entry.value.find("weight");
    if (weight == nullptr) continue;
    const std::string name = fmt::format("{}.outcomes.{}.weight", setting.prefix, entry.key);
    outcomes[o].weight = WeightReader(reader, setting).read(*weight, name);
  }
}

std::optional<Outcome> read_given_up(Reader& reader, const Node& node, const Groups& groups,
                                     const std::string& transition) {
  const Fields fields(reader, node, "'given_up'", given_up_map());
  if (!fields.is_map()) return std::nullopt;
  Outcome given_up = read_ending(reader, fields, groups, node, name_of_outcome(transition, given_up_key));
  if (fields["becomes"] == nullptr && fields["leaves"] == nullptr)
    reader.wrong(node, "'given_up' changes nothing", "'becomes' or 'leaves'");
  return given_up;
}

}  // namespace sojourn
