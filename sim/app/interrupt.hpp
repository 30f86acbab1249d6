#pragma once

#include <array>
#include <atomic>
#include <csignal>
#include <stop_token>
#include <thread>

namespace sojourn::app {

/// While it lives, Ctrl-C (SIGINT), SIGTERM and the end of the terminal (SIGHUP, unless it is ignored, as by
/// `nohup`) go to a thread of their own, so that they are heard whatever the others wait for. Before `hold`
/// the first one ends the program: nothing would be lost. After it the first one waits to be asked about, and
/// the second one ends the program at once. To be made before any thread is started: threads inherit that the
/// signals are not theirs.
class InterruptGuard {
 public:
  InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  InterruptGuard(InterruptGuard&&) = delete;
  InterruptGuard& operator=(InterruptGuard&&) = delete;
  ~InterruptGuard();

  /// From now on there is something to bring to an end.
  void hold() { held_ = true; }
  /// Whether a signal has come.
  [[nodiscard]] bool interrupted() const { return interrupted_; }

 private:
  void listen(const std::stop_token& stop);
  void leave_terminal() const;

  sigset_t signals_{};
  sigset_t before_{};
  /// Whether standard output and standard error are a terminal.
  std::array<bool, 2> terminal_{};
  std::atomic<bool> held_ = false;
  std::atomic<bool> interrupted_ = false;
  std::jthread listener_;
};

}  // namespace sojourn::app
