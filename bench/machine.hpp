#pragma once

#include <cstddef>

namespace sojourn::bench {

/// What the memory of this machine can do, on huge pages where it grants them.

/// Random read-modify-writes of 16 bytes a second, independent of each other, over `bytes`, by each of
/// `threads` together.
[[nodiscard]] double random_updates_per_second(std::size_t bytes, unsigned threads, bool prefetching);
/// Bytes a second read in order over `bytes`, by one thread.
[[nodiscard]] double sequential_bytes_per_second(std::size_t bytes);

/// Processor time of the process so far.
[[nodiscard]] double cpu_seconds();
/// Seconds of a clock that never goes back.
[[nodiscard]] double wall_seconds();
/// How many processors others kept busy, on average, while this process ran: 0 on a machine that is free.
class OthersBusy {
 public:
  OthersBusy();
  /// Since it was made.
  [[nodiscard]] double get() const;

 private:
  double busy_;
  double own_;
  double wall_;
};

}  // namespace sojourn::bench
