#include "sim/app/interrupt.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "sim/app/commands.hpp"
#include "sim/output/descriptor.hpp"

namespace sojourn::app {

namespace {

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// The end of a program that has nothing to bring to an end.
[[noreturn]] void end_before_start() {
  static constexpr std::string_view text = "interrupted before the first step; nothing was written\n";
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) std::_Exit(static_cast<int>(Exit::interrupted));
  std::_Exit(static_cast<int>(Exit::interrupted));
}

}  // namespace

InterruptGuard::InterruptGuard() : terminal_{::isatty(STDOUT_FILENO) == 1, ::isatty(STDERR_FILENO) == 1} {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  if (!is_ignored(SIGHUP)) sigaddset(&signals_, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals_, &before_);
  listener_ = std::jthread([this](const std::stop_token& stop) { listen(stop); });
}

InterruptGuard::~InterruptGuard() {
  listener_.request_stop();
  pthread_kill(listener_.native_handle(), SIGINT);
  listener_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void InterruptGuard::listen(const std::stop_token& stop) {
  while (true) {
    int signal = 0;
    if (sigwait(&signals_, &signal) != 0) continue;
    if (stop.stop_requested()) return;
    if (signal == SIGHUP) leave_terminal();
    if (!held_) end_before_start();
    if (interrupted_.exchange(true)) {
      // As if nobody had listened: who started us sees which signal it was.
      static_cast<void>(std::signal(signal, SIG_DFL));
      pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
      static_cast<void>(::raise(signal));
    }
  }
}

/// A terminal that is gone takes no texts any more, and to write to it would be an error.
void InterruptGuard::leave_terminal() const {
  const Descriptor nowhere("/dev/null", O_WRONLY);
  if (terminal_[0]) static_cast<void>(::dup2(nowhere.get(), STDOUT_FILENO));
  if (terminal_[1]) static_cast<void>(::dup2(nowhere.get(), STDERR_FILENO));
}

}  // namespace sojourn::app
