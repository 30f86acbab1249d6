#pragma once

#include <cstddef>

#include "sim/base/calendar.hpp"

namespace sojourn {

/// Whole calendar years from `from` to `to`: anniversaries of `from`, that of 29 February being 28 February
/// in other years, which lie after it and not after `to`. 0 if `to` is earlier.
[[nodiscard]] std::size_t whole_years(Date from, Date to);

/// Anniversaries of the start of a run up to the middle of a step.
[[nodiscard]] std::size_t whole_years(const TimeGrid& time, Step step);

/// Whether `to` is an anniversary of `from`.
[[nodiscard]] bool is_anniversary(Date from, Date to);

}  // namespace sojourn
