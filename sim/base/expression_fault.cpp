#include "sim/base/expression_fault.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>

#include "sim/base/digits.hpp"

namespace sojourn {

namespace {

// sign, 11 bits of exponent, 1 of a quiet NaN, 4 of the fault, and the upper 47 of the number.
constexpr std::uint64_t quiet_nan = 0x7FF8000000000000U;
constexpr unsigned number_bits = 47;
constexpr unsigned lost_bits = 64 - number_bits;
constexpr std::uint64_t fault_mask = 0xF;

/// The exponent is no whole number, or there would be no fault; it may look like one, and once it is
/// remembered even be one.
std::string power_of_negative(double exponent) {
  const double whole = std::nearbyint(exponent);
  if (exponent != whole)
    return fmt::format("a negative number to the power {}", digits_apart(exponent, whole, 6));
  return fmt::format("a negative number to a power that is almost {:.6g}, and no whole number", whole);
}

std::string text_of_number(ExpressionFault fault, double number) {
  switch (fault) {
    case ExpressionFault::none:
      return "";
    case ExpressionFault::quotient_by_zero:
      return fmt::format("{:.6g} divided by 0", number);
    case ExpressionFault::quotient:
      return fmt::format("a number divided by {:.6g}, which is too large", number);
    case ExpressionFault::power_of_negative:
      return power_of_negative(number);
    case ExpressionFault::power_of_zero:
      return fmt::format("0 to the power {:.6g}", number);
    case ExpressionFault::power:
      return fmt::format("a number to the power {:.6g}, which is too large", number);
    case ExpressionFault::logarithm:
      return fmt::format("the logarithm of {:.6g}", number);
    case ExpressionFault::log1p:
      return fmt::format("log1p of {:.6g}", number);
    case ExpressionFault::square_root:
      return fmt::format("the square root of {:.6g}", number);
    case ExpressionFault::exponential:
      return fmt::format("exp of {:.6g}, which is too large", number);
    case ExpressionFault::sum:
      return "a sum that is too large";
    case ExpressionFault::difference:
      return "a difference that is too large";
    case ExpressionFault::product:
      return "a product that is too large";
  }
  return "";
}

}  // namespace

double fault_as_number(ExpressionFault fault, double number) {
  constexpr std::uint64_t half = std::uint64_t{1} << (lost_bits - 1);
  const std::uint64_t kept = (std::bit_cast<std::uint64_t>(number + 0.0) + half) >> lost_bits;
  return std::bit_cast<double>(quiet_nan | static_cast<std::uint64_t>(fault) << number_bits | kept);
}

std::string fault_in_number(double value) {
  if (!std::isnan(value)) return "";
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const auto fault = static_cast<ExpressionFault>((bits >> number_bits) & fault_mask);
  return text_of_number(fault, std::bit_cast<double>(bits << lost_bits));
}

}  // namespace sojourn
