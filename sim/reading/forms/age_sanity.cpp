#include "sim/reading/forms/age_sanity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "sim/base/text.hpp"

namespace sojourn {

namespace {

int width_of(const AgeRange& range) { return *range.to - range.from; }

/// Whether ages that are single numbers look like the first years of classes: all as wide, but for the last,
/// and for 0 and 1-4 in place of 0-4.
bool are_even(const std::vector<AgeRange>& classes) {
  auto first = classes.begin();
  const bool begins_with_infants =
      classes.size() > 2 && classes[0] == AgeRange{0, 1} && classes[1] == AgeRange{1, 5};
  if (begins_with_infants) first += 2;
  return std::all_of(first, std::prev(classes.end()),
                     [&](const AgeRange& range) { return width_of(range) == width_of(*first); });
}

bool is_bare(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

}  // namespace

std::vector<AgeRange> AgesGiven::ranges() const {
  std::vector<AgeRange> all;
  all.reserve(by_first_.size());
  for (const auto& [from, given] : by_first_) all.push_back(given.ages);
  return all;
}

bool AgesGiven::are_bare() const {
  return std::all_of(by_first_.begin(), by_first_.end(),
                     [](const auto& of) { return is_bare(of.second.text); });
}

std::string AgesGiven::understood() const {
  constexpr std::size_t most_named = 8;
  std::vector<std::string> texts;
  for (const AgeRange& range : ranges()) texts.push_back(in_quotes(to_string(range)));
  return in_words(texts, most_named);
}

void AgesGiven::warn_of_classes(Reader& reader) const {
  if (by_first_.size() < 2) return;
  const Given& last = by_first_.rbegin()->second;
  const AgeRange& before = std::next(by_first_.rbegin())->second.ages;
  if (last.text.ends_with('+') && width_of(before) == 1) {
    reader.warn(last.where, "open-age-of-one-year",
                fmt::format("the last age {} is read as the one year {}, as wide as the age before it",
                            in_quotes(last.text), last.ages.from),
                fmt::format("older people are taken as exactly so old (write a range such as {}-{})",
                            last.ages.from, last.ages.from + 14),
                fmt::format("write '{}-{}'", last.ages.from, last.ages.from));
  }
  if (!are_bare() || are_even(ranges())) return;
  const auto& [from, first] = *by_first_.begin();
  reader.warn(first.where, "ages-with-gaps",
              "the ages are single numbers, unevenly spaced, and are read as " + understood(),
              fmt::format("each was meant as that one year (write '{0}-{0}' for the one year {0})", from),
              "write the ranges");
}

void AgesGiven::warn_of_years(Reader& reader) const {
  for (auto at = by_first_.begin(); at != by_first_.end(); ++at) {
    const auto& [from, given] = *at;
    if (!is_bare(given.text)) continue;
    const auto next = std::next(at);
    const int width = at == by_first_.begin() ? 1 : width_of(std::prev(at)->second.ages);
    const int end = next == by_first_.end() ? from + width : next->first;
    if (end == from + 1) continue;
    reader.warn(given.where, "ages-with-gaps",
                "a number alone is read as that one year; the ages are " + understood(),
                fmt::format("it was meant as the first of several years (write '{}-{}')", from, end - 1),
                fmt::format("write '{0}-{0}'", from));
    return;
  }
}

void warn_of_ages(Reader& reader, const Table& table, Column column, const std::vector<std::size_t>& rows,
                  const std::vector<AgeRange>& ages) {
  AgesGiven given;
  for (std::size_t i = 0; i < rows.size(); ++i)
    given.add(ages[i], table.cell(rows[i], column), [&] { return table.where(rows[i], column); });
  given.warn_of_classes(reader);
}

}  // namespace sojourn
