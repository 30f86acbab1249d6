#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/reading/checks/check.hpp"

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

void check_queues(const Scenario& scenario, Mistakes& mistakes) {
  for (const Queue& queue : scenario.queues) {
    if (queue.one_office) check_places(scenario, queue, mistakes);
  }
  if (scenario.queues.empty() || scenario.time.steps() < too_many_steps_to_wait) return;
  mistakes.add(scenario.transitions[scenario.queues[0].transition.index()].where,
               fmt::format("the run has {} steps, too many for a capacity", scenario.time.steps()),
               fmt::format("fewer than {}", too_many_steps_to_wait));
}

}  // namespace sojourn
