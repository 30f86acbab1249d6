#include "sim/app/interrupt.hpp"

#include <csignal>

namespace sojourn::app {

namespace {

/// A signal handler can reach nothing but a variable like this one.
volatile std::sig_atomic_t signal_seen = 0;

extern "C" void note_signal(int signal_number) {
  signal_seen = 1;
  (void)std::signal(signal_number, SIG_DFL);
}

}  // namespace

InterruptGuard::InterruptGuard() {
  signal_seen = 0;
  (void)std::signal(SIGINT, note_signal);
  (void)std::signal(SIGTERM, note_signal);
}

InterruptGuard::~InterruptGuard() {
  (void)std::signal(SIGINT, SIG_DFL);
  (void)std::signal(SIGTERM, SIG_DFL);
}

bool InterruptGuard::interrupted() const { return signal_seen != 0; }

}  // namespace sojourn::app
