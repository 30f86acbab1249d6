#pragma once

#include <cstdint>
#include <string>

namespace sojourn {

/// Why an operation of an expression has no finite result.
enum class ExpressionFault : std::uint8_t {
  none,
  quotient_by_zero,
  quotient,
  power_of_negative,
  power_of_zero,
  power,
  logarithm,
  log1p,
  square_root,
  exponential,
  sum,
  difference,
  product,
};

/// NaN that remembers a fault and a number of it (what was divided, an exponent) in the 51 bits that a NaN
/// has free. Whatever is computed from it is the same NaN, so that the result of an expression tells what
/// went wrong inside.
[[nodiscard]] double fault_as_number(ExpressionFault fault, double number);

/// What it remembers: "the logarithm of -3"; "" for any other number.
[[nodiscard]] std::string fault_in_number(double value);

}  // namespace sojourn
