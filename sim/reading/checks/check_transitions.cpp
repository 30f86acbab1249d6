#include <cstddef>
#include <string>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/checks/check.hpp"
#include "sim/reading/checks/check_people.hpp"

namespace sojourn {

void check_transitions(const Scenario& scenario, Mistakes& mistakes) {
  if (scenario.transitions.empty()) return;
  const std::vector<bool> reached = reachable_groups(scenario);
  for (std::size_t t = 0; t < scenario.transitions.size(); ++t) {
    const Transition& transition = scenario.transitions[t];
    const std::string of = "transition " + in_quotes(transition.name);
    check_who(scenario, of, transition.who, reached, transition.who.where, mistakes);
    check_movers(scenario, of, transition.who, transition.where, mistakes);
  }
}

}  // namespace sojourn
