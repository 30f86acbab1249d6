#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "sim/app/commands.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::app {

namespace {

/// `label: name name name`.
template <class Named>
void print_names(const char* label, const std::vector<Named>& things) {
  fmt::print("  {}:", label);
  for (const Named& thing : things) fmt::print(" {}", thing.name);
  fmt::print("\n");
}

void validate(const std::string& path) {
  const Scenario scenario = read_scenario(path);
  fmt::print("{}: no mistakes\n", path);
  fmt::print("  {}\n", scenario.title);
  fmt::print("  {} to {}, {} steps of {}\n", to_string(scenario.time.start()), to_string(scenario.time.end()),
             scenario.time.steps(), to_string(scenario.time.step_length()));
  const Persons persons = scenario.population.persons();
  fmt::print("  {} regions, {} groups, {:.0f} persons at the start\n", scenario.region_count(),
             scenario.groups.count(), persons.stayers + persons.movers);
  print_names("streams", scenario.streams);
  if (!scenario.transitions.empty()) print_names("transitions", scenario.transitions);
  if (!scenario.inflows.empty()) print_names("inflow", scenario.inflows);
  if (!scenario.outflows.empty()) print_names("outflow", scenario.outflows);
  print_names("variants", scenario.variants);
}

}  // namespace

void add_validate(CLI::App& app, Exit& result) {
  CLI::App* command =
      app.add_subcommand("validate", "Check a scenario and every table it names; run nothing.");
  const auto path = std::make_shared<std::string>();
  command->add_option("scenario", *path, "The scenario's YAML file")->required();
  command->footer("All mistakes are listed at once as file:line:column: what is wrong; what was expected.");
  command->callback([path, &result] {
    validate(*path);
    result = Exit::done;
  });
}

}  // namespace sojourn::app
