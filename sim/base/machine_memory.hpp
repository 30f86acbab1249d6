#pragma once

#include <cstdint>

namespace sojourn {

/// The most memory that this process has held so far, in bytes; 0 where the system does not say.
[[nodiscard]] std::int64_t peak_memory();

/// The memory that this process holds now, in bytes; 0 where the system does not say.
[[nodiscard]] std::int64_t resident_memory();

/// Memory that programs can still get without others being swapped out, in bytes; 0 where the system does not
/// say.
[[nodiscard]] std::int64_t available_memory();

}  // namespace sojourn
