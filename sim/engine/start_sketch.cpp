#include "sim/engine/start_sketch.hpp"

#include <algorithm>

#include "sim/base/error.hpp"

namespace sojourn {

namespace {

constexpr double few_agents = 1e6;

double scale_of(const Scenario& scenario) {
  const Persons persons = scenario.population.persons();
  return std::max(1.0, (persons.stayers + persons.movers) / scenario.persons_per_agent / few_agents);
}

/// A number that any term can be computed from.
void make_constant(Factor& factor, std::size_t regions) {
  factor.derivation.reset();
  factor.values.assign(regions, 1.0);
}

}  // namespace

StartSketch::StartSketch(const Scenario& scenario, const Variant& variant, Workers& workers)
    : scenario_(&scenario),
      variant_(&variant),
      threads_(workers.threads()),
      scale_(scale_of(scenario)),
      small_(std::make_unique<Scenario>(scenario)) {
  small_->persons_per_agent *= scale_;
  const RunKey key{scenario.seed, 0};
  try {
    simulation_ = std::make_unique<Simulation>(*small_, variant, key, workers);
  } catch (const InputError&) {
    if (scale_ <= 1) throw;
    // What follows from how many people there are in a region may have no value where so few agents are left:
    // then it is told by the run, if it is so there, and not by this.
    has_derived_ = false;
    for (Factor& factor : small_->factors) {
      if (factor.derivation) make_constant(factor, small_->region_count());
    }
    simulation_ = std::make_unique<Simulation>(*small_, variant, key, workers);
  }
}

}  // namespace sojourn
