#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>

#include "sim/output/output_layout.hpp"
#include "sim/output/recorded_quantity.hpp"
#include "sim/scenario/outcomes.hpp"

namespace sojourn {

/// Whether a scenario has any of these.
template <auto Things>
bool has_any(const Scenario& scenario, const OutputLayout& /*layout*/) {
  return !(scenario.*Things).empty();
}

/// Whether a scenario has births, or deaths.
template <auto Rates>
bool has_rates(const Scenario& scenario, const OutputLayout& /*layout*/) {
  return (scenario.demography.*Rates).has_value();
}

/// Whether a scenario asks for what is recorded every so many steps.
template <std::optional<std::size_t> OutputRequest::*Every>
bool asks_for(const Scenario& scenario, const OutputLayout& /*layout*/) {
  return (scenario.output.*Every).has_value();
}

inline constexpr Condition with_births{has_rates<&Demography::births>, "only of scenarios with births"};
inline constexpr Condition with_deaths{has_rates<&Demography::deaths>, "only of scenarios with deaths"};
inline constexpr Condition with_transitions{has_any<&Scenario::transitions>,
                                            "only of scenarios with transitions"};
inline constexpr Condition with_queues{has_any<&Scenario::queues>, "only of scenarios with a capacity"};
inline constexpr Condition with_deadlines{
    [](const Scenario& scenario, const OutputLayout&) {
      return std::any_of(scenario.queues.begin(), scenario.queues.end(),
                         [](const Queue& queue) { return queue.deadline.has_value(); });
    },
    "only of scenarios with a deadline"};
inline constexpr Condition with_limits{has_any<&Scenario::limits>, "only of scenarios with limits"};
inline constexpr Condition with_inflow{has_any<&Scenario::inflows>, "only of scenarios with inflow"};
inline constexpr Condition with_limits_and_streams{[](const Scenario& scenario, const OutputLayout&) {
                                                     return !scenario.limits.empty() &&
                                                            !scenario.streams.empty();
                                                   },
                                                   "only of scenarios with limits and streams"};
inline constexpr Condition with_limits_and_inflow{[](const Scenario& scenario, const OutputLayout&) {
                                                    return !scenario.limits.empty() &&
                                                           !scenario.inflows.empty();
                                                  },
                                                  "only of scenarios with limits and inflow"};
inline constexpr Condition with_outflow{
    [](const Scenario& scenario, const OutputLayout&) { return exit_count(scenario) > 0; },
    "only of scenarios with outflow, or outcomes by which people leave"};

inline constexpr Condition asking_for_relocations{asks_for<&OutputRequest::relocations_every>,
                                                  "only with `output.relocations`"};
inline constexpr Condition asking_for_usual_residence{asks_for<&OutputRequest::usual_every>,
                                                      "only with `output.usual_residence`"};
inline constexpr Condition asking_for_diaspora{asks_for<&OutputRequest::diaspora_every>,
                                               "only with `output.diaspora`"};
inline constexpr Condition asking_for_citizenship{asks_for<&OutputRequest::citizens_every>,
                                                  "only with `output.citizenship`"};
inline constexpr Condition asking_for_factors{
    [](const Scenario& scenario, const OutputLayout&) { return !scenario.output.factors.empty(); },
    "only of the factors of `output.factors`"};

inline constexpr Condition where_ages_are_asked_for{[](const Scenario& scenario, const OutputLayout&) {
                                                      return scenario.output.stock_by_age ||
                                                             scenario.output.flow_by_age;
                                                    },
                                                    "only if stocks or flows are by age"};
inline constexpr Condition with_array_of_flows{
    [](const Scenario&, const OutputLayout& layout) { return layout.dense_flows; },
    "only where flows are an array"};
inline constexpr Condition with_table_of_flows{
    [](const Scenario&, const OutputLayout& layout) { return !layout.dense_flows; },
    "only where flows are a table"};
inline constexpr Condition with_table_of_flows_by_age{
    [](const Scenario& scenario, const OutputLayout& layout) {
      return !layout.dense_flows && scenario.output.flow_by_age;
    },
    "only where flows are a table and by age"};
inline constexpr Condition with_table_of_flows_by_attribute{
    with_table_of_flows.holds, "only where flows are a table and by that attribute"};

}  // namespace sojourn
