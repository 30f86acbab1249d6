#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <numeric>
#include <string>

#include "sim/app/commands.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::app {

namespace {

double persons_in(const StartPopulation& start) {
  double persons = std::accumulate(start.stayers.begin(), start.stayers.end(), 0.0);
  for (const MoverRow& row : start.movers) persons += row.persons;
  return persons;
}

void validate(const std::string& path) {
  const Scenario scenario = read_scenario(path);
  fmt::print("{}: no mistakes\n", path);
  fmt::print("  {}\n", scenario.title);
  fmt::print("  {} to {}, {} steps of {}\n", to_string(scenario.time.start()), to_string(scenario.time.end()),
             scenario.time.steps(), to_string(scenario.time.step_length()));
  fmt::print("  {} regions, {} groups, {:.0f} persons at the start\n", scenario.region_count(),
             scenario.groups.count(), persons_in(scenario.population));
  fmt::print("  streams:");
  for (const Stream& stream : scenario.streams) fmt::print(" {}", stream.name);
  fmt::print("\n  variants:");
  for (const Variant& variant : scenario.variants) fmt::print(" {}", variant.name);
  fmt::print("\n");
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
