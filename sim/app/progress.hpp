#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "sim/base/calendar.hpp"

namespace sojourn::app {

/// Shows how far a run is: a bar that is redrawn on a terminal, a plain line now and then elsewhere. Writes
/// to standard error, so that standard output holds results only.
class Progress {
 public:
  Progress(const TimeGrid& time, bool quiet);

  void show(std::size_t steps_done, std::int64_t moves);
  /// Ends the bar's line.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  [[nodiscard]] std::string text(std::size_t steps_done, std::int64_t moves, double seconds) const;

  const TimeGrid& time_;
  bool quiet_;
  bool terminal_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_ = start_;
  bool drawn_ = false;
};

}  // namespace sojourn::app
