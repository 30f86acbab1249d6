#pragma once

#include <cstdint>

#include "sim/base/ids.hpp"
#include "sim/scenario/groups.hpp"
#include "sim/scenario/transition.hpp"

namespace sojourn {

/// When an agent joined each of the queues in which it waits. 0: it waits in none.
class Ticket {
 public:
  Ticket() = default;

  /// 1 + the step in which it joined; 0 where it does not wait.
  [[nodiscard]] std::uint32_t entry(std::size_t queue) const {
    return static_cast<std::uint32_t>(bits_ >> shift(queue)) & mask;
  }
  [[nodiscard]] Ticket with(std::size_t queue, std::uint32_t entry) const {
    Ticket ticket;
    ticket.bits_ = (bits_ & ~(std::uint64_t{mask} << shift(queue))) | (std::uint64_t{entry} << shift(queue));
    return ticket;
  }
  [[nodiscard]] Ticket joined(QueueId queue, Step step) const { return with(queue.index(), step.value + 1); }
  /// Without the queues in which the agents of a group do not wait.
  [[nodiscard]] Ticket kept(const Groups& groups, Group group) const {
    Ticket ticket = *this;
    for (std::size_t q = 0; q < groups.queues().size(); ++q) {
      if (!groups.waits(group, QueueId{q})) ticket = ticket.with(q, 0);
    }
    return ticket;
  }

  friend auto operator<=>(const Ticket&, const Ticket&) = default;

 private:
  static constexpr std::uint32_t mask = too_many_steps_to_wait;
  static_assert(most_queues * 16 <= 64);
  [[nodiscard]] static unsigned shift(std::size_t queue) { return static_cast<unsigned>(16 * queue); }

  std::uint64_t bits_ = 0;
};

}  // namespace sojourn
