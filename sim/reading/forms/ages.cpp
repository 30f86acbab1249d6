#include "sim/reading/forms/ages.hpp"

#include <fmt/format.h>

#include <map>

#include "sim/base/text.hpp"
#include "sim/base/units.hpp"

namespace sojourn {

namespace {

std::optional<int> parse_age(std::string_view text) {
  const auto age = parse_whole_number(text);
  if (!age || *age > static_cast<std::uint64_t>(oldest)) return std::nullopt;
  return static_cast<int>(*age);
}

/// One of the different ages of a column.
struct AgeClass {
  AgeRange range;
  /// A number alone, which says nothing of where the class ends.
  bool is_bare = false;
  std::size_t first_row = 0;
};

}  // namespace

std::optional<AgeRange> parse_age_range(std::string_view text) {
  if (text.ends_with('+')) {
    const auto from = parse_age(text.substr(0, text.size() - 1));
    if (!from) return std::nullopt;
    return AgeRange{*from, std::nullopt};
  }
  const std::size_t hyphen = text.find('-');
  if (hyphen == std::string_view::npos) {
    const auto age = parse_age(text);
    if (!age) return std::nullopt;
    return AgeRange{*age, *age + 1};
  }
  const auto from = parse_age(text.substr(0, hyphen));
  const auto last = parse_age(text.substr(hyphen + 1));
  if (!from || !last || *last < *from) return std::nullopt;
  return AgeRange{*from, *last + 1};
}

std::string to_string(const AgeRange& range) {
  if (!range.to) return fmt::format("{}+", range.from);
  if (*range.to == range.from + 1) return std::to_string(range.from);
  return fmt::format("{}-{}", range.from, *range.to - 1);
}

std::optional<std::vector<AgeRange>> ages_of_rows(Reader& reader, const Table& table, Column column,
                                                  const std::vector<std::size_t>& rows) {
  constexpr std::string_view expected = "ages such as 15-64, 100+, or first years 0, 5, 10, ..., up to 150";
  // By the first year; the same first year must always have the same end.
  std::map<int, AgeClass> classes;
  std::vector<int> from_of_row;
  bool right = true;
  for (const std::size_t row : rows) {
    const auto range = parse_age_range(table.cell(row, column));
    if (!range) {
      reader.wrong_cell(table, row, column, "the age", std::string(expected));
      right = false;
      continue;
    }
    const bool bare = table.cell(row, column).find_first_of("-+") == std::string_view::npos;
    const auto [found, is_new] = classes.emplace(range->from, AgeClass{*range, bare, row});
    if (!is_new && (found->second.is_bare != bare || found->second.range != *range)) {
      reader.wrong_cell(
          table, row, column, "the age",
          fmt::format("{} as in line {}", in_quotes(table.cell(found->second.first_row, column)),
                      table.line(found->second.first_row)));
      right = false;
    }
    from_of_row.push_back(range->from);
  }
  if (!right) return std::nullopt;
  std::optional<int> width;
  for (auto at = classes.begin(); at != classes.end(); ++at) {
    AgeClass& age = at->second;
    const auto next = std::next(at);
    const bool last = next == classes.end();
    if (age.is_bare && !last) age.range.to = next->first;
    if (age.is_bare && last && width) age.range.to = age.range.from + *width;
    if (!age.range.to && last && width) age.range.to = age.range.from + *width;
    if (!age.range.to && last) {
      reader.wrong_cell(
          table, age.first_row, column, "the only age",
          "a range with an end: an open one is as wide as the one before it, and there is none");
      return std::nullopt;
    }
    if (!last && (!age.range.to || *age.range.to > next->first)) {
      reader.wrong_cell(table, next->second.first_row, column, "the age",
                        fmt::format("ages that do not overlap with {} in line {}", to_string(age.range),
                                    table.line(age.first_row)));
      return std::nullopt;
    }
    width = *age.range.to - age.range.from;
  }
  std::vector<AgeRange> ages;
  ages.reserve(from_of_row.size());
  for (const int from : from_of_row) ages.push_back(classes.at(from).range);
  return ages;
}

}  // namespace sojourn
