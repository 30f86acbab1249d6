#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/model/numbers.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// How many agents the offices may serve: one office of a queue in each region, or one for all. Limits are
/// whole agents; what rounding down leaves of a period's limit is added to the next. A limit that changes
/// within a period holds from then on, less those served already.
class OfficeLimits {
 public:
  OfficeLimits() = default;
  explicit OfficeLimits(const Scenario& scenario);

  /// In this step; once for each step and office, in the order of steps. `office`: its region; region 0 if it
  /// is for all.
  [[nodiscard]] std::int64_t in_step(QueueId queue, Region office, Step step, const Numbers& numbers);
  /// Notes who was served.
  void note_served(QueueId queue, Region office, std::int64_t agents);

 private:
  /// A step within its period: how many come before it, and how many there are, be they within the run or
  /// not.
  struct Place {
    std::size_t before = 0;
    std::size_t steps = 1;
  };
  struct Office {
    /// The limit of the running period in agents, and what the periods before it have left to round.
    double limit = 0;
    double carried = 0;
    std::int64_t served = 0;
  };
  [[nodiscard]] Place place_of(const Queue& queue, Step step) const;
  [[nodiscard]] Office& at(QueueId queue, Region office) {
    return offices_[queue.index() * scenario_->region_count() + office.index()];
  }

  const Scenario* scenario_ = nullptr;
  /// [queue][step].
  std::vector<std::vector<Place>> places_;
  /// [queue][region].
  std::vector<Office> offices_;
};

}  // namespace sojourn
