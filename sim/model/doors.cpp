#include "sim/model/doors.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace sojourn {

namespace {

/// Whether doors do the same in the same order.
bool alike(const std::vector<const Door*>& some, const std::vector<const Door*>& others) {
  return std::equal(some.begin(), some.end(), others.begin(), others.end(),
                    [](const Door* one, const Door* other) { return are_alike(*one, *other); });
}

/// Adds a door to those in force, unless it does nothing; takes out those that it leaves nothing of.
void add_in_force(const Door& door, std::vector<const Door*>& doors) {
  doors.erase(std::remove_if(doors.begin(), doors.end(), [&](const Door* one) { return covers(door, *one); }),
              doors.end());
  const bool opens_what_is_open =
      !door.closes && std::none_of(doors.begin(), doors.end(),
                                   [&](const Door* one) { return one->closes && meet(door, *one); });
  if (!opens_what_is_open) doors.push_back(&door);
}

/// Whether the last of those that stand in the way closes it.
template <class Stands>
bool closes(const std::vector<const Door*>& doors, const Stands& stands) {
  const auto last =
      std::find_if(doors.rbegin(), doors.rend(), [&](const Door* door) { return stands(*door); });
  return last != doors.rend() && (*last)->closes;
}

/// 1 itself where nothing is closed, however shares round.
template <class Stands>
double share_open(const std::vector<DoorState>& states, const Stands& stands) {
  double share = 0;
  bool any_closed = false;
  for (const DoorState& state : states) {
    const bool closed = closes(state.doors, stands);
    any_closed = any_closed || closed;
    if (!closed) share += state.share;
  }
  return any_closed ? share : 1;
}

}  // namespace

bool DoorState::is_closed(Region origin, Region destination, Group group) const {
  return closes(doors, [&](const Door& door) { return door.stands(origin, destination, group); });
}

bool DoorState::is_closed_by_destination() const {
  return std::any_of(doors.begin(), doors.end(),
                     [](const Door* door) { return door->is_narrowed_by_destination(); });
}

Doors::Doors(const Scenario& scenario, const Variant& variant)
    : scenario_(&scenario),
      first_inflow_(scenario.streams.size()),
      first_outflow_(first_inflow_ + scenario.inflows.size()),
      ways_(first_outflow_ + scenario.outflows.size()) {
  for (const Door& door : scenario.closed) add({&door});
  for (const PolicyId id : variant.policies) {
    const Policy& policy = scenario.policies[id.index()];
    for (const Door& door : policy.doors) add({&door, policy.from, policy.until});
  }
}

void Doors::add(const Timed& timed) {
  const auto add_to = [&](const std::vector<bool>& flags, std::size_t first) {
    for (std::size_t i = 0; i < flags.size(); ++i) {
      if (flags[i]) ways_[first + i].doors.push_back(timed);
    }
  };
  add_to(timed.door->streams, 0);
  add_to(timed.door->inflows, first_inflow_);
  add_to(timed.door->outflows, first_outflow_);
}

void Doors::update(Date from, Date to) {
  for (Way& way : ways_) {
    if (way.doors.empty()) continue;
    if (way.known && way.known->first <= from && to <= way.known->second) continue;
    way.known = same_between(way, from, to);
    std::vector<DoorState> now = states(way, from, to);
    const bool same = std::equal(now.begin(), now.end(), way.states.begin(), way.states.end(),
                                 [](const DoorState& one, const DoorState& other) {
                                   return one.share == other.share && alike(one.doors, other.doors);
                                 });
    if (same) continue;
    way.states = std::move(now);
    ++way.version;
  }
}

/// The longest time around the step in which no door closes or opens; nothing if one does within the step.
std::optional<std::pair<Date, Date>> Doors::same_between(const Way& way, Date from, Date to) {
  std::pair<Date, Date> same{Date::min(), Date::max()};
  for (const Timed& timed : way.doors) {
    for (const std::optional<Date>& date : {timed.from, timed.until}) {
      if (!date) continue;
      if (*date > from && *date < to) return std::nullopt;
      if (*date <= from) same.first = std::max(same.first, *date);
      if (*date >= to) same.second = std::min(same.second, *date);
    }
  }
  return same;
}

void Doors::open_all() {
  for (Way& way : ways_) {
    way.states = {DoorState{}};
    way.known = std::nullopt;
    ++way.version;
  }
}

std::vector<DoorState> Doors::states(const Way& way, Date from, Date to) {
  std::set<Date> cuts = {from, to};
  for (const Timed& timed : way.doors) {
    for (const std::optional<Date>& date : {timed.from, timed.until}) {
      if (date && *date > from && *date < to) cuts.insert(*date);
    }
  }
  std::vector<DoorState> states;
  for (auto cut = cuts.begin(); std::next(cut) != cuts.end(); ++cut) {
    const double days = to_days(*std::next(cut)) - to_days(*cut);
    std::vector<const Door*> doors;
    for (const Timed& timed : way.doors) {
      const bool in_force = (!timed.from || *timed.from <= *cut) && (!timed.until || *cut < *timed.until);
      if (in_force) add_in_force(*timed.door, doors);
    }
    const auto same = std::find_if(states.begin(), states.end(),
                                   [&](const DoorState& state) { return alike(state.doors, doors); });
    if (same != states.end()) {
      same->share += days;
    } else {
      states.push_back({days, std::move(doors)});
    }
  }
  for (DoorState& state : states) state.share /= to_days(to) - to_days(from);
  return states;
}

std::optional<StreamId> Doors::find(const Stream& stream) const {
  const Stream* const first = scenario_->streams.data();
  const Stream* const last = first + scenario_->streams.size();
  if (std::less<>{}(&stream, first) || !std::less<>{}(&stream, last)) return std::nullopt;
  return StreamId{static_cast<std::size_t>(&stream - first)};
}

std::vector<std::uint32_t> Doors::classes_of_groups(StreamId stream) const {
  const std::vector<Timed>& doors = ways_[stream.index()].doors;
  const bool any =
      std::any_of(doors.begin(), doors.end(), [](const Timed& timed) { return !timed.door->groups.empty(); });
  std::vector<std::uint32_t> classes;
  if (!any) return classes;
  std::map<std::vector<bool>, std::uint32_t> known;
  for (std::size_t g = 0; g < scenario_->groups.count(); ++g) {
    std::vector<bool> concerned;
    concerned.reserve(doors.size());
    for (const Timed& timed : doors) concerned.push_back(timed.door->is_for(Group{g}));
    const auto next = static_cast<std::uint32_t>(known.size());
    classes.push_back(known.emplace(std::move(concerned), next).first->second);
  }
  return classes;
}

double Doors::open_share(StreamId stream, Region origin, Region destination, Group group) const {
  return share_open(ways_[stream.index()].states,
                    [&](const Door& door) { return door.stands(origin, destination, group); });
}

bool Doors::is_by_destination(StreamId stream) const {
  const std::vector<DoorState>& states = ways_[stream.index()].states;
  return std::any_of(states.begin(), states.end(),
                     [](const DoorState& state) { return state.is_closed_by_destination(); });
}

double Doors::open_share(OutflowId outflow, Region origin, Group group) const {
  return share_open(way(outflow).states,
                    [&](const Door& door) { return door.is_at_origin(origin) && door.is_for(group); });
}

double Doors::open_share_of_inflow(std::size_t inflow, Region destination) const {
  return share_open(ways_[first_inflow_ + inflow].states,
                    [&](const Door& door) { return door.is_at_destination(destination); });
}

}  // namespace sojourn
