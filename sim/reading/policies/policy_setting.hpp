#pragma once

#include <optional>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/groups.hpp"
#include "sim/scenario/stream.hpp"

namespace sojourn {

/// What policies refer to.
struct PolicySetting {
  const Geography& geography;
  const Groups& groups;
  const FactorSet& factors;
  const ParameterSet& parameters;
  /// Names of streams, inflows and outflows, and of people.
  const Setting& events;
  const std::vector<Stream>& streams;
  /// The ends of the run as the file describes it; nothing where the section `time` is wrong.
  std::optional<Date> start;
  std::optional<Date> end;
};

}  // namespace sojourn
