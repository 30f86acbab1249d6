#include "sim/scenario/door.hpp"

#include <algorithm>

namespace sojourn {

namespace {

using Flags = std::vector<bool>;

/// Of flags of which none mean all.
bool cover_all_of(const Flags& wide, const Flags& narrow) {
  if (wide.empty()) return true;
  if (narrow.empty()) return std::find(wide.begin(), wide.end(), false) == wide.end();
  for (std::size_t i = 0; i < narrow.size(); ++i) {
    if (narrow[i] && !wide[i]) return false;
  }
  return true;
}

/// Of flags of which none mean none.
bool include(const Flags& wide, const Flags& narrow) {
  for (std::size_t i = 0; i < narrow.size(); ++i) {
    if (narrow[i] && (i >= wide.size() || !wide[i])) return false;
  }
  return true;
}

bool share_any(const Flags& one, const Flags& other) {
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    if (one[i] && other[i]) return true;
  }
  return false;
}

bool may_meet(const Flags& one, const Flags& other) {
  return one.empty() || other.empty() || share_any(one, other);
}

bool has(const std::vector<Corridor>& corridors, const Corridor& corridor) {
  return corridors.empty() || std::binary_search(corridors.begin(), corridors.end(), corridor);
}

}  // namespace

bool Door::stands(Region origin, Region destination, Group group) const {
  return is_for(group) && is_at_origin(origin) && is_at_destination(destination) &&
         has(corridors, {origin, destination});
}

bool covers(const Door& wide, const Door& narrow) {
  if (!include(wide.streams, narrow.streams) || !include(wide.inflows, narrow.inflows) ||
      !include(wide.outflows, narrow.outflows) || !cover_all_of(wide.groups, narrow.groups))
    return false;
  if (narrow.corridors.empty()) {
    return wide.corridors.empty() && cover_all_of(wide.origins, narrow.origins) &&
           cover_all_of(wide.destinations, narrow.destinations);
  }
  return std::all_of(narrow.corridors.begin(), narrow.corridors.end(), [&](const Corridor& one) {
    const bool is_its_own = narrow.is_at_origin(one.origin) && narrow.is_at_destination(one.destination);
    return !is_its_own || (wide.is_at_origin(one.origin) && wide.is_at_destination(one.destination) &&
                           has(wide.corridors, one));
  });
}

bool meet(const Door& one, const Door& other) {
  const bool same_way = share_any(one.streams, other.streams) || share_any(one.inflows, other.inflows) ||
                        share_any(one.outflows, other.outflows);
  if (!same_way || !may_meet(one.groups, other.groups) || !may_meet(one.origins, other.origins) ||
      !may_meet(one.destinations, other.destinations))
    return false;
  if (one.corridors.empty() && other.corridors.empty()) return true;
  const Door& listed = one.corridors.empty() ? other : one;
  const Door& of = one.corridors.empty() ? one : other;
  return std::any_of(listed.corridors.begin(), listed.corridors.end(), [&](const Corridor& corridor) {
    return of.is_at_origin(corridor.origin) && of.is_at_destination(corridor.destination) &&
           has(of.corridors, corridor);
  });
}

}  // namespace sojourn
