#include "sim/base/random.hpp"

#include "sim/base/math.hpp"

namespace sojourn {

double RandomNumbers::exponential() { return -math::log(uniform()); }

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
