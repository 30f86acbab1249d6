#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>
#include <new>
#include <string>

#include "sim/app/commands.hpp"
#include "sim/base/error.hpp"
#include "sim/base/version.hpp"

namespace {

using sojourn::app::Exit;

std::string joined(int argc, char** argv) {
  std::string text;
  for (int i = 0; i < argc; ++i) text += (i == 0 ? "" : " ") + std::string(argv[i]);
  return text;
}

Exit run_program(int argc, char** argv) {
  CLI::App app{
      "Sojourn simulates human migration: every person is an agent. A scenario (YAML) says who lives where, "
      "what\n"
      "pushes people out and pulls them in, and which policies change when; a run writes stocks and flows "
      "over\n"
      "time to an HDF5 file that xarray, MATLAB and R read."};
  app.set_version_flag("--version", fmt::format("sojourn {} ({})", sojourn::version(), sojourn::commit()));
  app.require_subcommand(1);
  app.footer("Exit codes: 0 done, 2 the input is wrong, 1 anything else, 130 interrupted.");
  Exit result = Exit::done;
  add_run(app, joined(argc, argv), result);
  add_validate(app, result);
  add_info(app, result);
  if (argc == 1) {
    fmt::print("{}", app.help());
    return Exit::wrong_input;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? Exit::done : Exit::wrong_input;
  }
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  Exit result = Exit::failed;
  // A file that grows past the limit of its size is then an error with a message, as a full disk is.
  (void)std::signal(SIGXFSZ, SIG_IGN);
  try {
    result = run_program(argc, argv);
  } catch (const sojourn::InputError& error) {
    fmt::print(
        stderr, "{}\n{} in the input; no result was written.\n", error.what(),
        error.mistakes().size() == 1 ? "1 mistake" : fmt::format("{} mistakes", error.mistakes().size()));
    result = Exit::wrong_input;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "error: memory is short; run with fewer agents (--persons-per-agent 10)\n");
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
  }
  return static_cast<int>(result);
}
