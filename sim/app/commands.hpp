#pragma once

#include <string>

namespace CLI {
class App;
}

namespace sojourn::app {

/// Exit codes of the program.
enum class Exit : int { done = 0, failed = 1, wrong_input = 2, interrupted = 130 };

/// Each adds one subcommand, which sets `result` when it has run. `command_line` is what was typed.
void add_run(CLI::App& app, const std::string& command_line, Exit& result);
void add_validate(CLI::App& app, Exit& result);
void add_info(CLI::App& app, Exit& result);

}  // namespace sojourn::app
