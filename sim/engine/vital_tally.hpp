#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/model/cohorts.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Births, deaths, transitions, inflow and outflow since the last time they were taken, by what the scenario
/// records stocks by: deaths as stocks are laid out, [region][age group][attributes]; births
/// [region][attributes]; transitions [region][transition][attributes before it]; inflow and outflow
/// [region][which of them][attributes]. Regions may be added to by different threads.
class VitalTally {
 public:
  explicit VitalTally(const Scenario& scenario);

  /// Sets the ages at which agents die in a step: `elapsed` years after the start.
  void set_time(double elapsed);
  void add_births(Region region, Group group, std::int64_t agents) {
    births_[region.index() * combinations_ + combination_of_group_[group.index()]] += agents;
  }
  void add_deaths(Region region, Group group, Cohort cohort, std::int64_t agents) {
    const std::size_t row = region.index() * ages_ + age_of_cohort_[cohort.index()];
    deaths_[row * combinations_ + combination_of_group_[group.index()]] += agents;
  }
  void add_transitions(Region region, TransitionId transition, Group before, std::int64_t agents) {
    const std::size_t row = region.index() * transition_count_ + transition.index();
    transitions_[row * combinations_ + combination_of_group_[before.index()]] += agents;
  }

  void add_inflow(Region region, std::size_t inflow, Group group, std::int64_t agents) {
    const std::size_t row = region.index() * inflow_count_ + inflow;
    inflow_[row * combinations_ + combination_of_group_[group.index()]] += agents;
  }
  void add_outflow(Region region, std::size_t outflow, Group group, std::int64_t agents) {
    const std::size_t row = region.index() * outflow_count_ + outflow;
    outflow_[row * combinations_ + combination_of_group_[group.index()]] += agents;
  }

  [[nodiscard]] const std::vector<std::int64_t>& births() const { return births_; }
  [[nodiscard]] const std::vector<std::int64_t>& deaths() const { return deaths_; }
  [[nodiscard]] const std::vector<std::int64_t>& transitions() const { return transitions_; }
  [[nodiscard]] const std::vector<std::int64_t>& inflow() const { return inflow_; }
  [[nodiscard]] const std::vector<std::int64_t>& outflow() const { return outflow_; }
  void clear();

 private:
  Cohorts cohorts_;
  std::vector<double> age_from_;
  std::size_t ages_ = 1;
  std::size_t combinations_ = 1;
  std::size_t transition_count_ = 0;
  std::size_t inflow_count_ = 0;
  std::size_t outflow_count_ = 0;
  std::vector<std::size_t> age_of_cohort_;
  std::vector<std::size_t> combination_of_group_;
  std::vector<std::int64_t> births_;
  std::vector<std::int64_t> deaths_;
  std::vector<std::int64_t> transitions_;
  std::vector<std::int64_t> inflow_;
  std::vector<std::int64_t> outflow_;
};

}  // namespace sojourn
