#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/ids.hpp"

namespace sojourn {

/// When a mover came to its residence: the step of arrival (0, 1, ...), or, for arrivals before the start, -1
/// - the number of whole slots before it (a slot is as long as a step, or nearly: a whole number of them
/// fills a year).
using ArrivalCode = std::int32_t;

/// Years of arrival, and the place of an arrival within its year. Movers are gathered in blocks by year of
/// arrival, so that a record only needs the place within it. Year 0 also holds all who came before it:
/// nothing in the scenario tells their durations of stay apart.
class ArrivalClock {
 public:
  struct Place {
    std::uint32_t year = 0;
    std::uint32_t offset = 0;
  };

  ArrivalClock() = default;
  /// `longest`: years of stay beyond which durations are all alike.
  ArrivalClock(const TimeGrid& time, double longest);

  /// Slots before the start, the last of which holds all earlier ones, and the length of one.
  [[nodiscard]] std::size_t slots_before_start() const {
    return std::size_t{years_before_} * slots_per_year_;
  }
  [[nodiscard]] double slot_years() const { return 1.0 / slots_per_year_; }
  [[nodiscard]] double slots_per_year() const { return slots_per_year_; }
  /// The code of an arrival so many years before the start.
  [[nodiscard]] ArrivalCode before_start(double years) const;
  [[nodiscard]] Place place(ArrivalCode code) const;
  [[nodiscard]] ArrivalCode code(Place place) const;
  /// Years since arrival at a time `elapsed` years after the start: a record knows the step (or slot) of its
  /// arrival, so they are spread evenly over [shortest, shortest + width).
  struct Stay {
    double shortest = 0;
    double width = 0;
  };
  [[nodiscard]] Stay stay(Place place, double elapsed) const;
  /// Bounds on the years since arrival of all who arrived in a year, between two times in years after the
  /// start.
  struct Range {
    double shortest = 0;
    double longest = 0;
  };
  [[nodiscard]] Range stays(std::uint32_t year, double from, double to) const;

  /// Years of arrival that are told apart, from the first that may occur to the year of the last step.
  [[nodiscard]] std::size_t years() const { return years_before_ + first_step_.size(); }
  /// One more than the largest offset within a year.
  [[nodiscard]] std::size_t offsets() const { return offsets_; }

 private:
  std::uint32_t years_before_ = 0;
  std::uint32_t slots_per_year_ = 1;
  std::size_t offsets_ = 1;
  /// First step of each year since the start, and the boundaries of steps in years since the start.
  std::vector<std::uint32_t> first_step_;
  std::vector<std::uint32_t> year_of_step_;
  std::vector<double> boundaries_;
};

}  // namespace sojourn
