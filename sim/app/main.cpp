#include <fmt/core.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "sim/app/command_line.hpp"
#include "sim/app/say.hpp"
#include "sim/base/error.hpp"
#include "sim/base/machine_memory.hpp"

int main(int argc, char** argv) {
  using sojourn::app::Exit;
  using sojourn::app::say;
  Exit result = Exit::failed;
  // A file that grows past the limit of its size is then an error with a message, as a full disk is.
  (void)std::signal(SIGXFSZ, SIG_IGN);
  sojourn::give_back_large_lists();
  try {
    result = sojourn::app::run_command_line(argc, argv);
    // A table that nobody got is no success: the disk behind the standard output may be full.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      if (result == Exit::done) result = Exit::failed;
      sojourn::app::say(stderr,
                        "error: not all that was to be printed could be written to the standard output\n");
    }
  } catch (const sojourn::InputError& error) {
    for (const std::string& warning : error.warnings()) say(stderr, "{}\n", warning);
    for (const sojourn::Mistake& mistake : error.mistakes()) say(stderr, "{}\n", to_string(mistake));
    say(stderr, "{} in the input; no result was written.\n",
        error.mistakes().size() == 1 ? "1 mistake" : fmt::format("{} mistakes", error.mistakes().size()));
    result = Exit::wrong_input;
  } catch (const std::bad_alloc&) {
    say(stderr, "error: memory is short; run with fewer agents (--persons-per-agent 10)\n");
  } catch (const std::exception& error) {
    say(stderr, "error: {}\n", error.what());
  }
  return static_cast<int>(result);
}
