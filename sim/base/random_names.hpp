#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>

#include "sim/base/random.hpp"

namespace sojourn {

/// Which names of random numbers a run has opened. Two streams of one name would be the same numbers, and
/// what is drawn from them not independent: a mistake that no output shows. A run whose key has a log fails
/// there. For tests: the log takes a lock and some 100 bytes for each name.
class RandomNameLog {
 public:
  /// Throws `std::logic_error` if the name was opened before under the same seed and replicate, or if its
  /// part reaches into the bits of the process. Any thread may call it.
  void open(const RunKey& key, const RandomName& name);

  /// Names opened so far.
  [[nodiscard]] std::size_t size() const;

 private:
  /// What the numbers are a function of: seed, replicate, step, region, and process with part.
  using Words = std::array<std::uint32_t, 5>;

  mutable std::mutex mutex_;
  std::set<Words> opened_;
};

}  // namespace sojourn
