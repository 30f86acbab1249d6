#include "sim/engine/memory.hpp"

#include <algorithm>
#include <cmath>
#include <variant>
#include <vector>

#include "sim/base/machine_memory.hpp"
#include "sim/base/math.hpp"
#include "sim/engine/move.hpp"
#include "sim/model/entry.hpp"

namespace sojourn {

namespace {

/// Records that chunks have room for but do not hold, at most.
constexpr double unused_room = 1.1;
/// Moves of a step are held twice, unsorted and sorted by destination, each with room to grow.
constexpr double bytes_per_move = 4.0 * sizeof(Move);
/// What writes the file, and reads it again to sum it up. This and the two below are measured.
constexpr double output_bytes = 13.5e6;
/// Of the blocks that may come to be, those that do; the others are of years and ages that nobody has.
constexpr double share_of_blocks = 0.12;
/// Of a region and a region of birth, where the diaspora of all that move draws others.
constexpr double bytes_of_diaspora = 200;

/// Blocks that will come to be: at most one for each cell and key, and not more than there will be movers.
double blocks_to_come(const StartSketch& sketch, const MemoryEstimate& estimate) {
  const Population& population = sketch.simulation().population();
  const std::size_t cells = sketch.scenario().cell_count();
  std::size_t now = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) now += population.movers().blocks(cell).size();
  const auto most = static_cast<double>(cells * population.layout().key_count());
  return share_of_blocks * std::max(0.0, std::min(most, estimate.movers_at_end) - static_cast<double>(now));
}

/// Its last chunk is half empty on average; and what says where its chunks are.
double bytes_of_block(const RecordLayout& layout) {
  constexpr double list = 64;
  return static_cast<double>(chunk_bytes_of(layout)) / 2 + sizeof(Block) + list;
}

bool draws_by_diaspora(const Stream& stream) {
  const std::vector<PullTerm>& pull = stream.destination.pull;
  return std::any_of(pull.begin(), pull.end(),
                     [](const PullTerm& term) { return std::holds_alternative<DiasporaTerm>(term); });
}

}  // namespace

MemoryEstimate estimate_memory(const StartSketch& sketch) {
  const Scenario& scenario = sketch.scenario();
  const Simulation& simulation = sketch.simulation();
  const Persons persons = scenario.population.persons();
  MemoryEstimate estimate;
  estimate.agents = (persons.stayers + persons.movers) / scenario.persons_per_agent;
  estimate.moves_per_step = simulation.expected_moves() * sketch.scale();
  // The sketch has as many cells, cohorts, rows of destinations and corridors as the run.
  estimate.bytes =
      static_cast<double>(resident_memory()) + output_bytes + estimate.moves_per_step * bytes_per_move +
      2.0 * static_cast<double>(simulation.flow_bytes());  // flows wait to be written in two copies
  if (std::any_of(scenario.streams.begin(), scenario.streams.end(), draws_by_diaspora)) {
    estimate.bytes +=
        bytes_of_diaspora * static_cast<double>(scenario.region_count() * scenario.birth_count());
  }
  const auto until_now = static_cast<double>(peak_memory());
  if (simulation.population().layout().needs().records()) {
    const double years = scenario.time.elapsed(scenario.time.steps());
    const double moves_a_year =
        estimate.agents > 0 ? estimate.moves_per_step / scenario.time.years(Step{0}) / estimate.agents : 0;
    const double share = -math::expm1(-moves_a_year * years);
    estimate.bytes_per_mover = simulation.population().layout().bytes();
    estimate.movers_at_start = persons.movers / scenario.persons_per_agent;
    estimate.movers_at_end = estimate.movers_at_start + (estimate.agents - estimate.movers_at_start) * share;
    const double entries = entries_to_expect(scenario, sketch.variant()) / scenario.persons_per_agent;
    if (std::isfinite(entries)) estimate.movers_at_end += entries;
    const double more = estimate.movers_at_end - estimate.movers_at_start / sketch.scale();
    estimate.bytes += more * static_cast<double>(estimate.bytes_per_mover) * unused_room;
    estimate.bytes += blocks_to_come(sketch, estimate) * bytes_of_block(simulation.population().layout());
  }
  estimate.bytes = std::max(estimate.bytes, until_now);
  return estimate;
}

}  // namespace sojourn
