#pragma once

#include <cstddef>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/drawing_rooms.hpp"
#include "sim/engine/line_sums.hpp"
#include "sim/engine/move.hpp"
#include "sim/engine/parts.hpp"
#include "sim/engine/usual_tally.hpp"
#include "sim/model/choice.hpp"
#include "sim/model/event_kind.hpp"
#include "sim/model/hazard.hpp"
#include "sim/model/outcome_choice.hpp"
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
  /// Those of the scenario, by `ChangeId`.
  const std::vector<GroupChange>& changes;
  /// What events come to, and by which numbers.
  const OutcomeChoice& outcomes;
  const Numbers& numbers;
  /// Whether movers take tickets along.
  bool stays_on_moves = false;
};

/// The work on one part of a region in one step: what is known, what is changed, and the random numbers that
/// decide who has which event, in the order of the line.
struct PartWork {
  const StepContext& context;
  const Part& part;
  Population& population;
  Outbox& outbox;
  DrawingRoom& room;
  RandomNumbers& random;
  OutcomeDraws& outcomes;

  [[nodiscard]] std::size_t cell(Group group) const { return population.cell(part.region, group); }
  /// Whether movers take anything along beside their moves.
  [[nodiscard]] bool has_luggage() const {
    return context.usual.asked_for() || population.layout().needs().citizenship || context.stays_on_moves;
  }
};

}  // namespace sojourn
