#pragma once

#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::plain {

/// Days of a step on which the same policies are in force: their share of all, and one of them.
struct Days {
  double share = 0;
  Date one;
};

/// Knows who may go where on a day, from what the scenario and a variant's policies say of doors.
class Doorkeeper {
 public:
  /// Both must outlive it. A variant without policies is the scenario as written.
  Doorkeeper(const Scenario& scenario, const Variant& variant);

  [[nodiscard]] std::vector<Days> days(Date from, Date to) const;
  [[nodiscard]] bool lets_move(const Stream& stream, Region origin, Region destination, Group group,
                               Date day) const;
  [[nodiscard]] bool lets_out(const Outflow& outflow, Region origin, Group group, Date day) const;

 private:
  /// Those in force on a day, the last that counts first.
  [[nodiscard]] std::vector<const Door*> doors_on(Date day) const;

  const Scenario* scenario_;
  const Variant* variant_;
  bool has_doors_;
};

}  // namespace sojourn::plain
