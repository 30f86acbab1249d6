#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <vector>

#include "sim/scenario/check.hpp"
#include "sim/scenario/check_people.hpp"
#include "sim/scenario/text.hpp"

namespace sojourn {

void check_transitions(const Scenario& scenario, const std::vector<TransitionPlaces>& places,
                       Mistakes& mistakes) {
  if (scenario.transitions.empty()) return;
  const std::vector<bool> reached = reachable_groups(scenario);
  for (std::size_t t = 0; t < scenario.transitions.size(); ++t) {
    const Transition& transition = scenario.transitions[t];
    const std::string of = "transition " + in_quotes(transition.name);
    check_who(scenario, of, transition.who, reached, places[t].who, mistakes);
    if (!transition.who.foreign_born.value_or(false) || are_movers(scenario)) continue;
    mistakes.add(transition.where,
                 fmt::format("{} is of people who have moved before, and nobody ever has", of),
                 "'movers' in 'population', or a stream that people start with");
  }
}

}  // namespace sojourn
