#include "sim/scenario/limit.hpp"

#include <chrono>

namespace sojourn {

std::int64_t period_of(Period period, Date date) {
  if (period == Period::day) return date.time_since_epoch().count();
  const std::chrono::year_month_day day(date);
  const std::int64_t year = static_cast<int>(day.year());
  const auto month = static_cast<std::int64_t>(static_cast<unsigned>(day.month())) - 1;
  if (period == Period::year) return year;
  return period == Period::quarter ? 4 * year + month / 3 : 12 * year + month;
}

}  // namespace sojourn
