#include "bench/plain/doorkeeper.hpp"

#include <algorithm>
#include <cstddef>

namespace sojourn::plain {

Doorkeeper::Doorkeeper(const Scenario& scenario, const Variant& variant)
    : scenario_(&scenario),
      variant_(&variant),
      has_doors_(!scenario.closed.empty() ||
                 std::any_of(variant.policies.begin(), variant.policies.end(),
                             [&](PolicyId id) { return !scenario.policies[id.index()].doors.empty(); })) {}

std::vector<Days> Doorkeeper::days(Date from, Date to) const {
  std::vector<Date> cuts = {from, to};
  for (const PolicyId id : variant_->policies) {
    const Policy& policy = scenario_->policies[id.index()];
    if (policy.doors.empty()) continue;
    if (policy.from > from && policy.from < to) cuts.push_back(policy.from);
    if (policy.until && *policy.until > from && *policy.until < to) cuts.push_back(*policy.until);
  }
  std::sort(cuts.begin(), cuts.end());
  std::vector<Days> days;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const auto length = static_cast<double>((cuts[i + 1] - cuts[i]).count());
    if (length > 0) days.push_back({length / static_cast<double>((to - from).count()), cuts[i]});
  }
  return days;
}

std::vector<const Door*> Doorkeeper::doors_on(Date day) const {
  std::vector<const Door*> doors;
  doors.reserve(scenario_->closed.size());
  for (const Door& door : scenario_->closed) doors.push_back(&door);
  for (const PolicyId id : variant_->policies) {
    const Policy& policy = scenario_->policies[id.index()];
    if (day < policy.from || (policy.until && day >= *policy.until)) continue;
    for (const Door& door : policy.doors) doors.push_back(&door);
  }
  std::reverse(doors.begin(), doors.end());
  return doors;
}

bool Doorkeeper::lets_move(const Stream& stream, Region origin, Region destination, Group group,
                           Date day) const {
  if (!has_doors_) return true;
  const auto number = static_cast<std::size_t>(&stream - scenario_->streams.data());
  for (const Door* door : doors_on(day)) {
    if (number < door->streams.size() && door->streams[number] && door->stands(origin, destination, group))
      return !door->closes;
  }
  return true;
}

bool Doorkeeper::lets_out(const Outflow& outflow, Region origin, Group group, Date day) const {
  const auto number = static_cast<std::size_t>(&outflow - scenario_->outflows.data());
  for (const Door* door : doors_on(day)) {
    if (number < door->outflows.size() && door->outflows[number] && door->is_at_origin(origin) &&
        door->is_for(group))
      return !door->closes;
  }
  return true;
}

}  // namespace sojourn::plain
