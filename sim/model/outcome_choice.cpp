#include "sim/model/outcome_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/base/error.hpp"

namespace sojourn {

double weight_of(const Outcome& outcome, Region region, Group group, const Numbers& numbers) {
  const double number = numbers.parameter(outcome.weight.rate).at(region, group);
  if (!outcome.weight.rate_factor) return number;
  return number * numbers.factor(*outcome.weight.rate_factor).at(region, group);
}

void weigh_outcomes(const Scenario& scenario, TransitionId transition, Region region, Group group,
                    const Numbers& numbers, Step step, std::vector<double>& weights) {
  const Transition& of = scenario.transitions[transition.index()];
  weights.clear();
  double sum = 0;
  bool right = true;
  for (const Outcome& outcome : of.outcomes) {
    weights.push_back(weight_of(outcome, region, group, numbers));
    right = right && weights.back() >= 0 && std::isfinite(weights.back());
    sum += weights.back();
  }
  if (right && sum > 0 && std::isfinite(sum)) return;
  throw InputError(
      {{of.outcomes_where,
        fmt::format("{}, {}: the weights of the outcomes of transition '{}' {} in the step from {}",
                    scenario.regions[region.index()].code, scenario.groups.label(group), of.name,
                    right && sum == 0 ? "are all 0" : "are no numbers from 0 on",
                    to_string(scenario.time.boundary(step.index()))),
        "a weight above 0 for everybody whom the transition concerns, and none below 0", ""}});
}

OutcomeChoice::OutcomeChoice(const Scenario& scenario)
    : scenario_(&scenario), order_(scenario), of_transition_(outcomes_by_transition(scenario)) {
  if (!sojourn::has_outcomes(scenario)) return;
  of_event_.resize(scenario.streams.size() + scenario.transitions.size() + scenario.queues.size());
  for (std::size_t t = 0; t < scenario.transitions.size(); ++t) {
    const Transition& transition = scenario.transitions[t];
    if (!transition.queue && !transition.outcomes.empty())
      of_event_[scenario.streams.size() + t] = of_transition_[t];
    if (!transition.queue || !transition.given_up) continue;
    const std::size_t given_up = of_transition_[t].given_up->index();
    const std::size_t event =
        scenario.streams.size() + scenario.transitions.size() + transition.queue->index();
    of_event_[event] = {given_up, given_up + 1, {}};
  }
}

OutcomeId OutcomeDraws::one_of(EventId event, Region region, Group group) {
  OutcomeId drawn;
  share_out(choice_.of(event), choice_.transition(event), region, group, 1,
            [&](OutcomeId outcome, std::int64_t) { drawn = outcome; });
  return drawn;
}

}  // namespace sojourn
