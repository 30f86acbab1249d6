#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// The layers by which exponential numbers are drawn (ziggurat: Marsaglia and Tsang 2000). The area below
/// exp(-x) is covered by layers of equal area. Layer 0 is a rectangle from 0 to `tail`, as high as
/// exp(-tail), and all that lies to the right of it. Layer i > 0 is the rectangle from 0 to edges[i], between
/// the heights exp(-edges[i]) and exp(-edges[i + 1]): it is below the curve from 0 to edges[i + 1], and
/// crossed by it between the two edges.
namespace sojourn::ziggurat {

inline constexpr std::size_t layers = 256;

/// Where layer 1 ends, so that the uppermost of the layers ends at the height 1.
inline constexpr double tail = 7.697117470131049714;

/// What most draws need. A position is one of 2^52 intervals of equal length.
struct Layer {
  /// Length of an interval. Layer 0 is measured as a rectangle of its area and height.
  double interval = 0;
  /// How many intervals lie below the curve as a whole.
  std::uint64_t inside = 0;
};
extern const std::array<Layer, layers> table;

/// exp(-edges[i]); that of the edge of layer 0 is unused, and 0.
extern const std::array<double, layers + 1> heights;

}  // namespace sojourn::ziggurat
