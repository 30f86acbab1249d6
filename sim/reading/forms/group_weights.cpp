#include "sim/reading/forms/group_weights.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>

#include "sim/input/names.hpp"

namespace sojourn {

namespace {

constexpr std::array value_weight_keys{
    Key{.name = "VALUE",
        .form = Form::number,
        .doc = "The weight of the value; the weights need not sum to 1.",
        .otherwise = "0",
        .range = from_zero},
};

}  // namespace

KeyMap value_weights_map() { return {"value_weights", value_weight_keys}; }

std::vector<GroupShare> GroupWeights::read(const Fields& fields) {
  std::vector<std::vector<double>> by_attribute;
  bool right = true;
  for (const Attribute& attribute : groups_.attributes()) {
    const Node* node = fields.required(attribute.name);
    by_attribute.push_back(node != nullptr ? shares(*node, attribute) : std::vector<double>{});
    right = right && !by_attribute.back().empty();
  }
  std::vector<GroupShare> result;
  for (std::size_t g = 0; right && g < groups_.named(); ++g) {
    double probability = 1;
    for (std::size_t a = 0; a < by_attribute.size(); ++a) {
      probability *= by_attribute[a][groups_.value(Group(g), AttributeId(a))];
    }
    if (probability > 0) result.push_back({Group(g), probability});
  }
  return result;
}

std::vector<double> GroupWeights::shares(const Node& node, const Attribute& attribute) {
  if (node.is_map()) return weights(node, attribute);
  const auto value = reader_.reference(node, "value of " + attribute.name, Names(attribute.values));
  if (!value) return {};
  std::vector<double> result(attribute.values.size(), 0.0);
  result[*value] = 1;
  return result;
}

std::vector<double> GroupWeights::weights(const Node& node, const Attribute& attribute) {
  const Fields fields(reader_, node, fmt::format("'{}'", attribute.name), value_weights_map(),
                      attribute.values);
  const Range& range = fields.key("VALUE").range;
  std::vector<double> weights;
  double sum = 0;
  for (const std::string& value : attribute.values) {
    const Node* number = fields.optional(value);
    const auto weight = number != nullptr ? reader_.number(*number, "the weight") : 0;
    if (!weight) return {};
    if (number != nullptr && !reader_.is_within(*number, "the weight", *weight, range)) return {};
    weights.push_back(*weight);
    sum += *weight;
  }
  if (sum <= 0) {
    reader_.wrong(node, "the weights sum to 0", "weights such as {female: 100, male: 105}");
    return {};
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

}  // namespace sojourn
