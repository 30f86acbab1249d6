#include "sim/reading/forms/table_times.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/units.hpp"

namespace sojourn {

namespace {

Date first_day(int year) { return std::chrono::sys_days(std::chrono::year{year} / std::chrono::January / 1); }

Date middle(int year) { return std::chrono::sys_days(std::chrono::year{year} / std::chrono::July / 1); }

/// What stands before a time of day such as `T00:00:00`, which registers and ISO 8601 add to a date.
std::string_view without_time_of_day(std::string_view text) {
  constexpr std::size_t date_size = 10;  // 2017-03-30
  if (text.size() < date_size + 3 || (text[date_size] != 'T' && text[date_size] != ' ')) return text;
  const std::string_view time = text.substr(date_size + 1);
  const bool fits = time.find_first_not_of("0123456789:.+-Z") == std::string_view::npos &&
                    time.front() >= '0' && time.front() <= '2';
  return fits ? text.substr(0, date_size) : text;
}

}  // namespace

std::optional<TableTime> parse_table_time(std::string_view text) {
  constexpr std::size_t digits_of_year = 4;
  if (text.size() == digits_of_year) {
    const auto year = parse_whole_number(text);
    if (!year || *year == 0) return std::nullopt;
    return TableTime{true, static_cast<int>(*year)};
  }
  const auto date = parse_date(without_time_of_day(text));
  if (!date) return std::nullopt;
  return TableTime{false, static_cast<int>(date->time_since_epoch().count())};
}

TableKnots::TableKnots(bool years, std::vector<int> numbers, Between between)
    : years_(years), between_(between), numbers_(std::move(numbers)) {
  std::sort(numbers_.begin(), numbers_.end());
  numbers_.erase(std::unique(numbers_.begin(), numbers_.end()), numbers_.end());
  if (!years_ || between_ == Between::linear) return;
  const int first = numbers_.front();
  const int last = numbers_.back();
  numbers_.clear();
  for (int year = first; year <= last; ++year) numbers_.push_back(year);
}

std::size_t TableKnots::find(int number) const {
  return static_cast<std::size_t>(std::lower_bound(numbers_.begin(), numbers_.end(), number) -
                                  numbers_.begin());
}

Date TableKnots::date(std::size_t knot) const {
  const int number = numbers_[knot];
  if (!years_) return Date(std::chrono::days(number));
  return between_ == Between::step ? first_day(number) : middle(number);
}

std::string TableKnots::label(std::size_t knot) const {
  return years_ ? std::to_string(numbers_[knot]) : to_string(date(knot));
}

Date TableKnots::covers_from() const { return years_ ? first_day(numbers_.front()) : date(0); }

std::optional<Date> TableKnots::covers_until() const {
  if (years_) return first_day(numbers_.back() + 1);
  if (between_ == Between::step) return std::nullopt;
  return date(numbers_.size() - 1);
}

}  // namespace sojourn
