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

/// Lets lists of a mebibyte and more go back to the system as soon as they are freed, always. As it is built,
/// glibc's malloc keeps them once a few were freed, up to 64 MiB for each thread, and how much of that is
/// used again is chance: then nobody could foretell what a run will need.
void give_back_large_lists();

}  // namespace sojourn
