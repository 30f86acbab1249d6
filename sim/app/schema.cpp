#include <algorithm>
#include <string>
#include <vector>

#include "sim/app/commands.hpp"
#include "sim/app/say.hpp"
#include "sim/base/text.hpp"
#include "sim/input/describe.hpp"
#include "sim/reading/read_scenario.hpp"

namespace sojourn::app {

namespace {

Exit print_reference(const std::string& name) {
  const std::vector<KeyMap> maps = all_maps(scenario_map());
  if (name == "all") {
    for (const KeyMap& map : maps)
      say_lines(stdout, "## " + std::string(map.name) + "\n\n" + reference_table(map) + "\n");
    return Exit::done;
  }
  const auto found =
      std::find_if(maps.begin(), maps.end(), [&](const KeyMap& map) { return map.name == name; });
  if (found == maps.end()) {
    std::vector<std::string> names;
    names.reserve(maps.size());
    for (const KeyMap& map : maps) names.emplace_back(map.name);
    say(stderr, "sojourn: no map of a scenario is called {}; expected all, {}\n", in_quotes(name),
        one_of(names));
    return Exit::wrong_input;
  }
  say_lines(stdout, reference_table(*found));
  return Exit::done;
}

}  // namespace

Exit schema(const SchemaOptions& options) {
  if (!options.reference.empty()) return print_reference(options.reference);
  say_lines(stdout, json_schema(scenario_map(), "A scenario of Sojourn"));
  return Exit::done;
}

}  // namespace sojourn::app
