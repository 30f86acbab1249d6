#include "sim/base/ziggurat.hpp"

#include "sim/base/series.hpp"

namespace sojourn::ziggurat {

namespace {

/// Edges from right to left: the area of layer i is edges[i] (exp(-edges[i + 1]) - exp(-edges[i])). Edge 0 is
/// that of a rectangle with the area and the height of layer 0.
struct Edges {
  std::array<long double, layers + 1> x{};
  std::array<long double, layers + 1> height{};
  /// By how much the uppermost layer misses the common area.
  long double miss = 0;
};

constexpr Edges edges = [] {
  Edges result;
  auto& [x, height, miss] = result;
  // Closer to where the layers close than `tail` is as a double.
  x[1] = 7.697117470131049714044628048015215499L;
  height[1] = series::exp(-x[1]);
  const long double area = (x[1] + 1) * height[1];
  x[0] = area / height[1];
  for (std::size_t i = 1; i + 1 < layers; ++i) {
    height[i + 1] = height[i] + area / x[i];
    x[i + 1] = -series::log(height[i + 1]);
  }
  x[layers] = 0;
  height[layers] = 1;
  miss = x[layers - 1] * (1 - height[layers - 1]) / area - 1;
  return result;
}();
static_assert(edges.miss < 1e-15L && edges.miss > -1e-15L);

}  // namespace

constexpr std::array<Layer, layers> table = [] {
  std::array<Layer, layers> result{};
  for (std::size_t i = 0; i < layers; ++i) {
    result[i].interval = static_cast<double>(edges.x[i] * 0x1p-52L);
    result[i].inside = static_cast<std::uint64_t>(edges.x[i + 1] / edges.x[i] * 0x1p52L);
  }
  return result;
}();

constexpr std::array<double, layers + 1> heights = [] {
  std::array<double, layers + 1> result{};
  for (std::size_t i = 1; i <= layers; ++i) result[i] = static_cast<double>(edges.height[i]);
  return result;
}();

}  // namespace sojourn::ziggurat
