#pragma once

#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/engine/move.hpp"
#include "sim/engine/parts.hpp"
#include "sim/engine/usual_tally.hpp"
#include "sim/model/choice.hpp"
#include "sim/model/hazard.hpp"
#include "sim/model/population.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What a step needs to know to draw the events of all agents.
struct StepContext {
  const Scenario& scenario;
  RunKey key;
  Step step;
  /// Length of the step.
  double years = 0;
  /// First step of the running interval of relocations, and the first cohort of those born since its start.
  Step census;
  std::size_t first_born_since_census = 0;
  const Hazards& hazards;
  const LineSums& sums;
  const std::vector<Choice>& choices;
  /// What is counted by the twelve-month rule, if that is asked for.
  const UsualTally& usual;
};

/// Draws who has an event in this step, takes them out of the population and draws where they go. One outbox
/// for each part, in the order of the parts; the same for any number of threads.
void draw_events(const StepContext& context, const std::vector<Part>& parts, Population& population,
                 std::vector<Outbox>& outboxes, Workers& workers, bool in_parallel);

}  // namespace sojourn
