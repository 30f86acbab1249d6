#include "sim/app/progress.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace sojourn::app {

namespace {

constexpr std::chrono::milliseconds between_redraws{100};
constexpr std::chrono::seconds between_lines{10};
constexpr std::size_t bar_width = 30;

std::string bar(double share) {
  const auto full = static_cast<std::size_t>(share * static_cast<double>(bar_width));
  return "[" + std::string(full, '#') + std::string(bar_width - full, '.') + "]";
}

std::string clock_text(double seconds) {
  const long whole = std::lround(seconds);
  return whole < 3600 ? fmt::format("{}:{:02}", whole / 60, whole % 60)
                      : fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

/// A terminal may be gone, or a pipe closed: that nobody watches ends no run.
void write(const std::string& text) { static_cast<void>(std::fputs(text.c_str(), stderr)); }

}  // namespace

Progress::Progress(const TimeGrid& time, bool quiet)
    : time_(time), quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1) {}

std::string Progress::text(std::size_t steps_done, std::int64_t moves, double seconds) const {
  const auto done = static_cast<double>(steps_done);
  const double left = done > 0 ? seconds / done * (static_cast<double>(time_.steps()) - done) : 0;
  return fmt::format("{}  step {} of {}  {:.3g} moves a second  {} left",
                     to_string(time_.boundary(steps_done)), steps_done, time_.steps(),
                     seconds > 0 ? static_cast<double>(moves) / seconds : 0.0, clock_text(left));
}

void Progress::show(std::size_t steps_done, std::int64_t moves) {
  if (quiet_) return;
  const Clock::time_point now = Clock::now();
  const bool last = steps_done == time_.steps();
  const bool due = terminal_ ? now - shown_ >= between_redraws || last : now - shown_ >= between_lines;
  if (!due) return;
  shown_ = now;
  const std::string line = text(steps_done, moves, std::chrono::duration<double>(now - start_).count());
  if (terminal_) {
    const double share = static_cast<double>(steps_done) / static_cast<double>(time_.steps());
    write(fmt::format("\r{} {}\033[K", bar(share), line));
    drawn_ = true;
  } else {
    write(line + "\n");
  }
  (void)std::fflush(stderr);
}

void Progress::finish() {
  if (drawn_) write("\n");
  drawn_ = false;
}

}  // namespace sojourn::app
