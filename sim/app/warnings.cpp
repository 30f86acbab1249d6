#include "sim/app/warnings.hpp"

#include "sim/app/say.hpp"

namespace sojourn::app {

std::vector<Warning> collect_warnings(const Scenario& scenario) {
  // Checks of the model add theirs here; `folded` joins what is equal.
  std::vector<Warning> warnings = folded(scenario.warnings);
  mark_accepted(warnings, scenario.accepted_warnings);
  return warnings;
}

void tell_warnings(const std::vector<Warning>& warnings, bool strict) {
  std::vector<Mistake> mistakes;
  for (const Warning& warning : warnings) {
    if (warning.accepted) continue;
    if (strict) {
      mistakes.push_back(as_mistake(warning));
    } else {
      say(stderr, "{}\n", to_string(warning));
    }
  }
  if (!mistakes.empty()) throw InputError(std::move(mistakes));
}

}  // namespace sojourn::app
