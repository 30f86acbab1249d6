#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/model/ticket_clock.hpp"
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
    if (queue.one_office && queue.draws.empty()) check_places(scenario, queue, mistakes);
  }
  std::size_t entries = 0;
  for (const Queue& queue : scenario.queues)
    entries = std::max(entries, ticket_entries(scenario.time, queue));
  if (entries <= too_many_steps_to_wait) return;
  mistakes.add(scenario.transitions[scenario.queues[0].transition.index()].where,
               fmt::format("the run has {} steps, too many for a capacity", entries - 1),
               fmt::format("fewer than {}", too_many_steps_to_wait));
}

}  // namespace sojourn
