#pragma once

#include "sim/input/mistakes.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Adds to the mistakes what no section of a scenario can say alone. All references of the scenario are
/// right.
void check_model(const Scenario& scenario, Mistakes& mistakes);

/// Streams that can never move anybody, and what of their destinations has no meaning.
void check_streams(const Scenario& scenario, Mistakes& mistakes);

/// Transitions that can never happen to anybody.
void check_transitions(const Scenario& scenario, Mistakes& mistakes);

/// Limits of one office that a policy changes in some regions only, and runs of too many steps.
void check_queues(const Scenario& scenario, Mistakes& mistakes);

/// Amounts of one limit that a policy changes in some regions only, limits that leave what is unused to one
/// that cannot take it, and streams that draw on places which none of their movers takes.
void check_limits(const Scenario& scenario, Mistakes& mistakes);

/// Outflows of nobody, and inflows of ages that nobody can have.
void check_outside(const Scenario& scenario, Mistakes& mistakes);

/// Schedules whose mean is to be 1 over too few persons, or over people of whom all have the value 0.
void check_schedules(const Scenario& scenario, Mistakes& mistakes);

/// Births, and deaths by age, with steps above a year.
void check_long_steps(const Scenario& scenario, Mistakes& mistakes);

/// Doors in nobody's way; and what policies open that is open anyway.
void check_doors(const Scenario& scenario, Mistakes& mistakes);

/// Two policies of a variant that set the same number on the same days, or of which one closes what the other
/// opens, where the order of the list does not tell which is meant.
void check_conflicts(const Scenario& scenario, Mistakes& mistakes);

/// Derived factors that need each other in the same step. Whether there are none.
bool check_derivation_order(const Scenario& scenario, Mistakes& mistakes);

}  // namespace sojourn
