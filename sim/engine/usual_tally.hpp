#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Flows by the twelve-month rule of usual residence (Eurostat; United Nations 1998): a move from the last
/// usual residence is counted at arrival and taken back when the agent leaves or dies within twelve months; a
/// return to the usual residence within them counts nothing. An interval is final twelve months after its
/// end. Different destinations may be counted by different threads.
class UsualTally {
 public:
  UsualTally() = default;
  explicit UsualTally(const Scenario& scenario);

  [[nodiscard]] bool asked_for() const { return interval_steps_ > 0; }
  /// Steps of twelve months, and of an interval.
  [[nodiscard]] std::size_t year_steps() const { return year_steps_; }
  [[nodiscard]] std::size_t interval_steps() const { return interval_steps_; }
  /// How many intervals the run has; the last may be shorter.
  [[nodiscard]] std::size_t intervals() const { return intervals_; }
  /// Whether who arrived in a step is a usual resident in another, later one. Arrivals before the start
  /// (negative) always are.
  [[nodiscard]] bool is_settled(std::int32_t arrival, std::size_t step) const {
    return arrival < 0 || step >= static_cast<std::size_t>(arrival) + year_steps_;
  }

  /// Counts an arrival of agents whose usual residence is elsewhere, or takes one back. Nothing is counted of
  /// those who have none (entered since, and nowhere long enough), nor of who is at home.
  void add(Region usual, Region destination, std::size_t step, std::int64_t agents) {
    if (usual == destination || usual.index() >= regions_) return;
    counts_[(step / interval_steps_ % kept_ * regions_ + destination.index()) * regions_ + usual.index()] +=
        agents;
  }

  /// [origin][destination] of an interval, and room for a later one in its place.
  [[nodiscard]] std::vector<std::int64_t> take(std::size_t interval);
  [[nodiscard]] std::size_t bytes() const { return counts_.capacity() * sizeof(std::int64_t); }

 private:
  std::size_t regions_ = 0;
  std::size_t year_steps_ = 0;
  std::size_t interval_steps_ = 0;
  std::size_t intervals_ = 0;
  /// Intervals that may still change, at most.
  std::size_t kept_ = 1;
  /// [interval modulo those kept][destination][usual residence before].
  std::vector<std::int64_t> counts_;
};

}  // namespace sojourn
