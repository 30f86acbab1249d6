#include "sim/app/warnings.hpp"

#include <utility>

#include "sim/app/say.hpp"
#include "sim/engine/later_warnings.hpp"
#include "sim/engine/start_warnings.hpp"

namespace sojourn::app {

std::vector<Warning> collect_warnings(const Scenario& scenario, const std::vector<const Variant*>& variants,
                                      const StartRates& at_start, Workers& workers) {
  std::vector<Warning> warnings = scenario.warnings;
  const std::vector<Warning> of_start = warnings_of_start(scenario, at_start);
  warnings.insert(warnings.end(), of_start.begin(), of_start.end());
  const std::vector<Warning> of_later = warnings_of_later(scenario, variants, at_start, workers);
  warnings.insert(warnings.end(), of_later.begin(), of_later.end());
  warnings = folded(warnings);
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
