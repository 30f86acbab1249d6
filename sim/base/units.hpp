#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sojourn {

/// The decimal number that `text` is as a whole: `12`, `-0.5`, `+3`, `1e6`. Nothing for anything else, and
/// for what no calculation can use: nan, inf, numbers too large for a double.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// The whole number from 0 that `text` is: digits only, no sign, at most 2^53.
[[nodiscard]] std::optional<std::uint64_t> parse_whole_number(std::string_view text);

/// Per year, from `0.004 per year`, `0.3 per month`, `2 per day`. A month is a twelfth of a year, a quarter a
/// fourth, a week 7 / 365.25 and a day 1 / 365.25. May be negative.
[[nodiscard]] std::optional<double> parse_rate(std::string_view text);

/// The same of persons, from `400 persons per year` or `400 per year`.
[[nodiscard]] std::optional<double> parse_persons_per_year(std::string_view text);

/// The number of `12 USD per month`, if what stands behind it is the unit. Of a unit of rates, such as
/// `per month`, another one is as good, and the number is that in the unit.
[[nodiscard]] std::optional<double> parse_in_unit(std::string_view text, std::string_view unit);

/// In kilometres, from `120 km` or `800 m`. May be negative.
[[nodiscard]] std::optional<double> parse_length_km(std::string_view text);

/// The shortest text that `parse_number` reads as the same number: `0.1`, `1e+22`, `-3`.
[[nodiscard]] std::string to_text(double number);

/// `1,234,567`.
[[nodiscard]] std::string with_commas(std::int64_t number);
/// Rounded to a whole number.
[[nodiscard]] std::string with_commas(double number);

}  // namespace sojourn
