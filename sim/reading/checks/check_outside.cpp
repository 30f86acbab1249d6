#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/checks/check.hpp"
#include "sim/reading/checks/check_people.hpp"

namespace sojourn {

void check_outside(const Scenario& scenario, Mistakes& mistakes) {
  const auto ages = static_cast<double>(scenario.population.ages);
  for (const Inflow& inflow : scenario.inflows) {
    const bool too_old = std::any_of(inflow.ages.begin(), inflow.ages.end(),
                                     [&](const AgeShare& share) { return share.to > ages; });
    if (too_old) {
      mistakes.add(
          inflow.where,
          fmt::format("inflow {} is of people older than anybody at the start", in_quotes(inflow.name)),
          fmt::format("ages below {:.0f}", ages));
    }
    const std::vector<bool>& into = inflow.into.residences;
    if (std::find(into.begin(), into.end(), true) == into.end()) {
      mistakes.add(inflow.where, fmt::format("inflow {} comes into no region", in_quotes(inflow.name)),
                   "at least one region");
    }
  }
  if (scenario.outflows.empty()) return;
  const std::vector<bool> reached = reachable_groups(scenario);
  for (std::size_t o = 0; o < scenario.outflows.size(); ++o) {
    const Outflow& outflow = scenario.outflows[o];
    const std::string of = "outflow " + in_quotes(outflow.name);
    check_who(scenario, of, outflow.who, reached, outflow.who.where, mistakes);
    check_movers(scenario, of, outflow.who, outflow.where, mistakes);
  }
}

}  // namespace sojourn
