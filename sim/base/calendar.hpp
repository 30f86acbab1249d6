#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/ids.hpp"

namespace sojourn {

/// A day of the Gregorian calendar.
using Date = std::chrono::sys_days;

/// `2010-01-31`, or nothing if the text is no such date.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string to_string(Date date);

/// A length of time on the calendar, as a planner writes it: `6 months`, `1 year`, `10 days`.
struct Duration {
  enum class Unit : std::uint8_t { days, weeks, months, quarters, years };
  int count = 0;
  Unit unit = Unit::days;

  friend bool operator==(const Duration&, const Duration&) = default;
};

/// `6 months`, `1 year`; nothing if the text is no whole positive number of a known unit.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);
[[nodiscard]] std::string to_string(const Duration& duration);

/// `date` moved on by `times` durations. Months, quarters and years keep the day of the month, or take the
/// last day of the month where that day does not exist; it is counted from `date` at once, so that 31 January
/// plus two months is 31 March and not 28 March.
[[nodiscard]] Date advance(Date date, const Duration& duration, int times = 1);

/// Years between two dates: in each calendar year, days over the days of that year (365 or 366).
[[nodiscard]] double years_between(Date from, Date to);

/// Date as days since 1970-01-01.
[[nodiscard]] inline double to_days(Date date) {
  return static_cast<double>(date.time_since_epoch().count());
}

/// The instants that cut a run into steps.
class TimeGrid {
 public:
  /// Boundaries at `start`, `start` + step, ... up to `end`; `end` must be one of them (see `nearest_ends`).
  TimeGrid(Date start, Date end, Duration step);

  [[nodiscard]] Date start() const { return boundaries_.front(); }
  [[nodiscard]] Date end() const { return boundaries_.back(); }
  [[nodiscard]] Duration step_length() const { return step_; }
  [[nodiscard]] std::size_t steps() const { return boundaries_.size() - 1; }
  /// Boundary 0 is the start; boundary i is the end of step i - 1.
  [[nodiscard]] Date boundary(std::size_t i) const { return boundaries_[i]; }
  /// Length of a step in years: its days over the days of the year they lie in.
  [[nodiscard]] double years(Step step) const { return years_[step.index()]; }
  /// Years from the start of the run to the boundary; sums of `years`.
  [[nodiscard]] double elapsed(std::size_t boundary) const { return elapsed_[boundary]; }
  /// Years from the start of the run to the middle of the step.
  [[nodiscard]] double middle(Step step) const {
    return 0.5 * (elapsed_[step.index()] + elapsed_[step.index() + 1]);
  }
  /// The boundary that falls on `date`, if one does.
  [[nodiscard]] std::optional<std::size_t> boundary_at(Date date) const;

 private:
  Duration step_;
  std::vector<Date> boundaries_;
  std::vector<double> years_;
  std::vector<double> elapsed_;
};

/// The step boundaries just before and just after `end` on the grid that begins at `start`. Both are `end` if
/// it is a boundary.
struct NearestEnds {
  Date before;
  Date after;
};
[[nodiscard]] NearestEnds nearest_ends(Date start, Date end, const Duration& step);

}  // namespace sojourn
