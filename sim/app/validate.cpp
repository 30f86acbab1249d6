#include <fmt/core.h>

#include <string>
#include <vector>

#include "sim/app/commands.hpp"
#include "sim/app/say.hpp"
#include "sim/app/warnings.hpp"
#include "sim/base/tables_told.hpp"
#include "sim/engine/start_checks.hpp"
#include "sim/model/schedule_lines.hpp"
#include "sim/output/start_table.hpp"
#include "sim/reading/read_scenario.hpp"
#include "sim/scenario/door_lines.hpp"
#include "sim/scenario/outcomes.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/text_places.hpp"

namespace sojourn::app {

namespace {

/// `label: name name name`.
template <class Named>
void print_names(const char* label, const std::vector<Named>& things) {
  say(stdout, "  {}:", label);
  for (const Named& thing : things) say(stdout, " {}", thing.name);
  say(stdout, "\n");
}

/// In which languages people are told of things, and what each of them lacks. Without any, nothing.
void print_languages(const Scenario& scenario) {
  const std::vector<std::string> languages = languages_of(scenario);
  if (languages.empty()) return;
  say(stdout, "  languages:\n");
  for (const std::string& language : languages) {
    const std::string lacking = lacking_in(scenario, language);
    say(stdout, "    {}: {}\n", language, lacking.empty() ? "nothing is lacking" : "lacks " + lacking);
  }
}

}  // namespace

Exit validate(const ValidateOptions& options) {
  const Scenario scenario = read_scenario(options.scenario);
  Workers workers(1);
  const StartSketch sketch(scenario, scenario.variants.front(), workers);
  const StartRates rates = check_start(scenario, sketch);
  std::vector<const Variant*> variants;
  variants.reserve(scenario.variants.size());
  for (const Variant& variant : scenario.variants) variants.push_back(&variant);
  const std::vector<Warning> warnings = collect_warnings(scenario, variants, rates, workers);
  tell_warnings(warnings, options.strict);
  say(stdout, "{}: no mistakes, {}\n", options.scenario, count_text(warnings));
  say(stdout, "  {}\n", scenario.title.plain());
  say(stdout, "  {} to {}, {} steps of {}\n", to_string(scenario.time.start()),
      to_string(scenario.time.end()), scenario.time.steps(), to_string(scenario.time.step_length()));
  const Persons persons = scenario.population.persons();
  say(stdout, "  {} regions, {} groups, {:.0f} persons at the start\n", scenario.region_count(),
      scenario.groups.count(), persons.stayers + persons.movers);
  if (!scenario.streams.empty()) print_names("streams", scenario.streams);
  if (!scenario.transitions.empty()) print_names("transitions", counted_outcomes(scenario));
  if (!scenario.inflows.empty()) print_names("inflow", scenario.inflows);
  if (!scenario.outflows.empty()) print_names("outflow", scenario.outflows);
  print_names("variants", scenario.variants);
  const std::vector<std::string> doors = door_lines(scenario);
  if (!doors.empty()) say(stdout, "  doors:\n");
  for (const std::string& line : doors) say(stdout, "    {}\n", line);
  print_languages(scenario);
  if (!scenario.table_uses.empty()) say(stdout, "  tables:\n");
  for (const std::string& line : tables_told(scenario.table_uses)) say(stdout, "    {}\n", line);
  for (const std::string& line : schedule_lines(scenario)) say(stdout, "  schedule of {}\n", line);
  if (sketch.has_derived_factors()) say_lines(stdout, format_start_table(scenario, rates));
  return Exit::done;
}

}  // namespace sojourn::app
