#include "sim/app/interrupt.hpp"

#include <ctime>

namespace sojourn::app {

InterruptGuard::InterruptGuard() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
}

InterruptGuard::~InterruptGuard() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

bool InterruptGuard::interrupted() {
  const timespec at_once{};
  if (!interrupted_ && sigtimedwait(&signals_, nullptr, &at_once) > 0) {
    interrupted_ = true;
    // The next one meets this thread unprotected.
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  return interrupted_;
}

}  // namespace sojourn::app
