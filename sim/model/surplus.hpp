#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/model/diaspora.hpp"
#include "sim/model/numbers.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What the diaspora adds to the weights of destinations: exp(sum of coefficient * transform(persons)) - 1 by
/// region of birth and destination, where persons are those born there who live at the destination, or their
/// ratio to a factor. Kept until a stock, coefficient or such a factor changes, and computed anew for what
/// has changed alone.
class DiasporaSurplus {
 public:
  DiasporaSurplus() = default;
  DiasporaSurplus(const Scenario& scenario, std::vector<const DiasporaTerm*> terms, const Numbers& start);

  [[nodiscard]] bool empty() const { return terms_.empty(); }
  /// Always of the same `Numbers` and stock, in agents.
  void update(const Numbers& now, const DiasporaStock& stock, Workers& workers);

  /// Whether coefficients differ by origin now: then there are no rows, and `log_multiplier` is all there is.
  [[nodiscard]] bool by_corridor() const { return by_corridor_; }
  /// Surplus by destination for those born in a region.
  [[nodiscard]] const double* row(Region birth, Group group) const {
    return surplus_.data() + (class_of(group) * births_ + birth.index()) * regions_;
  }
  /// Whether all of a row are weights that can be drawn from: finite, and none below 0.
  [[nodiscard]] bool is_plain(Region birth, Group group) const {
    return !by_corridor_ && plain_[class_of(group) * births_ + birth.index()] != 0;
  }
  /// Counts up when any surplus of those born in a region has changed.
  [[nodiscard]] std::uint64_t version(Region birth) const { return versions_[birth.index()]; }

  [[nodiscard]] std::size_t bytes() const {
    return surplus_.capacity() * sizeof(double) + plain_.capacity() +
           seen_stock_.capacity() * sizeof(std::int64_t);
  }

  /// The diaspora's part of a utility. Its coefficients are looked up for the corridor.
  [[nodiscard]] double log_multiplier(Region origin, Region destination, Region birth, Group group) const;

 private:
  [[nodiscard]] std::vector<std::uint64_t> versions_of_numbers() const;
  [[nodiscard]] std::size_t class_of(Group group) const { return by_group_ ? group.index() : 0; }
  void update_row(Region birth, const std::vector<Region>& changed, bool all);

  std::size_t regions_ = 0;
  std::size_t births_ = 0;
  std::size_t classes_ = 1;
  double persons_per_agent_ = 1;
  bool by_group_ = false;
  bool by_corridor_ = false;
  std::vector<const DiasporaTerm*> terms_;
  const Numbers* numbers_ = nullptr;
  const DiasporaStock* stock_ = nullptr;

  /// [class][birth][destination], and [class][birth].
  std::vector<double> surplus_;
  std::vector<std::uint8_t> plain_;
  /// By birth.
  std::vector<std::uint64_t> versions_;
  /// What the rows were computed from: [birth][destination], changes of the stock by destination, and
  /// versions of coefficients and factors.
  std::vector<std::int64_t> seen_stock_;
  std::vector<std::uint64_t> seen_changes_;
  std::vector<std::uint64_t> seen_numbers_;
};

}  // namespace sojourn
