#pragma once

#include <optional>

#include "sim/base/calendar.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/groups.hpp"

namespace sojourn {

/// What policies refer to.
struct PolicySetting {
  const Geography& geography;
  const Groups& groups;
  const FactorSet& factors;
  const ParameterSet& parameters;
  /// The ends of the run as the file describes it; nothing where the section `time` is wrong.
  std::optional<Date> start;
  std::optional<Date> end;
};

}  // namespace sojourn
