#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sim/scenario/hazard.hpp"

namespace sojourn {

/// A group into which someone is born, and the probability of it.
struct GroupShare {
  Group group;
  double probability = 0;
};

/// Births: a hazard of those who bear children, which does not compete with what else may happen to them.
struct Births {
  Position where;
  Who who;
  Hazard hazard;
  /// By group of the parent: the groups that its children may have, but for births and citizenships.
  /// Probabilities sum to 1.
  std::vector<std::vector<GroupShare>> newborn;
  /// Whether children have the citizenship of their parent; if not, that of the region they are born in.
  bool citizenship_is_inherited = false;
};

/// Deaths, a hazard of everybody.
struct Deaths {
  Who who;
  Hazard hazard;
};

/// Births and deaths, as far as the scenario has them.
struct Demography {
  std::optional<Births> births;
  std::optional<Deaths> deaths;
};

}  // namespace sojourn
