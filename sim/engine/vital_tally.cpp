#include "sim/engine/vital_tally.hpp"

#include "sim/engine/flow_tally.hpp"
#include "sim/scenario/derived.hpp"
#include "sim/scenario/outcomes.hpp"

namespace sojourn {

VitalTally::VitalTally(const Scenario& scenario) {
  const std::vector<AttributeId>& attributes = scenario.output.stock_attributes;
  if (scenario.output.stock_by_age) ages_ = AgeGroups(Cohorts(scenario), scenario.output.age_from);
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    combination_of_group_.push_back(combination(scenario.groups, attributes, Group{g}));
  }
  const auto counts = [&](std::size_t kinds) {
    return CountsByKind(scenario.region_count(), kinds, combination_count(scenario.groups, attributes));
  };
  births_ = counts(scenario.demography.births ? 1 : 0);
  deaths_ = counts(scenario.demography.deaths ? ages_.count() : 0);
  transitions_ = counts(outcome_count(scenario));
  inflow_ = counts(scenario.inflows.size());
  outflow_ = counts(exit_count(scenario));
  is_kept_by_step_ = reads_flows(scenario);
  if (!is_kept_by_step_) return;
  births_in_step_ = CountsByKind(scenario.region_count(), 1, 1);
  deaths_in_step_ = CountsByKind(scenario.region_count(), 1, 1);
  transitions_in_step_ = CountsByKind(scenario.region_count(), outcome_count(scenario), 1);
}

void VitalTally::begin_step() {
  for (CountsByKind* counts : {&births_in_step_, &deaths_in_step_, &transitions_in_step_}) counts->clear();
}

void VitalTally::clear() {
  for (CountsByKind* counts : {&births_, &deaths_, &transitions_, &inflow_, &outflow_}) counts->clear();
}

}  // namespace sojourn
