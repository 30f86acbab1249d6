#include "sim/model/named_hazard.hpp"

#include <algorithm>
#include <cstddef>
#include <variant>

#include "sim/base/text.hpp"

namespace sojourn {

std::vector<NamedHazard> named_hazards(const Scenario& scenario) {
  std::vector<NamedHazard> all;
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

std::vector<NamedHazard> scheduled_hazards(const Scenario& scenario) {
  std::vector<NamedHazard> all = named_hazards(scenario);
  const auto is_flat = [](const NamedHazard& one) {
    return std::holds_alternative<FlatSchedule>(one.hazard->schedule);
  };
  all.erase(std::remove_if(all.begin(), all.end(), is_flat), all.end());
  return all;
}

}  // namespace sojourn
