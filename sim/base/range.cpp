#include "sim/base/range.hpp"

#include <fmt/format.h>

#include <cmath>

namespace sojourn {

bool Range::is_everything() const { return std::isinf(least) && std::isinf(most) && !above_least; }

std::string to_string(const Range& range) {
  if (range.is_everything()) return "";
  const bool has_least = std::isfinite(range.least);
  if (!std::isfinite(range.most)) {
    return range.above_least ? fmt::format("a number above {:g}", range.least)
                             : fmt::format("{:g} or more", range.least);
  }
  if (!has_least) return fmt::format("at most {:g}", range.most);
  return range.above_least ? fmt::format("a number above {:g} and up to {:g}", range.least, range.most)
                           : fmt::format("{:g} to {:g}", range.least, range.most);
}

}  // namespace sojourn
