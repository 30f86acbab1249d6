#include "sim/reading/forms/people_set.hpp"

#include <algorithm>
#include <functional>

namespace sojourn {

namespace {

using Flags = std::vector<bool>;

bool any(const Flags& flags) {
  return std::any_of(flags.begin(), flags.end(), [](bool flag) { return flag; });
}

Flags both(const Flags& one, const Flags& other) {
  Flags flags(one.size());
  std::transform(one.begin(), one.end(), other.begin(), flags.begin(), std::logical_and<>());
  return flags;
}

Flags without(const Flags& flags, const Flags& others) {
  Flags rest(flags.size());
  std::transform(flags.begin(), flags.end(), others.begin(), rest.begin(),
                 [](bool flag, bool other) { return flag && !other; });
  return rest;
}

bool has_older(const PeopleSet& set, const PeopleSet& others) { return set.age_to > others.age_to; }
bool has_younger(const PeopleSet& set, const PeopleSet& others) { return set.age_from < others.age_from; }

/// By what there are people of `set` who are not among `others`.
std::vector<std::string_view> differences(const PeopleSet& set, const PeopleSet& others) {
  std::vector<std::string_view> keys;
  if (any(without(set.groups, others.groups))) keys.emplace_back("attributes");
  if (has_older(set, others) || has_younger(set, others)) keys.emplace_back("age");
  if (any(without(set.residences, others.residences))) keys.emplace_back("residence");
  if ((set.native && !others.native) || (set.foreign && !others.foreign)) keys.emplace_back("foreign_born");
  if ((set.citizens && !others.citizens) || (set.aliens && !others.aliens)) {
    keys.emplace_back("citizenship of the residence");
  }
  return keys;
}

}  // namespace

PeopleSet everybody(std::size_t groups, std::size_t regions) {
  PeopleSet set;
  set.groups.assign(groups, true);
  set.residences.assign(regions, true);
  return set;
}

bool is_empty(const PeopleSet& set) {
  // Of a scenario whose regions are wrong nothing is known.
  const bool nowhere = !set.residences.empty() && !any(set.residences);
  return !any(set.groups) || nowhere || set.age_from >= set.age_to || (!set.native && !set.foreign) ||
         (!set.citizens && !set.aliens);
}

PeopleSet intersection(const PeopleSet& one, const PeopleSet& other) {
  return {.groups = both(one.groups, other.groups),
          .residences = both(one.residences, other.residences),
          .age_from = std::max(one.age_from, other.age_from),
          .age_to = std::min(one.age_to, other.age_to),
          .native = one.native && other.native,
          .foreign = one.foreign && other.foreign,
          .citizens = one.citizens && other.citizens,
          .aliens = one.aliens && other.aliens};
}

std::vector<std::string_view> subtract(PeopleSet& set, const PeopleSet& others) {
  if (is_empty(intersection(set, others))) return {};
  std::vector<std::string_view> keys = differences(set, others);
  if (keys.size() > 1) return keys;
  if (keys.empty()) {
    set.groups.assign(set.groups.size(), false);
  } else if (keys[0] == "attributes") {
    set.groups = without(set.groups, others.groups);
  } else if (keys[0] == "residence") {
    set.residences = without(set.residences, others.residences);
  } else if (keys[0] == "foreign_born") {
    set.native = set.native && !others.native;
    set.foreign = set.foreign && !others.foreign;
  } else if (keys[0] == "citizenship of the residence") {
    set.citizens = set.citizens && !others.citizens;
    set.aliens = set.aliens && !others.aliens;
  } else if (has_older(set, others) && has_younger(set, others)) {
    return keys;
  } else if (has_older(set, others)) {
    set.age_from = others.age_to;
  } else {
    set.age_to = others.age_from;
  }
  return {};
}

Who who_of(const PeopleSet& set) {
  Who who;
  who.groups = set.groups;
  if (is_empty(set)) who.groups.assign(set.groups.size(), false);
  who.residences = set.residences;
  who.age_from = set.age_from;
  who.age_to = set.age_to;
  if (set.native != set.foreign) who.foreign_born = set.foreign;
  if (set.citizens != set.aliens) who.foreign_citizen = set.aliens;
  return who;
}

}  // namespace sojourn
