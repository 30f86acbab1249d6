#pragma once

#include "sim/engine/part_work.hpp"

namespace sojourn {

/// Draws where those of the room who move go, by random numbers of their own. Those whose stream leads to
/// their region of birth, or to the one lived in before, know it already.
void choose_destinations(const PartWork& work);
/// The same by these random numbers, and those of `doors` where doors open or close within the step.
void choose_destinations(const PartWork& work, RandomNumbers& random, Process doors);

}  // namespace sojourn
