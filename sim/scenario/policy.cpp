#include "sim/scenario/policy.hpp"

#include <algorithm>

namespace sojourn {

double share_in_force(const Policy& policy, const Change& change, Date from, Date to) {
  const Date begin = std::max(from, policy.from);
  const Date end = policy.until ? std::min(to, *policy.until) : to;
  if (end <= begin) return 0;
  const Date full = change.ramp ? advance(policy.from, *change.ramp) : policy.from;
  double days_in_force = 0;
  if (begin < full) {
    // The integral of (t - policy.from) / (full - policy.from) up to the end of the ramp.
    const double u = to_days(begin) - to_days(policy.from);
    const double v = to_days(std::min(end, full)) - to_days(policy.from);
    days_in_force += (v * v - u * u) / (2 * (to_days(full) - to_days(policy.from)));
  }
  if (full < end) days_in_force += to_days(end) - to_days(std::max(begin, full));
  return days_in_force / (to_days(to) - to_days(from));
}

double changed(double x, const Change& change, double share) {
  const bool sets_what_is_there = change.kind == Change::Kind::set && change.amount == x;
  if (share == 0 || sets_what_is_there) return x;  // the second: -0 must not become +0
  switch (change.kind) {
    case Change::Kind::set:
      // Wholly in force it is the amount itself; x + (amount - x) would round.
      return share == 1 ? change.amount : x + share * (change.amount - x);
    case Change::Kind::add:
      // Adding 0 would turn -0 into +0.
      return change.amount == 0 ? x : x + share * change.amount;
    case Change::Kind::scale:
      break;
  }
  return share == 1 ? x * change.amount : x * (1 + share * (change.amount - 1));
}

}  // namespace sojourn
