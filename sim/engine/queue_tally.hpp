#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What happened in the queues since the last time it was taken, by region of residence and queue. Regions
/// may be added to by different threads.
class QueueTally {
 public:
  explicit QueueTally(const Scenario& scenario)
      : groups_(scenario.groups),
        queues_(scenario.queues.size()),
        counts_(scenario.region_count() * scenario.queues.size()),
        requests_in_step_(counts_.size()) {}

  /// Agents and how long they waited.
  using Waits = std::map<std::int64_t, std::int64_t>;

  struct Counts {
    /// Those who joined the queue, who gave up, and who left it because they died, moved, or changed
    /// otherwise.
    std::int64_t requests = 0;
    std::int64_t given_up = 0;
    std::int64_t left = 0;
    /// Those who were served, by the days from the start of the step in which they joined to the start of
    /// that in which they were served.
    Waits served;
  };

  [[nodiscard]] bool asked_for() const { return queues_ > 0; }
  /// Forgets who joined in the step before.
  void begin_step() { requests_in_step_.assign(requests_in_step_.size(), 0); }
  void add_requests(Region region, QueueId queue, std::int64_t agents) {
    at(region, queue).requests += agents;
    requests_in_step_[region.index() * queues_ + queue.index()] += agents;
  }
  void add_given_up(Region region, QueueId queue, std::int64_t agents) {
    at(region, queue).given_up += agents;
  }
  void add_served(Region region, QueueId queue, std::int64_t days, std::int64_t agents) {
    at(region, queue).served[days] += agents;
  }
  /// Agents of a group leave all its queues.
  void add_left(Region region, Group before, std::int64_t agents) {
    add_left(region, before, groups_.left_all(before), agents);
  }
  /// Agents of a group leave those of its queues in which their new group does not wait.
  void add_left(Region region, Group before, Group after, std::int64_t agents);

  /// [region][queue].
  [[nodiscard]] const std::vector<Counts>& counts() const { return counts_; }
  void clear() { counts_.assign(counts_.size(), {}); }
  /// Of the step alone: [region][queue].
  [[nodiscard]] const std::vector<std::int64_t>& requests_in_step() const { return requests_in_step_; }

 private:
  [[nodiscard]] Counts& at(Region region, QueueId queue) {
    return counts_[region.index() * queues_ + queue.index()];
  }

  Groups groups_;
  std::size_t queues_;
  std::vector<Counts> counts_;
  std::vector<std::int64_t> requests_in_step_;
};

/// The mean of waiting times, in days; NaN if nobody was served.
[[nodiscard]] double mean_of(const QueueTally::Waits& served);

/// The least time that at least this share (above 0, up to 1) of those served waited no longer than; NaN if
/// nobody was served.
[[nodiscard]] double quantile_of(const QueueTally::Waits& served, double share);

/// How many of those served waited longer than a time; a month is 365.25 / 12 days.
[[nodiscard]] std::int64_t served_after(const QueueTally::Waits& served, const Duration& time);

}  // namespace sojourn
