#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sim/base/calendar.hpp"
#include "sim/input/reader.hpp"

namespace sojourn {

/// The steps of the run, and the end that the file itself gives: a policy may start after an end that was
/// brought forward on the command line.
struct RunTime {
  TimeGrid grid;
  Date written_end;
};

[[nodiscard]] KeyMap time_map();

/// The section `time`; `until` (a step boundary, as text) replaces its end. Nothing if there is a mistake in
/// it.
[[nodiscard]] std::optional<RunTime> read_time(Reader& reader, const Node& section,
                                               const std::optional<std::string>& until);

/// How many steps a duration is. A mistake, and nothing, unless each of its multiples within the run is a
/// step boundary; nothing where the time is not known.
[[nodiscard]] std::optional<std::size_t> read_steps(Reader& reader, const Node& node, std::string_view what,
                                                    const std::optional<TimeGrid>& time);

}  // namespace sojourn
