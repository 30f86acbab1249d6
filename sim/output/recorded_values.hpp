#pragma once

#include <vector>

#include "sim/output/recorded_quantity.hpp"
#include "sim/output/run_view.hpp"

namespace sojourn {

/// Agents by region and what else stocks are by, at an instant. Of cohorts that a bound of ages cuts, agents
/// are shared out at random.
[[nodiscard]] Values stock_values(const Moment& moment);

/// Agents that wait, by region and queue.
[[nodiscard]] Values queue_lengths(const Moment& moment);

/// Moves as an array: [origin][destination][stream][detail].
[[nodiscard]] Values flow_values(const Moment& moment);

/// For each region and queue, in the order of the tally, what `value` makes of its counts.
template <class Number, class Value>
[[nodiscard]] Values of_queues(const Moment& moment, const Value& value) {
  std::vector<Number> values;
  for (const QueueTally::Counts& counts : moment.run.queues.counts()) values.push_back(value(counts));
  return values;
}

}  // namespace sojourn
