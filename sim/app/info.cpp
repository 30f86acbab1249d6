#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "sim/app/commands.hpp"
#include "sim/output/info.hpp"

namespace sojourn::app {

void add_info(CLI::App& app, Exit& result) {
  CLI::App* command = app.add_subcommand("info", "Say what is in an output file, and sum it up in a table.");
  const auto path = std::make_shared<std::string>();
  command->add_option("file", *path, "An HDF5 file that `sojourn run` wrote, complete or not")->required();
  command->callback([path, &result] {
    fmt::print("{}", format_info(read_info(*path)));
    result = Exit::done;
  });
}

}  // namespace sojourn::app
