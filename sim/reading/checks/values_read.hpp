#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "sim/model/numbers.hpp"
#include "sim/scenario/hazard.hpp"

namespace sojourn {

/// The least and the largest of some values; of none, the least is above the largest.
struct LeastAndLargest {
  double least = std::numeric_limits<double>::infinity();
  double largest = -std::numeric_limits<double>::infinity();
};

struct RegionAndGroup {
  std::size_t region = 0;
  std::size_t group = 0;
};

/// Of the values of a number over regions those that a hazard of `who` reads: what the number is elsewhere,
/// of other groups or at other ages concerns nobody. `age_from` is that of the factor, or empty. `only`: in
/// that region and group alone.
[[nodiscard]] LeastAndLargest values_read(const Field& field, const std::vector<double>& age_from,
                                          const Who& who, std::optional<RegionAndGroup> only = std::nullopt);

}  // namespace sojourn
