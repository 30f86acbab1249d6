#include "sim/engine/memory.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"
#include "sim/engine/simulation.hpp"

namespace sojourn {

namespace {

constexpr double few_agents = 1e6;
/// Records that chunks have room for but do not hold, at most.
constexpr double unused_room = 1.1;
/// Moves of a step are held twice, unsorted and sorted by destination.
constexpr double bytes_per_move = 2.0 * sizeof(Move);
/// Code, libraries and what waits to be written.
constexpr double program_bytes = 40e6;

/// A number that any term can be computed from.
void make_constant(Factor& factor, std::size_t regions) {
  factor.derivation.reset();
  factor.values.assign(regions, 1.0);
}

}  // namespace

MemoryEstimate estimate_memory(const Scenario& scenario, const Variant& variant, Workers& workers) {
  const Persons persons = scenario.population.persons();
  Scenario small = scenario;
  const double scale =
      std::max(1.0, (persons.stayers + persons.movers) / scenario.persons_per_agent / few_agents);
  small.persons_per_agent *= scale;
  const RunKey key{scenario.seed, 0};
  std::unique_ptr<const Simulation> made;
  try {
    made = std::make_unique<const Simulation>(small, variant, key, workers);
  } catch (const InputError&) {
    // What follows from how many people there are in a region may have no value where so few agents are left:
    // then it is told by the run, if it is so there, and not by this.
    for (Factor& factor : small.factors) {
      if (factor.derivation) make_constant(factor, small.region_count());
    }
    made = std::make_unique<const Simulation>(small, variant, key, workers);
  }
  const Simulation& simulation = *made;

  MemoryEstimate estimate;
  estimate.agents = (persons.stayers + persons.movers) / scenario.persons_per_agent;
  estimate.moves_per_step = simulation.expected_moves() * scale;
  estimate.bytes =
      program_bytes + static_cast<double>(simulation.population().bytes()) +
      estimate.moves_per_step * bytes_per_move +
      static_cast<double>(simulation.table_bytes() +
                          2 * simulation.flow_bytes());  // flows wait to be written in two copies
  if (!simulation.population().layout().needs().records()) return estimate;
  const double years = scenario.time.elapsed(scenario.time.steps());
  const double moves_a_year =
      estimate.agents > 0 ? estimate.moves_per_step / scenario.time.years(Step{0}) / estimate.agents : 0;
  const double share = -math::expm1(-moves_a_year * years);
  estimate.bytes_per_mover = simulation.population().layout().bytes();
  estimate.movers_at_start = persons.movers / scenario.persons_per_agent;
  estimate.movers_at_end = estimate.movers_at_start + (estimate.agents - estimate.movers_at_start) * share;
  const double entries = entries_to_expect(scenario, variant) / scenario.persons_per_agent;
  if (std::isfinite(entries)) estimate.movers_at_end += entries;
  estimate.bytes += estimate.movers_at_end * static_cast<double>(estimate.bytes_per_mover) * unused_room;
  return estimate;
}

}  // namespace sojourn
