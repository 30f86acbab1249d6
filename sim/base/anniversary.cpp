#include "sim/base/anniversary.hpp"

#include <chrono>

namespace sojourn {

namespace {

Date anniversary(Date from, int years) { return advance(from, {1, Duration::Unit::years}, years); }

int calendar_year(Date date) { return static_cast<int>(std::chrono::year_month_day(date).year()); }

}  // namespace

std::size_t whole_years(Date from, Date to) {
  if (to <= from) return 0;
  const int years = calendar_year(to) - calendar_year(from);
  return static_cast<std::size_t>(anniversary(from, years) <= to ? years : years - 1);
}

std::size_t whole_years(const TimeGrid& time, Step step) {
  const Date from = time.boundary(step.index());
  const Date to = time.boundary(step.index() + 1);
  return whole_years(time.start(), from + (to - from) / 2);
}

bool is_anniversary(Date from, Date to) {
  return to > from && anniversary(from, calendar_year(to) - calendar_year(from)) == to;
}

}  // namespace sojourn
