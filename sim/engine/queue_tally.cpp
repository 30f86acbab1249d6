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
