#pragma once

#include <string>
#include <vector>

#include "sim/scenario/hazard.hpp"

namespace sojourn {

/// A change of one attribute's value that happens to agents where they live: registration, a decision on
/// asylum, employment.
struct Transition {
  std::string name;
  Position where;
  /// Never those who have the value already.
  Who who;
  Hazard hazard;
  /// The group of each group afterwards.
  std::vector<Group> becomes;
};

}  // namespace sojourn
