#include "sim/engine/vital_tally.hpp"

#include "sim/engine/flow_tally.hpp"

namespace sojourn {

VitalTally::VitalTally(const Scenario& scenario)
    : cohorts_(scenario),
      combinations_(combination_count(scenario.groups, scenario.output.stock_attributes)),
      transition_count_(scenario.transitions.size()),
      inflow_count_(scenario.inflows.size()),
      outflow_count_(scenario.outflows.size()),
      age_of_cohort_(cohorts_.count(), 0) {
  if (scenario.output.stock_by_age) {
    age_from_ = scenario.output.age_from;
    ages_ = age_from_.size();
  }
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    combination_of_group_.push_back(combination(scenario.groups, scenario.output.stock_attributes, Group{g}));
  }
  if (scenario.demography.births) births_.resize(scenario.region_count() * combinations_);
  inflow_.resize(scenario.region_count() * inflow_count_ * combinations_);
  outflow_.resize(scenario.region_count() * outflow_count_ * combinations_);
  transitions_.resize(scenario.region_count() * transition_count_ * combinations_);
  if (scenario.demography.deaths) deaths_.resize(scenario.region_count() * ages_ * combinations_);
}

void VitalTally::set_time(double elapsed) {
  if (age_from_.empty()) return;
  for (std::size_t c = 0; c < cohorts_.count(); ++c) {
    age_of_cohort_[c] = age_group(age_from_, cohorts_.age(Cohort{c}, elapsed));
  }
}

void VitalTally::clear() {
  births_.assign(births_.size(), 0);
  deaths_.assign(deaths_.size(), 0);
  inflow_.assign(inflow_.size(), 0);
  outflow_.assign(outflow_.size(), 0);
  transitions_.assign(transitions_.size(), 0);
}

}  // namespace sojourn
