#include "sim/reading/forms/group_weights.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "sim/input/names.hpp"

namespace sojourn {

std::vector<GroupShare> GroupWeights::read(const Fields& fields) {
  std::vector<std::vector<double>> by_attribute;
  bool right = true;
  for (const Attribute& attribute : groups_.attributes()) {
    const Node* node = fields.required(attribute.name);
    by_attribute.push_back(node != nullptr ? shares(*node, attribute) : std::vector<double>{});
    right = right && !by_attribute.back().empty();
  }
  std::vector<GroupShare> result;
  for (std::size_t g = 0; right && g < groups_.unqueued(); ++g) {
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
  const Fields fields(reader_, node, fmt::format("'{}'", attribute.name), attribute.values);
  std::vector<double> weights;
  double sum = 0;
  for (const std::string& value : attribute.values) {
    const Node* number = fields.optional(value);
    const auto weight = number != nullptr ? reader_.number(*number, "the weight") : 0;
    if (!weight) return {};
    if (*weight < 0) {
      reader_.wrong_value(*number, "the weight", "0 or more");
      return {};
    }
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
