#include "sim/base/range.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace sojourn {

namespace {

/// In as many digits as it needs.
std::string in_digits(double x) {
  const bool few_do = std::stod(fmt::format("{:g}", x)) == x;
  return few_do ? fmt::format("{:g}", x) : fmt::format("{:.12g}", x);
}

}  // namespace

bool Range::is_everything() const { return std::isinf(least) && std::isinf(most) && !above_least; }

std::string to_string(const Range& range) {
  if (range.is_everything()) return "";
  std::string least = in_digits(range.least);
  if (!std::isfinite(range.most)) return range.above_least ? "a number above " + least : least + " or more";
  const std::string most = in_digits(range.most);
  if (!std::isfinite(range.least)) return "at most " + most;
  if (range.least == range.most) return least;
  return range.above_least ? fmt::format("a number above {} and up to {}", least, most)
                           : fmt::format("{} to {}", least, most);
}

}  // namespace sojourn
