#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/prefetch.hpp"
#include "sim/base/random.hpp"

namespace sojourn {

/// How many of n independent trials succeed, each with probability p in [0, 1]. Exact for every n: inversion
/// below a mean of 10, the transformed rejection of Hormann (1993) above.
[[nodiscard]] std::int64_t draw_binomial(std::int64_t n, double p, RandomNumbers& random);

/// How many of `draws` agents drawn without replacement from `all` are of the `marked` ones among them.
/// Exact: agent by agent, of the smallest of the four groups that tell the number.
[[nodiscard]] std::int64_t draw_hypergeometric(std::int64_t all, std::int64_t marked, std::int64_t draws,
                                               RandomNumbers& random);

/// A Poisson number with this mean (0 or more, below 1e15). Exact: inversion below a mean of 10, the
/// transformed rejection of Hormann (1993, algorithm PTRS) above.
[[nodiscard]] std::int64_t draw_poisson(double mean, RandomNumbers& random);

/// The moment of the first event of a Poisson process of this rate, above 0, given that there is one before
/// `end`: exponential, cut off there. In [0, end], in the unit of `end`.
[[nodiscard]] double draw_moment(double rate, double end, RandomNumbers& random);

/// Rounds non-negative weights to whole numbers with these means (systematic sampling, one random number):
/// weight i becomes its floor or its ceiling, and every partial sum does too. A total within 1e-6 of a whole
/// number is kept exactly.
[[nodiscard]] std::vector<std::int64_t> round_systematically(std::span<const double> weights,
                                                             RandomNumbers& random);

/// Draws from a fixed discrete distribution in constant time (Walker 1977, set up like Vose 1991).
class AliasTable {
 public:
  AliasTable() = default;
  /// Weights are finite and non-negative; at least one is positive.
  explicit AliasTable(std::span<const double> weights) { rebuild(weights); }
  /// Allocates nothing if the table had as many slots before.
  void rebuild(std::span<const double> weights);

  [[nodiscard]] std::size_t size() const { return slots_.size(); }
  [[nodiscard]] std::size_t bytes() const { return slots_.capacity() * sizeof(Slot); }
  [[nodiscard]] std::size_t draw(RandomNumbers& random) const { return at(random.bits()); }
  /// Asks for the memory that `at` will look at.
  void ask(std::uint64_t bits) const {
    __extension__ using Wide = unsigned __int128;
    prefetch(slots_.data() + static_cast<std::uint64_t>((Wide{bits} * slots_.size()) >> 64));
  }
  /// The probability of each entry, as `draw` draws it.
  [[nodiscard]] std::vector<double> probabilities() const;

  /// The entry to which 64 random bits lead. Of their product with the number n of slots, 128 bits long, the
  /// upper 64 bits are the slot and the lower ones the place within it, in steps of n / 2^64. So the
  /// probability of a slot, and of each of its two parts, is off by less than 2^-64 (relative to 1 / n: by
  /// n / 2^64), which is below what the weights lose as doubles.
  [[nodiscard]] std::size_t at(std::uint64_t bits) const {
    __extension__ using Wide = unsigned __int128;
    const Wide product = Wide{bits} * slots_.size();
    const auto slot = static_cast<std::uint64_t>(product >> 64);
    const std::uint64_t place = static_cast<std::uint64_t>(product) >> 1;
    // Neither number is above 2^63, so the sign of their difference tells which is less; a branch would be
    // foreseen wrongly half of the time.
    const std::uint64_t own = 0 - ((place - slots_[slot].keep) >> 63);
    const std::uint64_t alias = slots_[slot].alias;
    return alias ^ ((alias ^ slot) & own);
  }

 private:
  struct Slot {
    /// The share of the slot that is its own, in 2^-63: a double below 1 becomes a whole number by one
    /// instruction that knows signed numbers only. While the table is built: the bits of the entry's mass.
    std::uint64_t keep = 0;
    /// Whose the rest is.
    std::uint32_t alias = 0;
    /// Only while the table is built: entries below the average from the left, the others from the right.
    std::uint32_t order = 0;
  };
  std::vector<Slot> slots_;
};

}  // namespace sojourn
