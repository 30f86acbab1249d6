#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/ids.hpp"

namespace sojourn {

/// What binds an agent to regions, wherever it lives: where it was born, and whose citizen it is. Behind the
/// regions of a scenario come `outside_of(regions)` and, of citizenships alone, `stateless(regions)`.
struct Ties {
  Region birth;
  Region citizenship;
};

/// The birth and the citizenship of those who were born, or are citizens, outside all regions.
[[nodiscard]] inline Region outside_of(std::size_t regions) { return Region{regions}; }
/// The citizenship of those who have none.
[[nodiscard]] inline Region stateless(std::size_t regions) { return Region{regions + 1}; }

/// What scenarios call them.
inline constexpr std::string_view outside_word = "outside";
inline constexpr std::string_view stateless_word = "none";

/// Classes of regions of birth, or of citizenships, that nothing in a scenario tells apart.
struct TieClasses {
  /// By class.
  std::vector<std::string> names{"everybody"};
  /// The class of each region, of outside and of no citizenship; empty where there is one class.
  std::vector<std::uint32_t> of{};

  [[nodiscard]] std::size_t class_of(Region region) const {
    return region.index() < of.size() ? of[region.index()] : 0;
  }
  /// Whether the scenario tells any apart.
  [[nodiscard]] bool differ() const { return names.size() > 1; }
};

}  // namespace sojourn
