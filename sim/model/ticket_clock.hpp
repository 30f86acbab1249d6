#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What the entry of a ticket means in the time of a run: from 1 to the number of steps, the step of joining
/// and one more; beyond that, so many steps before the start. And from when on those who hold it may be
/// served.
class TicketClock {
 public:
  /// Both must outlive it.
  TicketClock(const TimeGrid& time, const Queue& queue);

  /// The entry of those who joined so many steps (1 or more) before the start.
  [[nodiscard]] std::uint32_t before_start(std::size_t steps) const {
    return static_cast<std::uint32_t>(time_->steps() + steps);
  }
  /// In the order of joining: steps from the start, negative before it.
  [[nodiscard]] std::int64_t step_of(std::uint32_t entry) const;
  /// When the step of joining began.
  [[nodiscard]] Date joined(std::uint32_t entry) const;

  /// The share of those with this entry who may be served in a step: 0 before the time that service takes is
  /// over, and 1 after it. Where that time is no whole number of steps, it is over for some of them a step
  /// before the others, so many that in days its mean is what it should be.
  [[nodiscard]] double share_ready(std::uint32_t entry, std::size_t step) const;

  /// Of those for whom the time runs at the start, having begun at moments that are spread evenly over its
  /// length: the share of those who joined in the first, second, ... step before the start.
  [[nodiscard]] std::vector<double> shares_at_start() const;

  /// How many steps the time may take at most, of those who join at the start or before it.
  [[nodiscard]] std::size_t most_steps() const { return most_steps_; }
  /// Whether it is less than a step, and so nothing.
  [[nodiscard]] bool is_hidden() const;

 private:
  /// Of those who join in a step: the first step in which any of them are ready, and how many.
  struct Ready {
    std::int64_t step = 0;
    double share = 1;
  };
  /// No earlier than in step `least`.
  [[nodiscard]] Ready ready_of(std::int64_t joined, std::int64_t least) const;
  [[nodiscard]] Date boundary(std::int64_t step) const;

  const TimeGrid* time_;
  const Queue* queue_;
  /// By step of joining, from `most_steps_` before the start on. Empty where service takes no time.
  std::vector<Ready> ready_;
  std::size_t most_steps_ = 0;
};

/// How many entries of tickets there are for a queue, 0 (does not wait) among them.
[[nodiscard]] std::size_t ticket_entries(const TimeGrid& time, const Queue& queue);

/// Whether any queue is joined at once, or a term that goes on when people move.
[[nodiscard]] bool any_joins_at_once(const Scenario& scenario);
[[nodiscard]] bool any_stays_on_moves(const Scenario& scenario);

}  // namespace sojourn
