#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "sim/scenario/check.hpp"
#include "sim/scenario/text.hpp"

namespace sojourn {

namespace {

/// A policy would change the limit of the one office for some regions.
void check_places(const Scenario& scenario, const Queue& queue, Mistakes& mistakes) {
  for (const Policy& policy : scenario.policies) {
    for (const Change& change : policy.changes) {
      const auto* parameter = std::get_if<ParameterId>(&change.target);
      if (parameter == nullptr || *parameter != queue.limit.rate || change.places.empty()) continue;
      mistakes.add(change.where,
                   fmt::format("the one office of {} has one limit for all regions", in_quotes(queue.name)),
                   "a change without 'regions'");
    }
  }
}

}  // namespace

std::vector<HazardToCheck> giving_up_to_check(const Scenario& scenario,
                                              const std::vector<QueuePlaces>& places) {
  std::vector<HazardToCheck> all;
  for (std::size_t q = 0; q < scenario.queues.size(); ++q) {
    const Queue& queue = scenario.queues[q];
    all.push_back({"giving up in transition " + in_quotes(queue.name), &queue.who, &queue.giving_up,
                   &places[q].giving_up});
  }
  return all;
}

void check_queues(const Scenario& scenario, const std::vector<QueuePlaces>& places, Mistakes& mistakes) {
  std::vector<HazardToCheck> numbers;
  for (std::size_t q = 0; q < scenario.queues.size(); ++q) {
    const Queue& queue = scenario.queues[q];
    const std::string of = "transition " + in_quotes(queue.name);
    const auto& factor = queue.limit.rate_factor;
    const std::string& unit =
        factor ? scenario.factors[factor->index()].unit : scenario.parameters[queue.limit.rate.index()].unit;
    // Who moves leaves the queue, so that people wait only where they can ask.
    const Who& who = scenario.transitions[queue.transition.index()].who;
    numbers.push_back({of, &who, &queue.limit, &places[q].limit, "the limit of ", unit});
    if (queue.one_office) check_places(scenario, queue, mistakes);
  }
  check_rates(scenario, numbers, mistakes);
  if (scenario.queues.empty() || scenario.time.steps() < too_many_steps_to_wait) return;
  mistakes.add(scenario.transitions[scenario.queues[0].transition.index()].where,
               fmt::format("the run has {} steps, too many for a capacity", scenario.time.steps()),
               fmt::format("fewer than {}", too_many_steps_to_wait));
}

}  // namespace sojourn
