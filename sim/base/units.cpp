#include "sim/base/units.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

namespace sojourn {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// `0.3 per month` as `0.3` and `month`; nothing without the word between.
std::optional<std::pair<std::string_view, std::string_view>> split_at_per(std::string_view text) {
  const std::size_t per = text.find(" per ");
  if (per == std::string_view::npos) return std::nullopt;
  return std::pair{trimmed(text.substr(0, per)), trimmed(text.substr(per + 5))};
}

struct TimeUnit {
  std::string_view name;
  /// How often it fits into a year.
  double per_year;
};
constexpr double days_per_year = 365.25;
constexpr std::array<TimeUnit, 5> time_units = {
    {{"year", 1}, {"quarter", 4}, {"month", 12}, {"week", days_per_year / 7}, {"day", days_per_year}}};

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> parse_whole_number(std::string_view text) {
  constexpr std::uint64_t largest = std::uint64_t{1} << 53;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > largest) return std::nullopt;
  return value;
}

std::optional<double> parse_rate(std::string_view text) {
  const auto parts = split_at_per(text);
  if (!parts) return std::nullopt;
  const auto number = parse_number(parts->first);
  if (!number) return std::nullopt;
  for (const TimeUnit& unit : time_units) {
    if (parts->second != unit.name) continue;
    const double rate = *number * unit.per_year;
    if (!std::isfinite(rate)) return std::nullopt;
    return rate;
  }
  return std::nullopt;
}

std::optional<double> parse_persons_per_year(std::string_view text) {
  constexpr std::string_view persons = " persons ";
  const std::size_t word = text.find(persons);
  if (word == std::string_view::npos) return parse_rate(text);
  return parse_rate(std::string(text.substr(0, word)) + ' ' +
                    std::string(text.substr(word + persons.size())));
}

std::optional<double> parse_in_unit(std::string_view text, std::string_view unit) {
  text = trimmed(text);
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  if (trimmed(text.substr(blank)) == unit) return parse_number(text.substr(0, blank));
  const auto rate = parse_rate(text);
  const auto one = parse_rate("1 " + std::string(unit));
  if (!rate || !one) return std::nullopt;
  return *rate / *one;
}

std::optional<double> parse_length_km(std::string_view text) {
  constexpr double metres_per_km = 1000;
  const std::size_t last_digit = text.find_last_of("0123456789.");
  if (last_digit == std::string_view::npos) return std::nullopt;
  const auto number = parse_number(text.substr(0, last_digit + 1));
  const std::string_view unit = trimmed(text.substr(last_digit + 1));
  if (!number) return std::nullopt;
  if (unit == "km") return number;
  if (unit == "m") return *number / metres_per_km;
  return std::nullopt;
}

std::string to_text(double number) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), end};
}

std::string with_commas(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t sign = number < 0 ? 1 : 0;
  for (std::size_t i = digits.size(); i > sign + 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string with_commas(double number) { return with_commas(std::int64_t{std::llround(number)}); }

}  // namespace sojourn
