#include "sim/scenario/region.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/math.hpp"

namespace sojourn {

double great_circle_km(const RegionInfo& a, const RegionInfo& b) {
  constexpr double radius_km = 6371.0088;
  if (std::isnan(a.latitude) || std::isnan(a.longitude) || std::isnan(b.latitude) ||
      std::isnan(b.longitude)) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  // Haversine: it keeps its digits where two places are near, unlike the law of cosines.
  const double s = math::sin_degrees(0.5 * (b.latitude - a.latitude));
  const double t = math::sin_degrees(0.5 * (b.longitude - a.longitude));
  const double h = s * s + math::cos_degrees(a.latitude) * math::cos_degrees(b.latitude) * t * t;
  const double sine = std::sqrt(std::clamp(h, 0.0, 1.0));
  const double cosine = std::sqrt(std::clamp(1 - h, 0.0, 1.0));
  return 2 * radius_km * math::atan2_first_quadrant(sine, cosine);
}

}  // namespace sojourn
