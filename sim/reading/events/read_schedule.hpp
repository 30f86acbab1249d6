#pragma once

#include <array>
#include <string_view>

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_reference.hpp"
#include "sim/scenario/stream.hpp"

namespace sojourn {

struct ScheduleRead {
  AgeSchedule schedule;
  ReferenceRead over{};
};

/// Schedules that need no map.
inline constexpr std::array<std::string_view, 2> whole_schedules{"flat", "rogers_castro"};

/// The map that the key `age` of a hazard may be, of whatever kind.
[[nodiscard]] KeyMap schedule_map();
/// The seven parameters of a schedule of Rogers and Castro.
[[nodiscard]] KeyMap rogers_castro_map();
/// An item of the key `stay` of a hazard.
[[nodiscard]] KeyMap stay_map();

/// The key `age` of a hazard: how the hazard varies with age.
[[nodiscard]] ScheduleRead read_schedule(Reader& reader, const Node& node);

/// The key `stay` of a hazard: how it varies with years since arrival.
[[nodiscard]] StayTable read_stay(Reader& reader, const Node& node);

}  // namespace sojourn
