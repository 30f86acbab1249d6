#pragma once

namespace sojourn::app {

/// While it lives, Ctrl-C (SIGINT) and SIGTERM are noted instead of ending the program; the second one ends it at
/// once.
class InterruptGuard {
 public:
  InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;
  InterruptGuard(InterruptGuard&&) = delete;
  InterruptGuard& operator=(InterruptGuard&&) = delete;
  ~InterruptGuard();

  [[nodiscard]] bool interrupted() const;
};

}  // namespace sojourn::app
