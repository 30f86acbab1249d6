#pragma once

#include <csignal>

namespace sojourn::app {

/// From when it is made, Ctrl-C (SIGINT) and SIGTERM wait to be asked about instead of ending the program;
/// the second one ends it at once. To be made before any thread is started: threads inherit that the signals
/// wait.
class InterruptGuard {
 public:
  InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  InterruptGuard(InterruptGuard&&) = delete;
  InterruptGuard& operator=(InterruptGuard&&) = delete;
  ~InterruptGuard();

  /// Whether a signal has come.
  [[nodiscard]] bool interrupted();

 private:
  sigset_t signals_{};
  sigset_t before_{};
  bool interrupted_ = false;
};

}  // namespace sojourn::app
