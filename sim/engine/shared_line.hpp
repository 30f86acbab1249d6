#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/model/limit_ledger.hpp"

namespace sojourn {

/// Where agents stand in the line of an office. Those of one place are served at random.
struct LineUp {
  std::size_t priority = 0;
  std::uint32_t entry = 0;

  friend auto operator<=>(const LineUp&, const LineUp&) = default;
};

/// Those who wait at one of several offices that draw on the same limits: how many stand where, and what each
/// of them draws.
struct SharedLine {
  LimitCase one;
  std::map<LineUp, std::int64_t> places{};
  /// How many of them, from the first on, are to be served.
  std::int64_t served = 0;
};

/// Says how many of each line are served: of all lines together those of the first place first, and of one
/// place anybody. A line whose next one finds no room ends there, and the others go on. Takes from the limits
/// what they draw.
void share_out(std::vector<SharedLine>& lines, LimitLedger& ledger, RandomNumbers& random);

}  // namespace sojourn
