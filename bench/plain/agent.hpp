#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "sim/scenario/scenario.hpp"

namespace sojourn::plain {

/// One person.
struct Agent {
  std::uint16_t residence = 0;
  std::uint16_t birth = 0;
  std::uint16_t citizenship = 0;
  /// Where it lived before; the residence of one who has never moved.
  std::uint16_t previous = 0;
  /// Residence at the last census.
  std::uint16_t census = 0;
  std::uint16_t group = 0;
  std::uint16_t cohort = 0;
  /// See `ArrivalTimes`.
  std::int32_t arrival = 0;
};

/// Of its number in an agent.
inline Region region(std::uint16_t number) { return Region{std::size_t{number}}; }

/// When agents came to their residence, as numbers: the step of arrival from 0 on; -1, -2, ... for arrivals
/// up to one, two, ... steps before the start; and one number less than all of these for those who have never
/// moved.
class ArrivalTimes {
 public:
  ArrivalTimes(const TimeGrid& time, std::size_t ages)
      : time_(&time),
        steps_a_year_(
            std::fmax(1.0, std::nearbyint(static_cast<double>(time.steps()) / time.elapsed(time.steps())))),
        never_(-2 - static_cast<std::int32_t>(static_cast<double>(ages) * steps_a_year_)) {}

  [[nodiscard]] std::int32_t never() const { return never_; }
  /// At most the age of the oldest.
  [[nodiscard]] std::int32_t before_start(double years) const {
    return -1 - static_cast<std::int32_t>(std::floor(years * steps_a_year_));
  }
  /// How many numbers there are.
  [[nodiscard]] std::size_t count() const { return time_->steps() + static_cast<std::size_t>(-never_); }

  /// Years from the end of the step of an arrival to a time `elapsed` years after the start; and the length
  /// of that step.
  [[nodiscard]] double years_since_end(std::int32_t arrival, double elapsed) const {
    if (arrival >= 0) return elapsed - time_->elapsed(static_cast<std::size_t>(arrival) + 1);
    return elapsed + (-1 - arrival) / steps_a_year_;
  }
  [[nodiscard]] double width(std::int32_t arrival) const {
    return arrival >= 0 ? time_->years(Step{static_cast<std::size_t>(arrival)}) : 1 / steps_a_year_;
  }

 private:
  const TimeGrid* time_;
  double steps_a_year_;
  std::int32_t never_;
};

}  // namespace sojourn::plain
