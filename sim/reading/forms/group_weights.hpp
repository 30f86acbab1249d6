#pragma once

#include <vector>

#include "sim/input/reader.hpp"
#include "sim/scenario/demography.hpp"
#include "sim/scenario/groups.hpp"

namespace sojourn {

/// Weights of the values of an attribute.
[[nodiscard]] KeyMap value_weights_map();

/// Reads of what groups people are who come into being in a run: for an attribute a value, or weights of its
/// values.
class GroupWeights {
 public:
  GroupWeights(Reader& reader, const Groups& groups) : reader_(reader), groups_(groups) {}

  /// Shares of the groups, from weights of every attribute, which `fields` must have. Empty after a mistake.
  [[nodiscard]] std::vector<GroupShare> read(const Fields& fields);
  /// Shares of the values of one attribute, which sum to 1, from a map of weights. Empty after a mistake.
  [[nodiscard]] std::vector<double> weights(const Node& node, const Attribute& attribute);

 private:
  [[nodiscard]] std::vector<double> shares(const Node& node, const Attribute& attribute);

  Reader& reader_;
  const Groups& groups_;
};

}  // namespace sojourn
