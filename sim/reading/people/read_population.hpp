#pragma once

#include "sim/input/reader.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/scenario/population.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/stream.hpp"

namespace sojourn {

[[nodiscard]] KeyMap population_map();

/// What streams and output ask of agents, and the population must therefore give.
struct PopulationUses {
  bool ages = false;
  bool stay = false;
  bool previous = false;
};

[[nodiscard]] PopulationUses population_uses(const std::vector<Stream>& streams, const Demography& demography,
                                             const std::vector<Transition>& transitions,
                                             const std::vector<Queue>& queues,
                                             const std::vector<Outflow>& outflows,
                                             const OutputRequest& output);

/// The section `population`.
[[nodiscard]] StartPopulation read_population(Reader& reader, const Node& section, const Setting& setting,
                                              const PopulationUses& uses);

}  // namespace sojourn
