// Every option of the program. CLI11 is included here alone: it costs more to compile than all commands
// together.

#include "sim/app/command_line.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>

#include "sim/app/say.hpp"
#include "sim/base/version.hpp"

namespace sojourn::app {

namespace {

constexpr const char* strict_help = "Treat warnings that the scenario does not accept as mistakes";

std::string joined(int argc, char** argv) {
  std::string text;
  for (int i = 0; i < argc; ++i) text += (i == 0 ? "" : " ") + std::string(argv[i]);
  return text;
}

CLI::App* add_run(CLI::App& app, RunOptions& options) {
  CLI::App* command =
      app.add_subcommand("run", "Run a scenario and write its stocks and flows to an HDF5 file.");
  command->add_option("scenario", options.scenario, "The scenario's YAML file")->required();
  command->add_option("-o,--output", options.output,
                      "The HDF5 file to write (default: SCENARIO.h5 here, or SCENARIO-VARIANT.h5)");
  command->add_option("--variant", options.variant, "Which of the scenario's variants to run")
      ->capture_default_str();
  command->add_option("--seed", options.seed, "Seed of the random numbers, instead of the scenario's");
  command
      ->add_option("--replicate", options.replicate,
                   "Which of the runs with this seed: each has random numbers of its own")
      ->capture_default_str()
      ->check(CLI::Range(0, std::numeric_limits<std::int32_t>::max()));
  command->add_option("--threads", options.threads, "Threads; the result is the same for any number")
      ->capture_default_str()
      ->check(CLI::Range(1, 1024));
  command->add_option("--until", options.until,
                      "End earlier, at this step boundary (YYYY-MM-DD); the run follows the same law as the "
                      "whole one, but is not its beginning number by number");
  command->add_option("--persons-per-agent", options.persons_per_agent,
                      "Persons that one agent stands for, instead of the scenario's: 100 makes a quick run");
  command->add_flag("--force", options.force, "Replace an output that exists");
  command
      ->add_option("--memory", options.memory,
                   "check: refuse a run that needs more memory than is free; anyway: run all the same")
      ->capture_default_str()
      ->check(CLI::IsMember({"check", "anyway"}));
  command->add_flag("--quiet", options.quiet, "No progress; only errors, warnings and the final table");
  command->add_flag("--strict", options.strict, strict_help);
  command->footer(
      "While it runs, the file is called NAME.part.h5; only a whole run is renamed to NAME.h5. What an\n"
      "interrupted run has left under that name is replaced; a link is not, and what no run has written "
      "needs --force.\n"
      "Ctrl-C, SIGTERM or the end of the terminal end a run cleanly after the current step (exit code 130);\n"
      "a second one ends it at once.");
  return command;
}

CLI::App* add_validate(CLI::App& app, ValidateOptions& options) {
  CLI::App* command =
      app.add_subcommand("validate", "Check a scenario and every table it names; run nothing.");
  command->add_option("scenario", options.scenario, "The scenario's YAML file")->required();
  command->add_flag("--strict", options.strict, strict_help);
  command->footer(
      "All mistakes are listed at once as file:line:column: what is wrong; what was expected. Warnings are "
      "of "
      "what is\n"
      "allowed and improbable; scenarios/README.md lists them, and how to say that they are meant.");
  return command;
}

CLI::App* add_info(CLI::App& app, InfoOptions& options) {
  CLI::App* command = app.add_subcommand("info", "Say what is in an output file, and sum it up in a table.");
  command->add_option("file", options.file, "An HDF5 file that `sojourn run` wrote, complete or not");
  command->add_flag("--format", options.format,
                    "Instead of a file: all dimensions and variables that files may have, as Markdown");
  command->require_option(1);
  return command;
}

CLI::App* add_schema(CLI::App& app, SchemaOptions& options) {
  CLI::App* command = app.add_subcommand(
      "schema", "Print a JSON Schema of scenarios, by which an editor completes and marks one as you type.");
  command->add_option(
      "--reference", options.reference,
      "Print a Markdown table of the keys of this map instead, such as `stream`; or of `all`");
  command->footer(
      "Save it beside the scenario, and say so in the scenario's first line:\n"
      "  # yaml-language-server: $schema=sojourn.schema.json");
  return command;
}

/// Prints help, or what is wrong with the command line, and gives CLI11's exit code. What was typed is quoted
/// in it.
int tell(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = app.exit(error, out, err);
  std::string told = err.str();
  for (int i = 1; i < argc; ++i) {
    const std::string typed = argv[i];
    if (typed.find('\n') == std::string::npos) continue;
    const std::size_t at = told.find(typed);
    if (at != std::string::npos) told.replace(at, typed.size(), printable(typed));
  }
  say_lines(stdout, out.str());
  say_lines(stderr, told);
  return code;
}

}  // namespace

Exit run_command_line(int argc, char** argv) {
  CLI::App app{
      "Sojourn simulates human migration: every person is an agent. A scenario (YAML) says who lives where, "
      "what\n"
      "pushes people out and pulls them in, and which policies change when; a run writes stocks and flows "
      "over\n"
      "time to an HDF5 file that xarray, MATLAB and R read."};
  app.set_version_flag("--version", fmt::format("sojourn {} ({})", version(), commit()));
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done, 2 the input is wrong, 1 anything else, 130 interrupted, by whichever signal.");
  RunOptions run_options;
  ValidateOptions validate_options;
  InfoOptions info_options;
  SchemaOptions schema_options;
  const CLI::App* run_command = add_run(app, run_options);
  const CLI::App* validate_command = add_validate(app, validate_options);
  add_info(app, info_options);
  const CLI::App* schema_command = add_schema(app, schema_options);
  if (argc == 1) {
    say_lines(stdout, app.help());
    return Exit::wrong_input;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return tell(app, error, argc, argv) == 0 ? Exit::done : Exit::wrong_input;
  }
  if (run_command->parsed()) return run(run_options, joined(argc, argv));
  if (validate_command->parsed()) return validate(validate_options);
  if (schema_command->parsed()) return schema(schema_options);
  return info(info_options);
}

}  // namespace sojourn::app
