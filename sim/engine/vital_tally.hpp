#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"
#include "sim/model/age_groups.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Counts of agents by [region][kind][attributes].
class CountsByKind {
 public:
  CountsByKind() = default;
  CountsByKind(std::size_t regions, std::size_t kinds, std::size_t combinations)
      : kinds_(kinds), combinations_(combinations), counts_(regions * kinds * combinations) {}

  void add(Region region, std::size_t kind, std::size_t combination, std::int64_t agents) {
    counts_[(region.index() * kinds_ + kind) * combinations_ + combination] += agents;
  }
  [[nodiscard]] const std::vector<std::int64_t>& all() const { return counts_; }
  void clear() { counts_.assign(counts_.size(), 0); }

 private:
  std::size_t kinds_ = 0;
  std::size_t combinations_ = 1;
  std::vector<std::int64_t> counts_;
};

/// Births, deaths, transitions, inflow and outflow since the last time they were taken, by what the scenario
/// records stocks by: births [region][attributes]; deaths [region][age group][attributes]; the others
/// [region][which of them][attributes], of transitions (as `counted_outcomes`) the attributes before. Regions
/// may be added to by different threads.
class VitalTally {
 public:
  explicit VitalTally(const Scenario& scenario);

  /// Forgets what happened in the step before.
  void begin_step();
  /// Sets the ages at which agents die in a step: `elapsed` years after the start.
  void set_time(double elapsed) { ages_.set_time(elapsed); }
  /// Whether deaths are recorded by ages of which a bound cuts the cohort.
  [[nodiscard]] bool cuts(Cohort cohort) const { return ages_.cuts(cohort); }
  void add_births(Region region, Group group, std::int64_t agents) {
    births_.add(region, 0, combination_of(group), agents);
    if (is_kept_by_step_) births_in_step_.add(region, 0, 0, agents);
  }
  /// `older`: how many of them are older than the bound that cuts the cohort.
  void add_deaths(Region region, Group group, Cohort cohort, std::int64_t agents, std::int64_t older = 0) {
    deaths_.add(region, ages_.of(cohort), combination_of(group), agents - older);
    if (older != 0) deaths_.add(region, ages_.of(cohort) + 1, combination_of(group), older);
    if (is_kept_by_step_) deaths_in_step_.add(region, 0, 0, agents);
  }
  void add_transitions(Region region, OutcomeId outcome, Group before, std::int64_t agents) {
    transitions_.add(region, outcome.index(), combination_of(before), agents);
    if (is_kept_by_step_) transitions_in_step_.add(region, outcome.index(), 0, agents);
  }
  void add_inflow(Region region, std::size_t inflow, Group group, std::int64_t agents) {
    inflow_.add(region, inflow, combination_of(group), agents);
  }
  void add_outflow(Region region, OutflowId outflow, Group group, std::int64_t agents) {
    outflow_.add(region, outflow.index(), combination_of(group), agents);
  }

  [[nodiscard]] const std::vector<std::int64_t>& births() const { return births_.all(); }
  [[nodiscard]] const std::vector<std::int64_t>& deaths() const { return deaths_.all(); }
  [[nodiscard]] const std::vector<std::int64_t>& transitions() const { return transitions_.all(); }
  [[nodiscard]] const std::vector<std::int64_t>& inflow() const { return inflow_.all(); }
  [[nodiscard]] const std::vector<std::int64_t>& outflow() const { return outflow_.all(); }
  void clear();

  /// Of the step alone, where derived factors read flows: [region], [region] and [region][outcome].
  [[nodiscard]] const std::vector<std::int64_t>& births_in_step() const { return births_in_step_.all(); }
  [[nodiscard]] const std::vector<std::int64_t>& deaths_in_step() const { return deaths_in_step_.all(); }
  [[nodiscard]] const std::vector<std::int64_t>& transitions_in_step() const {
    return transitions_in_step_.all();
  }

 private:
  [[nodiscard]] std::size_t combination_of(Group group) const { return combination_of_group_[group.index()]; }

  AgeGroups ages_;
  std::vector<std::size_t> combination_of_group_;
  CountsByKind births_;
  CountsByKind deaths_;
  CountsByKind transitions_;
  CountsByKind inflow_;
  CountsByKind outflow_;
  bool is_kept_by_step_ = false;
  CountsByKind births_in_step_;
  CountsByKind deaths_in_step_;
  CountsByKind transitions_in_step_;
};

}  // namespace sojourn
