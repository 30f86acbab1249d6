#pragma once

#include "sim/app/commands.hpp"

namespace sojourn::app {

/// The subcommand that a command line asks for, run; help and what is wrong with the command line are
/// printed.
[[nodiscard]] Exit run_command_line(int argc, char** argv);

}  // namespace sojourn::app
