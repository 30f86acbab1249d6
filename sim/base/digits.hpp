#pragma once

#include <string>

namespace sojourn {

/// A number as a message writes it, in at least `digits` significant digits and in as many more as tell it
/// from `other`: who is told that 1e+09 is more than 1e+09 does not see why.
[[nodiscard]] std::string digits_apart(double number, double other, int digits);

}  // namespace sojourn
