#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/model/ticket.hpp"

namespace sojourn {

/// Alike agents that joined their queues in the same steps.
struct Waiters {
  Ticket ticket;
  std::int64_t agents = 0;
};

/// The tickets of those who wait and are counted: to the counts by cell and cohort they add how many joined
/// in which steps. Nothing else depends on that, so whoever leaves is any of them. Different cells may be
/// changed by different threads.
class Waiting {
 public:
  Waiting() = default;
  Waiting(const Groups& groups, std::size_t regions, std::size_t cohorts);

  [[nodiscard]] bool asked_for() const { return !lists_.empty(); }
  /// In the order of tickets; the cell's group waits.
  [[nodiscard]] std::span<const Waiters> at(std::size_t cell, Cohort cohort) const {
    return lists_[place(cell, cohort)];
  }
  void add(std::size_t cell, Cohort cohort, Ticket ticket, std::int64_t agents);
  /// Takes out some of those with this ticket.
  void take(std::size_t cell, Cohort cohort, Ticket ticket, std::int64_t agents);
  /// Takes so many out, drawn without replacement, and returns them.
  std::vector<Waiters> draw_out(std::size_t cell, Cohort cohort, std::int64_t agents, RandomNumbers& random);
  /// All of a cell.
  [[nodiscard]] std::int64_t count(std::size_t cell) const;
  [[nodiscard]] std::size_t bytes() const;

 private:
  [[nodiscard]] std::size_t place(std::size_t cell, Cohort cohort) const {
    const std::size_t region = cell / groups_;
    return (region * (groups_ - unqueued_) + cell % groups_ - unqueued_) * cohorts_ + cohort.index();
  }

  std::size_t groups_ = 1;
  std::size_t unqueued_ = 1;
  std::size_t cohorts_ = 0;
  /// [region][group that waits][cohort].
  std::vector<std::vector<Waiters>> lists_;
};

}  // namespace sojourn
