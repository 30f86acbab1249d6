#include "sim/base/random.hpp"

#include "sim/base/math.hpp"

namespace sojourn {

double RandomNumbers::exponential_near_curve(std::size_t layer, double x) {
  // Beyond the rectangle the law is the exponential law once more: it has no memory.
  if (layer == 0) return ziggurat::tail + exponential();
  const double low = ziggurat::heights[layer];
  const double high = ziggurat::heights[layer + 1];
  if (low + (high - low) * uniform() < math::exp(-x)) return x;
  return exponential();
}

std::uint64_t RandomNumbers::below(std::uint64_t n) {
  __extension__ using Wide = unsigned __int128;
  Wide product = Wide{bits()} * n;
  auto low = static_cast<std::uint64_t>(product);
  if (low < n) {
    const std::uint64_t surplus = (0 - n) % n;
    while (low < surplus) {
      product = Wide{bits()} * n;
      low = static_cast<std::uint64_t>(product);
    }
  }
  return static_cast<std::uint64_t>(product >> 64);
}

}  // namespace sojourn
