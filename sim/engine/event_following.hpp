#pragma once

#include <span>

#include "sim/engine/part_work.hpp"

namespace sojourn {

/// Lets those whose group changes live on in their new state for what is left of the step: each change has a
/// moment, after which the agent is exposed to the hazards of its new group, as often as need be. A move or
/// an exit ends its step. All numbers are those of the step. Only those of the outbox's changes are looked
/// at, so that the cost follows events. With random numbers of its own: first events are the same without it.
void follow_changes(const PartWork& work);

/// One who asked for a move and was turned away.
struct TurnedAway {
  Move move;
  Request request;
};

/// Lets those who were turned away live on for what is left of the step, in which they ask for nothing more
/// that draws on limits: else nothing but the office's answer would tell how many die or change. Moves of
/// theirs get a destination. By the random numbers of the work.
void follow_turned_away(const PartWork& work, std::span<const TurnedAway> turned_away);

}  // namespace sojourn
