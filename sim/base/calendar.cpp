#include "sim/base/calendar.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace sojourn {

namespace {

constexpr int days_per_week = 7;
constexpr int months_per_quarter = 3;
constexpr int months_per_year = 12;
/// Far beyond any scenario, and near enough that no date it leads to leaves the range of `Date`.
constexpr int longest_duration_years = 10000;

/// The whole number that `text` is, digits only.
std::optional<int> whole_number(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Whether months, and not days, are what the duration counts.
bool is_in_months(Duration::Unit unit) {
  return unit == Duration::Unit::months || unit == Duration::Unit::quarters || unit == Duration::Unit::years;
}

/// How many days, or months, one of the unit is.
int unit_size(Duration::Unit unit) {
  switch (unit) {
    case Duration::Unit::weeks:
      return days_per_week;
    case Duration::Unit::quarters:
      return months_per_quarter;
    case Duration::Unit::years:
      return months_per_year;
    case Duration::Unit::days:
    case Duration::Unit::months:
      break;
  }
  return 1;
}

struct UnitName {
  std::string_view one;
  std::string_view many;
};
/// In the order of `Duration::Unit`.
constexpr std::array<UnitName, 5> unit_names = {
    {{"day", "days"}, {"week", "weeks"}, {"month", "months"}, {"quarter", "quarters"}, {"year", "years"}}};

Date first_of_january(int year) {
  return std::chrono::sys_days(std::chrono::year{year} / std::chrono::January / 1);
}

int year_of(Date date) { return static_cast<int>(std::chrono::year_month_day(date).year()); }

/// About how many durations lie between two dates: at most a few off.
int estimated_count(Date start, Date end, const Duration& duration) {
  constexpr double days_per_month = 365.2425 / 12;
  const double days = static_cast<double>((end - start).count());
  const double size = (is_in_months(duration.unit) ? days_per_month : 1.0) * unit_size(duration.unit);
  return static_cast<int>(days / (size * duration.count));
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  constexpr std::size_t length = 10;
  if (text.size() != length || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = whole_number(text.substr(0, 4));
  const auto month = whole_number(text.substr(5, 2));
  const auto day = whole_number(text.substr(8, 2));
  if (!year || !month || !day || *year == 0) return std::nullopt;
  const std::chrono::year_month_day date(std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)});
  if (!date.ok()) return std::nullopt;
  return Date(date);
}

std::string to_string(Date date) {
  const std::chrono::year_month_day parts(date);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()),
                     static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

std::optional<Duration> parse_duration(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto count = whole_number(text.substr(0, digits));
  if (!count || *count == 0) return std::nullopt;
  std::string_view name = text.substr(digits);
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  for (std::size_t i = 0; i < unit_names.size(); ++i) {
    if (name != unit_names[i].one && name != unit_names[i].many) continue;
    const auto unit = static_cast<Duration::Unit>(i);
    const int per_year = is_in_months(unit) ? months_per_year : 366;
    if (*count > longest_duration_years * (per_year / unit_size(unit))) return std::nullopt;
    return Duration{*count, unit};
  }
  return std::nullopt;
}

std::string to_string(const Duration& duration) {
  const UnitName& name = unit_names[static_cast<std::size_t>(duration.unit)];
  return std::to_string(duration.count) + ' ' + std::string(duration.count == 1 ? name.one : name.many);
}

Date advance(Date date, const Duration& duration, int times) {
  const auto units = static_cast<std::int64_t>(duration.count) * times * unit_size(duration.unit);
  if (!is_in_months(duration.unit)) return date + std::chrono::days(units);
  const std::chrono::year_month_day parts(date);
  const auto moved = parts.year() / parts.month() + std::chrono::months(units);
  const auto last = std::chrono::year_month_day_last(moved.year(), moved.month() / std::chrono::last).day();
  return Date(moved / std::min(parts.day(), last));
}

double years_between(Date from, Date to) {
  if (to < from) return -years_between(to, from);
  double years = 0;
  while (from < to) {
    const int year = year_of(from);
    const Date next = first_of_january(year + 1);
    const Date until = std::min(next, to);
    const auto length = static_cast<double>((next - first_of_january(year)).count());
    years += static_cast<double>((until - from).count()) / length;
    from = until;
  }
  return years;
}

TimeGrid::TimeGrid(Date start, Date end, Duration step) : step_(step) {
  boundaries_.push_back(start);
  elapsed_.push_back(0);
  for (int i = 1; boundaries_.back() < end; ++i) {
    boundaries_.push_back(advance(start, step, i));
    years_.push_back(years_between(boundaries_[boundaries_.size() - 2], boundaries_.back()));
    elapsed_.push_back(elapsed_.back() + years_.back());
  }
}

std::optional<std::size_t> TimeGrid::boundary_at(Date date) const {
  const auto found = std::lower_bound(boundaries_.begin(), boundaries_.end(), date);
  if (found == boundaries_.end() || *found != date) return std::nullopt;
  return static_cast<std::size_t>(found - boundaries_.begin());
}

NearestEnds nearest_ends(Date start, Date end, const Duration& step) {
  if (end <= start) return {start, start};
  int i = std::max(0, estimated_count(start, end, step) - 2);
  while (i > 0 && advance(start, step, i) > end) --i;
  while (advance(start, step, i + 1) <= end) ++i;
  const Date before = advance(start, step, i);
  return {before, before == end ? end : advance(start, step, i + 1)};
}

}  // namespace sojourn
