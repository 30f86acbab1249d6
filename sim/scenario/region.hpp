#pragma once

#include <limits>
#include <string>

#include "sim/base/ids.hpp"
#include "sim/scenario/texts.hpp"

namespace sojourn {

struct RegionInfo {
  std::string code;
  /// What people call it; nothing where the scenario gives only the code.
  Texts name{};
  /// Degrees; NaN where not given.
  double latitude = std::numeric_limits<double>::quiet_NaN();
  double longitude = std::numeric_limits<double>::quiet_NaN();
};

/// A direct road between two regions, passable both ways.
struct Link {
  Region from;
  Region to;
  double length_km = 0;
};

/// Great-circle distance between two regions, km, on a sphere of 6371.0088 km (the mean radius of the IUGG),
/// by the haversine formula. NaN where a coordinate is not given.
[[nodiscard]] double great_circle_km(const RegionInfo& a, const RegionInfo& b);

}  // namespace sojourn
