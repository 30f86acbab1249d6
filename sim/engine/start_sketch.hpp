#pragma once

#include <memory>

#include "sim/base/parallel.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The first step of a run, set up with at most a million agents: from it is told before the run what it will
/// need, and how often things will happen.
class StartSketch {
 public:
  /// The scenario, variant and workers must outlive the sketch. What has no value in the first step (a
  /// derived factor, an attraction) is an `InputError`, unless it may have one with all agents.
  StartSketch(const Scenario& scenario, const Variant& variant, Workers& workers);

  [[nodiscard]] const Scenario& scenario() const { return *scenario_; }
  [[nodiscard]] const Variant& variant() const { return *variant_; }
  [[nodiscard]] const Simulation& simulation() const { return *simulation_; }
  /// See `Simulation::foresee`.
  void foresee(Step step) { simulation_->foresee(step); }
  /// Threads of the run.
  [[nodiscard]] unsigned threads() const { return threads_; }
  /// Agents of the run for each agent of the sketch; 1 if there are few.
  [[nodiscard]] double scale() const { return scale_; }
  /// False if so few agents left derived factors without a value: then all of them are 1 here.
  [[nodiscard]] bool has_derived_factors() const { return has_derived_; }

 private:
  const Scenario* scenario_;
  const Variant* variant_;
  unsigned threads_;
  double scale_;
  bool has_derived_ = true;
  /// What the simulation refers to.
  std::unique_ptr<Scenario> small_;
  std::unique_ptr<Simulation> simulation_;
};

}  // namespace sojourn
