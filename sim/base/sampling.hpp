#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/random.hpp"

namespace sojourn {

/// How many of n independent trials succeed, each with probability p in [0, 1]. Exact for every n: inversion
/// below a mean of 10, the transformed rejection of Hormann (1993) above.
[[nodiscard]] std::int64_t draw_binomial(std::int64_t n, double p, RandomNumbers& random);

/// Rounds non-negative weights to whole numbers with these means (systematic sampling, one random number):
/// weight i becomes its floor or its ceiling, and every partial sum does too. A total within 1e-6 of a whole
/// number is kept exactly.
[[nodiscard]] std::vector<std::int64_t> round_systematically(std::span<const double> weights,
                                                             RandomNumbers& random);

/// Draws from a fixed discrete distribution in constant time (Walker 1977, set up as Vose 1991).
class AliasTable {
 public:
  AliasTable() = default;
  /// Weights are finite and non-negative; at least one is positive.
  explicit AliasTable(std::span<const double> weights) { rebuild(weights); }
  void rebuild(std::span<const double> weights);

  [[nodiscard]] std::size_t size() const { return slots_.size(); }
  [[nodiscard]] std::size_t bytes() const { return slots_.capacity() * sizeof(Slot); }
  [[nodiscard]] std::size_t draw(RandomNumbers& random) const {
    const std::size_t slot = random.below(slots_.size());
    return random.uniform() < slots_[slot].keep ? slot : slots_[slot].alias;
  }

 private:
  struct Slot {
    double keep = 1;
    std::uint32_t alias = 0;
  };
  std::vector<Slot> slots_;
};

}  // namespace sojourn
