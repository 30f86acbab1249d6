#include "sim/reading/checks/hazards_to_check.hpp"

#include "sim/base/text.hpp"

namespace sojourn {

std::vector<HazardToCheck> hazards_to_check(const Scenario& scenario) {
  std::vector<HazardToCheck> all;
  constexpr std::size_t births_and_deaths = 2;
  all.reserve(scenario.streams.size() + births_and_deaths + scenario.transitions.size() +
              scenario.outflows.size() + scenario.queues.size());
  for (const Stream& stream : scenario.streams) {
    all.push_back({"stream " + in_quotes(stream.name), &stream.who, &stream.hazard});
  }
  if (const auto& births = scenario.demography.births) {
    all.push_back({"births", &births->who, &births->hazard});
  }
  if (const auto& deaths = scenario.demography.deaths) {
    all.push_back({"deaths", &deaths->who, &deaths->hazard});
  }
  for (const Transition& transition : scenario.transitions) {
    all.push_back({"transition " + in_quotes(transition.name), &transition.who, &transition.hazard});
  }
  for (const Outflow& outflow : scenario.outflows) {
    all.push_back({"outflow " + in_quotes(outflow.name), &outflow.who, &outflow.hazard});
  }
  for (const Queue& queue : scenario.queues) {
    all.push_back({"giving up in transition " + in_quotes(queue.name), &queue.who, &queue.giving_up});
  }
  return all;
}

std::vector<HazardToCheck> persons_to_check(const Scenario& scenario) {
  std::vector<HazardToCheck> all;
  all.reserve(scenario.inflows.size() + scenario.queues.size());
  for (const Inflow& inflow : scenario.inflows) {
    all.push_back({"inflow " + in_quotes(inflow.name), &inflow.into, &inflow.number,
                   inflow.is_random ? "the rate of " : "the number of ", "persons per year"});
  }
  for (const Queue& queue : scenario.queues) {
    const auto& factor = queue.limit.rate_factor;
    const std::string& unit =
        factor ? scenario.factors[factor->index()].unit : scenario.parameters[queue.limit.rate.index()].unit;
    // Who moves leaves the queue, so that people wait only where they can ask.
    const Who& who = scenario.transitions[queue.transition.index()].who;
    all.push_back({"transition " + in_quotes(queue.name), &who, &queue.limit, "the limit of ", unit});
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
