#include "sim/engine/memory.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/machine_memory.hpp"
#include "sim/base/math.hpp"
#include "sim/engine/flow_tally.hpp"
#include "sim/engine/move.hpp"
#include "sim/engine/outlook.hpp"
#include "sim/model/population.hpp"

namespace sojourn {

namespace {

/// What writes the file, and reads it again to sum it up; measured.
constexpr double output_bytes = 10e6;
/// What a thread holds besides its lists; measured.
constexpr double thread_bytes = 0.7e6;
/// Agents are drawn at random, rates differ within a region, and lists have ends.
constexpr double margin = 1.06;
/// Regions grow and shrink, and an outbox keeps the memory of its largest step.
constexpr double uneven = 1.2;

double number(std::size_t count) { return static_cast<double>(count); }

/// So many things are thrown into so many places at random: how many places are hit. Where some places are
/// likelier than others it is fewer.
double places_hit(double places, double things) {
  return places > 0 ? -places * math::expm1(-things / places) : 0;
}

/// What records and the blocks that they lie in will take when there are most of them.
double bytes_of_records(const Scenario& scenario, const RecordLayout& layout, double movers) {
  const double keys = number(layout.key_count()) / (layout.needs().hazard_by_home ? 1 : 2);
  const double blocks = places_hit(number(scenario.cell_count()) * keys, movers);
  // Its last chunk is half empty on average, and sometimes a spare one is kept; the block, in a list that
  // doubles; the list of its chunks, which malloc rounds up; its key.
  constexpr double unused_chunks = 0.75;
  constexpr double room_in_list = 1.5;
  constexpr double list = 80;
  const double bytes = unused_chunks * number(chunk_bytes_of(layout)) + room_in_list * sizeof(Block) + list;
  return movers * number(layout.bytes()) + blocks * bytes;
}

/// What a step needs to draw events and to deliver them.
double bytes_of_step(const Scenario& scenario, const RecordLayout& layout, const RunOutlook& outlook,
                     unsigned threads) {
  const HistoryNeeds& needs = layout.needs();
  const double luggage = needs.usual || needs.citizenship ? sizeof(Luggage) : 0;
  // Who came within the last twelve months is taken back.
  const double a_year = outlook.most_moves / outlook.most_agents / scenario.time.years(Step{0});
  const double recent = needs.usual && outlook.most_agents > 0 ? -math::expm1(-a_year) : 0;
  const double each = uneven * (sizeof(Move) + luggage + recent * sizeof(TakenBack));
  // Moves of an outbox to one destination have a bundle, and a parcel that is made of it; in lists that
  // double.
  constexpr double bundle = 2 * sizeof(Bundle) + 48;
  const double corridors = number(scenario.region_count()) * number(scenario.region_count());
  const double outboxes = outlook.most_moves * each + 1.5 * outlook.most_changes * sizeof(ChangedRecord) +
                          places_hit(corridors, outlook.most_moves) * bundle;
  // Each thread works on one part: moves unsorted, their destinations, and the candidates among records.
  constexpr double candidate = 32;
  const double part = std::max(8192.0, outlook.most_moves * outlook.largest_share);
  const double drawing =
      sizeof(Move) + sizeof(Region) + luggage + (needs.records() ? candidate * outlook.hazard_of_move : 0);
  const double parts = std::min<double>(threads, std::max(1.0, outlook.most_moves / part));
  return outboxes + parts * std::min(part, outlook.most_moves) * drawing;
}

/// One record of everything that is written, and what waits of others.
double bytes_of_output(const Scenario& scenario, const Simulation& simulation, const RunOutlook& outlook) {
  const OutputRequest& output = scenario.output;
  const double regions = number(scenario.region_count());
  const double steps = number(scenario.time.steps());
  const auto records = [&](std::size_t every) { return std::max(1.0, std::floor(steps / number(every))); };
  double record = 0;
  double table = 0;
  double all = 0;
  const auto add = [&](double values, std::size_t every) {
    record += values * sizeof(std::int64_t);
    all += values * sizeof(std::int64_t) * records(every);
  };
  const double ages = output.stock_by_age ? number(output.age_from.size()) : 1;
  const double combinations = number(combination_count(scenario.groups, output.stock_attributes));
  const double kinds = 3 + number(outcome_count(scenario) + scenario.inflows.size() + exit_count(scenario) +
                                  10 * scenario.queues.size());
  add(regions * combinations * (2 * ages + kinds), output.every);
  for (const auto& every :
       {output.relocations_every, output.usual_every, output.diaspora_every, output.citizens_every}) {
    if (every) add(regions * regions, *every);
  }
  double tables = 0;
  const FlowTally& flows = simulation.flow_tally();
  const double corridors =
      regions * (regions - 1) * number(scenario.streams.size()) * number(flows.detail_count());
  if (flows.is_dense()) {
    add(corridors, output.every);
  } else {
    const double moves = outlook.most_moves * number(std::min(output.every, scenario.time.steps()));
    const double rows = places_hit(corridors, moves);
    const double columns = 5 + number(output.flow_attributes.size()) + (output.flow_by_age ? 1.0 : 0.0);
    add(rows * columns, output.every);
    table = rows * columns * sizeof(std::int64_t);
    // Counted, and not yet counted; and as rows.
    constexpr double counted = 32;
    tables = rows * (counted + sizeof(FlowTally::Row));
  }
  constexpr double waiting = 4.2e6;
  // And the numbers of a record as the file has them.
  return tables + record + std::min(all - record, std::max(record, waiting)) + (record - table) / 2;
}

/// What sums the file up when all people are gone: corridors in use, each with its numbers by stream.
double bytes_of_summary(const Scenario& scenario, const RunOutlook& outlook) {
  constexpr double corridor = 150;
  constexpr double of_stream = 56;
  const double regions = number(scenario.region_count());
  return places_hit(regions * (regions - 1), outlook.all_moves) *
         (corridor + of_stream * number(scenario.streams.size()));
}

/// What the sketch holds beside what the run will: people of the start, twice.
double bytes_of_copy(const StartPopulation& start) {
  return number(start.stayers.size()) * sizeof(double) + number(start.movers.size()) * sizeof(MoverRow);
}

}  // namespace

MemoryEstimate estimate_memory(const StartSketch& sketch) {
  const Scenario& scenario = sketch.scenario();
  const Simulation& simulation = sketch.simulation();
  const RunOutlook outlook = foretell(sketch);
  // That of the sketch is cut for fewer people.
  const RecordLayout layout(scenario);
  MemoryEstimate estimate;
  estimate.agents = outlook.agents;
  estimate.moves_per_step = outlook.moves;
  // The sketch has as many cells, cohorts, rows of destinations and corridors as the run.
  estimate.bytes = static_cast<double>(resident_memory()) + output_bytes + thread_bytes * sketch.threads();
  double more = bytes_of_step(scenario, layout, outlook, sketch.threads());
  estimate.bytes -= bytes_of_copy(scenario.population);
  if (layout.needs().records()) {
    estimate.bytes_per_mover = layout.bytes();
    estimate.movers_at_start = outlook.movers_at_start;
    estimate.movers_at_end = outlook.movers_at_end;
    more += bytes_of_records(scenario, layout, outlook.most_movers) -
            number(simulation.population().movers().bytes());
  }
  estimate.bytes += std::max(margin * more + bytes_of_output(scenario, simulation, outlook),
                             bytes_of_summary(scenario, outlook));
  estimate.bytes = std::max(estimate.bytes, static_cast<double>(peak_memory()));
  return estimate;
}

}  // namespace sojourn
