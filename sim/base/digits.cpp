#include "sim/base/digits.hpp"

#include <fmt/format.h>

#include <limits>

namespace sojourn {

std::string digits_apart(double number, double other, int digits) {
  constexpr int all = std::numeric_limits<double>::max_digits10;
  while (digits < all && fmt::format("{:.{}g}", number, digits) == fmt::format("{:.{}g}", other, digits)) {
    ++digits;
  }
  return fmt::format("{:.{}g}", number, digits);
}

}  // namespace sojourn
