#pragma once

#include <string>
#include <vector>

#include "sim/input/mistakes.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The groups in which somebody is at the start, or comes by a stream, a transition or from outside,
/// or is born.
[[nodiscard]] std::vector<bool> reachable_groups(const Scenario& scenario);

/// Whether anybody is, or can become, a mover: hazards of movers alone need some to begin with.
[[nodiscard]] bool are_movers(const Scenario& scenario);

/// Adds a mistake where nobody can ever be among those that a hazard concerns. `of`: whose hazard it is, such
/// as `stream 'labour'`; `reached`: the groups that somebody can ever be in.
void check_who(const Scenario& scenario, const std::string& of, const Who& who,
               const std::vector<bool>& reached, const Position& where, Mistakes& mistakes);

/// Adds a mistake where a hazard is of the foreign-born or of foreign citizens, and nobody ever is.
void check_movers(const Scenario& scenario, const std::string& of, const Who& who, const Position& where,
                  Mistakes& mistakes);

}  // namespace sojourn
