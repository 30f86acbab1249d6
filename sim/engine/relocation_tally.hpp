#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/ids.hpp"

namespace sojourn {

/// Relocations of the running interval: agents by residence at its start and now, where the two differ. Kept
/// up move by move, so that no census has to visit the agents who did not move. Arrivals and departures of
/// different regions may be added by different threads.
class RelocationTally {
 public:
  RelocationTally() = default;
  explicit RelocationTally(std::size_t regions)
      : regions_(regions), in_(regions * regions), out_(regions * regions) {}

  [[nodiscard]] bool asked_for() const { return regions_ > 0; }

  /// Someone who had moved since the start of the interval leaves `residence`, or dies there. `census`: its
  /// residence at the start; no region for who was nowhere then, and relocates nowhere.
  void depart(Region residence, Region census) {
    if (census.index() < regions_) ++out_[residence.index() * regions_ + census.index()];
  }
  void arrive(Region destination, Region census) {
    if (census.index() < regions_) ++in_[destination.index() * regions_ + census.index()];
  }

  /// [residence at the start][residence now]; the diagonal is 0.
  [[nodiscard]] std::vector<std::int64_t> counts() const {
    std::vector<std::int64_t> result(regions_ * regions_);
    for (std::size_t now = 0; now < regions_; ++now) {
      for (std::size_t before = 0; before < regions_; ++before) {
        const std::size_t i = now * regions_ + before;
        if (now != before) result[before * regions_ + now] = in_[i] - out_[i];
      }
    }
    return result;
  }

  [[nodiscard]] std::size_t bytes() const {
    return (in_.capacity() + out_.capacity()) * sizeof(std::int64_t);
  }

  void clear() {
    in_.assign(in_.size(), 0);
    out_.assign(out_.size(), 0);
  }

 private:
  std::size_t regions_ = 0;
  /// [residence][residence at the start]: who came to a residence, and who of them left it again.
  std::vector<std::int64_t> in_;
  std::vector<std::int64_t> out_;
};

}  // namespace sojourn
