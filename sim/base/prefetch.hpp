#pragma once

namespace sojourn {

/// Asks for the memory at `place` to be brought near, without waiting for it. As an instruction of its own
/// and not as
/// __builtin_prefetch, because GCC 12 takes a function that only prefetches for one without effect and drops
/// its calls.
inline void prefetch(const void* place) {
  asm volatile("prefetcht0 %0" : : "m"(*static_cast<const char*>(place)));
}

}  // namespace sojourn
