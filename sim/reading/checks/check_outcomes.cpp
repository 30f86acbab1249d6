#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/model/outcome_choice.hpp"
#include "sim/reading/checks/check.hpp"
#include "sim/reading/checks/step_checks.hpp"

namespace sojourn {

OutcomeCheck::OutcomeCheck(const Scenario& scenario) : scenario_(scenario) {
  for (std::size_t t = 0; t < scenario.transitions.size(); ++t) {
    Watched watched{TransitionId{t}};
    bool derived = false;
    for (const Outcome& outcome : scenario.transitions[t].outcomes) {
      watched.numbers.emplace_back(outcome.weight.rate);
      const auto& factor = outcome.weight.rate_factor;
      if (factor) watched.numbers.emplace_back(*factor);
      derived = derived || (factor && is_derived(scenario, *factor));
    }
    if (!watched.numbers.empty() && !derived) watched_.push_back(std::move(watched));
  }
}

void OutcomeCheck::begin(const Evaluation& /*now*/) {
  for (Watched& watched : watched_) watched.told = false;
}

void OutcomeCheck::look(const Evaluation& now, Mistakes& mistakes) {
  for (Watched& watched : watched_) {
    const auto has_moved = [&](const Number& number) { return now.has_moved(number); };
    const auto is_changed = [&](const Number& number) { return now.numbers().is_changed(number); };
    const std::vector<Number>& numbers = watched.numbers;
    if (watched.told || std::none_of(numbers.begin(), numbers.end(), has_moved)) continue;
    if (!is_as_written(now) && std::none_of(numbers.begin(), numbers.end(), is_changed)) continue;
    watched.told = tell_fault(watched, now, mistakes);
  }
}

bool OutcomeCheck::tell_fault(const Watched& watched, const Evaluation& now, Mistakes& mistakes) const {
  const Transition& transition = scenario_.transitions[watched.transition.index()];
  for (std::size_t r = 0; r < scenario_.region_count(); ++r) {
    if (!transition.who.residences[r]) continue;
    for (std::size_t g = 0; g < scenario_.groups.unqueued(); ++g) {
      if (!transition.who.groups[g]) continue;
      const auto has_weight = [&](const Outcome& outcome) {
        return weight_of(outcome, Region{r}, Group{g}, now.numbers()) > 0;
      };
      if (std::any_of(transition.outcomes.begin(), transition.outcomes.end(), has_weight)) continue;
      mistakes.add(transition.outcomes_where,
                   fmt::format("{}, {}: the weights of the outcomes of transition {} are all 0{}",
                               scenario_.regions[r].code, scenario_.groups.label(Group{g}),
                               in_quotes(transition.name), when_and_in_which(now)),
                   "a weight above 0 for everybody whom the transition concerns");
      return true;
    }
  }
  return false;
}

}  // namespace sojourn
