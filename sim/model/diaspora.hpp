#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/ids.hpp"

namespace sojourn {

/// The foreign-born by residence and birth, in agents. The diagonal (people in their region of birth) is 0.
/// There may be one region of birth more than of residence: outside.
class DiasporaStock {
 public:
  DiasporaStock() = default;
  explicit DiasporaStock(std::size_t regions) : DiasporaStock(regions, regions) {}
  DiasporaStock(std::size_t regions, std::size_t births)
      : births_(births), stock_(regions * births), changes_(regions) {}

  [[nodiscard]] std::int64_t at(Region residence, Region birth) const {
    return stock_[residence.index() * births_ + birth.index()];
  }
  /// Adds agents (or takes them, if negative). Those in their region of birth are no diaspora and not
  /// counted.
  void add(Region residence, Region birth, std::int64_t agents) {
    if (residence == birth) return;
    stock_[residence.index() * births_ + birth.index()] += agents;
    ++changes_[residence.index()];
  }
  /// Counts up whenever the stock of a residence is changed.
  [[nodiscard]] std::uint64_t changes(Region residence) const { return changes_[residence.index()]; }
  /// All of it: [residence][birth].
  [[nodiscard]] std::span<const std::int64_t> all() const { return stock_; }

 private:
  std::size_t births_ = 0;
  std::vector<std::int64_t> stock_;
  std::vector<std::uint64_t> changes_;
};

}  // namespace sojourn
