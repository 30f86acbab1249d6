#include "sim/reading/checks/hazards_to_check.hpp"

#include <utility>

#include "sim/base/text.hpp"

namespace sojourn {

std::vector<HazardToCheck> hazards_to_check(const Scenario& scenario) {
  std::vector<HazardToCheck> all;
  for (NamedHazard& one : named_hazards(scenario)) all.push_back({std::move(one)});
  return all;
}

std::vector<HazardToCheck> persons_to_check(const Scenario& scenario) {
  std::vector<HazardToCheck> all;
  all.reserve(scenario.inflows.size() + scenario.queues.size());
  for (const Inflow& inflow : scenario.inflows) {
    all.push_back({{"inflow " + in_quotes(inflow.name), &inflow.into, &inflow.number},
                   inflow.is_random ? "the rate of " : "the number of ",
                   "persons per year"});
  }
  for (const Queue& queue : scenario.queues) {
    if (!queue.draws.empty()) continue;
    const auto& factor = queue.limit.rate_factor;
    const std::string& unit =
        factor ? scenario.factors[factor->index()].unit : scenario.parameters[queue.limit.rate.index()].unit;
    // Who moves leaves the queue, so that people wait only where they can ask.
    const Who& who = scenario.transitions[queue.transition.index()].who;
    all.push_back({{"transition " + in_quotes(queue.name), &who, &queue.limit}, "the limit of ", unit});
  }
  for (const Limit& limit : scenario.limits) {
    if (!limit.amount) continue;
    const auto& factor = limit.amount->rate_factor;
    const std::string& unit = factor ? scenario.factors[factor->index()].unit
                                     : scenario.parameters[limit.amount->rate.index()].unit;
    all.push_back({{"limit " + in_quotes(limit.name), nullptr, &*limit.amount}, "the amount of ", unit});
  }
  return all;
}

std::vector<HazardToCheck> weights_to_check(const Scenario& scenario) {
  std::vector<HazardToCheck> all;
  for (const Transition& transition : scenario.transitions) {
    for (const Outcome& outcome : transition.outcomes) {
      all.push_back(
          {{"outcome " + in_quotes(outcome.name), &transition.who, &outcome.weight}, "the weight of ", "1"});
    }
  }
  return all;
}

bool is_derived(const Scenario& scenario, FactorId factor) {
  return scenario.factors[factor.index()].derivation.has_value();
}

bool is_derived(const Scenario& scenario, const FactorTerm& term) {
  return is_derived(scenario, term.factor) ||
         (term.measure == Measure::ratio_to_factor && is_derived(scenario, term.reference));
}

}  // namespace sojourn
