#include "sim/model/limit_ledger.hpp"

#include <algorithm>
#include <cmath>

namespace sojourn {

namespace {

/// A draw that only rounding keeps from fitting does fit.
constexpr double rounding_slack = 1e-6;

/// An amount beyond all sense is as good as none, and sums with it stay exact enough.
constexpr double most_units = 1e12;

}  // namespace

LimitLedger::LimitLedger(const Scenario& scenario)
    : scenario_(&scenario),
      turned_away_(scenario.region_count() * scenario.streams.size()),
      entries_turned_away_(scenario.region_count() * scenario.inflows.size()) {
  std::size_t places = 0;
  for (std::size_t l = 0; l < scenario.limits.size(); ++l) {
    first_place_.push_back(places);
    places += count(l);
    has_places_ = has_places_ || is_of_places(l);
  }
  first_place_.push_back(places);
  places_.resize(places);
}

std::size_t LimitLedger::count(std::size_t limit) const {
  switch (scenario_->limits[limit].for_each) {
    case Limit::ForEach::all:
      break;
    case Limit::ForEach::region:
      return scenario_->region_count();
    case Limit::ForEach::citizenship:
      return scenario_->citizenship_count();
    case Limit::ForEach::pair:
      return scenario_->region_count() * scenario_->region_count();
  }
  return 1;
}

LimitLedger::Opening LimitLedger::opening(const Limit& limit, Step step) const {
  if (limit.period == Period::step) return {};
  const TimeGrid& time = scenario_->time;
  const auto period_at = [&](std::size_t boundary) {
    return period_of(limit.period, time.boundary(boundary));
  };
  const std::size_t here = step.index();
  const std::int64_t periods = period_at(here + 1) - period_at(here);
  return {here == 0 || period_at(here) != period_at(here - 1),
          static_cast<double>(std::max<std::int64_t>(1, periods))};
}

double LimitLedger::amount_at(std::size_t limit, std::size_t place) const {
  const Limit& of = scenario_->limits[limit];
  const std::size_t regions = scenario_->region_count();
  const auto value = [&](const Field& field) {
    if (of.for_each == Limit::ForEach::pair)
      return field.at(Region{place / regions}, Region{place % regions}, Group{});
    // Citizens of no region have no number of their own.
    const bool has_none = place >= regions && field.places == FactorPlaces::region;
    return has_none ? 0.0 : field.at(Region{place}, Group{});
  };
  double amount = value(numbers_->parameter(of.amount->rate));
  if (of.amount->rate_factor) amount *= value(numbers_->factor(*of.amount->rate_factor));
  return std::clamp(amount, 0.0, most_units);
}

double LimitLedger::room(std::size_t place) const {
  const Place& at = places_[place];
  return at.credit + at.granted - at.used;
}

void LimitLedger::end_period(std::size_t limit, std::size_t place) {
  Place& at = places_[first_place_[limit] + place];
  const double left = std::max(0.0, room(first_place_[limit] + place));
  const bool is_credit = left + rounding_slack < at.wanted;
  const double rest = is_credit ? 0 : left;
  at.credit = left - rest;
  const auto& other = scenario_->limits[limit].unused;
  if (other) {
    const bool one_for_all = count(other->index()) == 1;
    places_[first_place_[other->index()] + (one_for_all ? 0 : place)].given += rest;
    at.passed_on += rest;
  } else {
    at.account.lost += rest;
    at.total.lost += rest;
  }
}

void LimitLedger::begin_period(Place& place) {
  place.granted = 0;
  place.used = 0;
  place.wanted = 0;
  place.from_others = place.given;
  place.given = 0;
}

void LimitLedger::grant(std::size_t limit, std::size_t place, const Opening& opening) {
  Place& at = places_[first_place_[limit] + place];
  const double amount = amount_at(limit, place) * opening.periods + at.from_others;
  // What is used already was given, whatever a policy says later.
  const double granted = std::max(amount, at.used - at.credit);
  at.account.amount += granted - at.granted;
  at.total.amount += granted - at.granted;
  at.granted = granted;
}

void LimitLedger::begin_step(Step step, const Numbers& numbers) {
  numbers_ = &numbers;
  std::vector<Opening> openings;
  openings.reserve(scenario_->limits.size());
  for (const Limit& limit : scenario_->limits) openings.push_back(opening(limit, step));
  const auto for_each_place = [&](const auto& use) {
    for (std::size_t l = 0; l < openings.size(); ++l) {
      if (is_meter(l) || is_of_places(l)) continue;
      for (std::size_t p = 0; p < count(l); ++p) use(l, p);
    }
  };
  // What a period leaves may be for one that begins at the same time.
  for_each_place([&](std::size_t limit, std::size_t place) {
    if (openings[limit].begins && step.index() > 0) end_period(limit, place);
  });
  for_each_place([&](std::size_t limit, std::size_t place) {
    if (openings[limit].begins) begin_period(places_[first_place_[limit] + place]);
    grant(limit, place, openings[limit]);
  });
  for (std::size_t l = 0; l < openings.size(); ++l) {
    for (std::size_t p = 0; is_of_places(l) && p < count(l); ++p)
      places_[first_place_[l] + p].granted = amount_at(l, p);
  }
}

bool LimitLedger::occupies(std::size_t limit, Region region, Group group) const {
  const Who& who = *scenario_->limits[limit].occupants;
  return region.index() < who.residences.size() && who.residences[region.index()] &&
         who.groups[group.index()];
}

void LimitLedger::set_occupants(std::span<const std::int64_t> agents) {
  const std::size_t groups = scenario_->groups.count();
  for (std::size_t l = 0; l < scenario_->limits.size(); ++l) {
    if (!is_of_places(l)) continue;
    for (std::size_t p = 0; p < count(l); ++p) places_[first_place_[l] + p].used = 0;
    for (std::size_t cell = 0; cell < agents.size(); ++cell) {
      const Region region{cell / groups};
      if (!occupies(l, region, Group{cell % groups})) continue;
      places_[first_place_[l] + (count(l) == 1 ? 0 : region.index())].used +=
          static_cast<double>(agents[cell]) * scenario_->persons_per_agent;
    }
  }
}

std::size_t LimitLedger::place_of(std::size_t limit, const LimitCase& one) const {
  std::size_t place = 0;
  switch (scenario_->limits[limit].for_each) {
    case Limit::ForEach::all:
      break;
    case Limit::ForEach::region:
      place = one.destination.index();
      break;
    case Limit::ForEach::citizenship:
      place = one.citizenship.index();
      break;
    case Limit::ForEach::pair:
      place = one.origin.index() * scenario_->region_count() + one.destination.index();
      break;
  }
  return first_place_[limit] + place;
}

double LimitLedger::wants(const Draw& draw, const LimitCase& one) const {
  return numbers_->parameter(draw.amount).at(one.destination, Group{}) * scenario_->persons_per_agent;
}

void LimitLedger::move_occupants(const LimitCase& one, double agents) {
  for (std::size_t l = 0; has_places_ && l < scenario_->limits.size(); ++l) {
    if (!is_of_places(l)) continue;
    const bool by_region = count(l) > 1;
    const auto add = [&](Region region, Group group, double number) {
      if (!occupies(l, region, group)) return;
      places_[first_place_[l] + (by_region ? region.index() : 0)].used +=
          number * scenario_->persons_per_agent;
    };
    add(one.origin, one.leaves_as, -agents);
    add(one.destination, one.arrives_as, agents);
  }
}

/// Who lives in such a place has one already.
bool LimitLedger::has_place(std::size_t limit, const LimitCase& one) const {
  return is_of_places(limit) && occupies(limit, one.origin, one.leaves_as) &&
         (count(limit) == 1 || one.origin == one.destination);
}

/// Whom the amount does not limit: there is none, or it takes no place of those that there are.
bool LimitLedger::is_free(std::size_t limit, const LimitCase& one) const {
  return is_meter(limit) || (is_of_places(limit) && !occupies(limit, one.destination, one.arrives_as));
}

bool LimitLedger::fits(const Draw& draw, const LimitCase& one) const {
  const std::size_t limit = draw.limit.index();
  if (is_free(limit, one)) return true;
  double has = room(place_of(limit, one));
  if (has_place(limit, one)) has += scenario_->persons_per_agent;
  return wants(draw, one) <= has + rounding_slack;
}

bool LimitLedger::has_room(const LimitCase& one) const {
  return std::all_of(one.draws.begin(), one.draws.end(), [&](const Draw& draw) { return fits(draw, one); });
}

bool LimitLedger::admit(const LimitCase& one) {
  bool all_fit = true;
  for (const Draw& draw : one.draws) {
    if (fits(draw, one)) continue;
    all_fit = false;
    Place& at = places_[place_of(draw.limit.index(), one)];
    const double wanted = wants(draw, one);
    at.wanted = at.wanted > 0 ? std::min(at.wanted, wanted) : wanted;
  }
  if (all_fit) take(one, 1);
  return all_fit;
}

void LimitLedger::take(const LimitCase& one, double agents) {
  for (const Draw& draw : one.draws) {
    if (is_of_places(draw.limit.index())) continue;
    Place& at = places_[place_of(draw.limit.index(), one)];
    const double drawn = wants(draw, one) * agents;
    at.used += drawn;
    at.account.used += drawn;
    at.total.used += drawn;
  }
  move_occupants(one, agents);
}

std::int64_t LimitLedger::admit_many(const LimitCase& one, std::int64_t agents, Refusal refusal) {
  auto fitting = static_cast<double>(agents);
  for (const Draw& draw : one.draws) {
    const std::size_t limit = draw.limit.index();
    const double wanted = wants(draw, one);
    if (is_free(limit, one) || has_place(limit, one) || wanted <= 0) continue;
    fitting = std::min(fitting, std::floor((room(place_of(limit, one)) + rounding_slack) / wanted));
  }
  fitting = std::max(0.0, fitting);
  take(one, fitting);
  const auto admitted = static_cast<std::int64_t>(fitting);
  // The next one finds no room, and says what it wanted.
  if (refusal == Refusal::noted && admitted < agents && admit(one)) give_back(one, 1);
  return admitted;
}

void LimitLedger::give_back(const LimitCase& one, std::int64_t agents) {
  take(one, -static_cast<double>(agents));
}

void LimitLedger::end_step() {
  ++steps_;
  for (std::size_t l = 0; l < scenario_->limits.size(); ++l) {
    if (!is_of_places(l)) continue;
    for (std::size_t p = first_place_[l]; p < first_place_[l + 1]; ++p) {
      places_[p].account.amount += places_[p].granted;
      places_[p].account.used += places_[p].used;
    }
  }
}

std::vector<LimitLedger::Account> LimitLedger::accounts() const {
  std::vector<Account> all;
  for (std::size_t l = 0; l < scenario_->limits.size(); ++l) {
    for (std::size_t p = first_place_[l]; p < first_place_[l + 1]; ++p) {
      Account account = places_[p].account;
      if (is_of_places(l) && steps_ > 0) {
        account.amount /= steps_;
        account.used /= steps_;
      }
      all.push_back(account);
    }
  }
  return all;
}

void LimitLedger::forget() {
  steps_ = 0;
  for (Place& place : places_) place.account = {};
  turned_away_.assign(turned_away_.size(), 0);
  entries_turned_away_.assign(entries_turned_away_.size(), 0);
}

bool LimitLedger::is_balanced() const {
  for (std::size_t l = 0; l < scenario_->limits.size(); ++l) {
    if (is_meter(l) || is_of_places(l)) continue;
    for (std::size_t p = first_place_[l]; p < first_place_[l + 1]; ++p) {
      const Account& all = places_[p].total;
      const double accounted = all.used + all.lost + places_[p].passed_on + room(p);
      const double size = std::max({1.0, all.amount, all.used});
      if (room(p) < -rounding_slack || std::abs(all.amount - accounted) > 1e-9 * size + rounding_slack)
        return false;
    }
  }
  return true;
}

}  // namespace sojourn
