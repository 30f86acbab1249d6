#include "sim/engine/queue_tally.hpp"

#include <limits>

namespace sojourn {

namespace {

std::int64_t all_of(const QueueTally::Waits& served) {
  std::int64_t sum = 0;
  for (const auto& [days, agents] : served) sum += agents;
  return sum;
}

}  // namespace

void QueueTally::add_left(Region region, Group before, Group after, std::int64_t agents) {
  if (!groups_.waits(before)) return;
  for (std::size_t q = 0; q < queues_; ++q) {
    const QueueId queue{q};
    if (groups_.waits(before, queue) && !groups_.waits(after, queue)) at(region, queue).left += agents;
  }
}

double mean_of(const QueueTally::Waits& served) {
  if (served.empty()) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0;
  for (const auto& [days, agents] : served) sum += static_cast<double>(days) * static_cast<double>(agents);
  return sum / static_cast<double>(all_of(served));
}

std::int64_t served_after(const QueueTally::Waits& served, const Duration& time) {
  const auto days_of = [&] {
    constexpr double year = 365.25;
    switch (time.unit) {
      case Duration::Unit::days:
        return 1.0;
      case Duration::Unit::weeks:
        return 7.0;
      case Duration::Unit::months:
        return year / 12;
      case Duration::Unit::quarters:
        return year / 4;
      case Duration::Unit::years:
        break;
    }
    return year;
  };
  // Whole months by the calendar may be a day or two longer than on average, and are not late.
  constexpr double tolerance = 1;
  const bool by_calendar = time.unit != Duration::Unit::days && time.unit != Duration::Unit::weeks;
  const double most = time.count * days_of() + (by_calendar ? tolerance : 0);
  std::int64_t late = 0;
  for (const auto& [days, agents] : served) {
    if (static_cast<double>(days) > most) late += agents;
  }
  return late;
}

double quantile_of(const QueueTally::Waits& served, double share) {
  const double sought = share * static_cast<double>(all_of(served));
  double sum = 0;
  for (const auto& [days, agents] : served) {
    sum += static_cast<double>(agents);
    if (sum >= sought) return static_cast<double>(days);
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace sojourn
