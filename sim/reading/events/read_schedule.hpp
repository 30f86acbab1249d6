#pragma once

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_reference.hpp"
#include "sim/scenario/stream.hpp"

namespace sojourn {

struct ScheduleRead {
  AgeSchedule schedule;
  ReferenceRead over{};
};

/// The key `age` of a hazard: how the hazard varies with age.
[[nodiscard]] ScheduleRead read_schedule(Reader& reader, const Node& node);

/// The key `stay` of a hazard: how it varies with years since arrival.
[[nodiscard]] StayTable read_stay(Reader& reader, const Node& node);

}  // namespace sojourn
