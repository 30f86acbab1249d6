#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/base/error.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/yaml_tree.hpp"

namespace sojourn {

/// Finds in a scenario's text where things stand by their dotted names, for what is told after reading.
class PlaceFinder {
 public:
  explicit PlaceFinder(const Scenario& scenario);

  /// Where the value of `demography.births.rate` stands; of a name that leads on beyond the text (it was left
  /// to its default), the value it leads to.
  [[nodiscard]] Position find(std::string_view dotted_name) const;

 private:
  std::string file_;
  std::optional<Node> document_;
};

}  // namespace sojourn
