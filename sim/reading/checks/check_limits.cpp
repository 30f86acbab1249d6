#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/math.hpp"
#include "sim/base/text.hpp"
#include "sim/reading/checks/check.hpp"

namespace sojourn {

namespace {

/// A policy would change the amount of the one limit for some regions.
void check_one_amount(const Scenario& scenario, const Limit& limit, Mistakes& mistakes) {
  if (!limit.amount || limit.for_each != Limit::ForEach::all) return;
  for (const Policy& policy : scenario.policies) {
    for (const Change& change : policy.changes) {
      const auto* parameter = std::get_if<ParameterId>(&change.target);
      if (parameter == nullptr || *parameter != limit.amount->rate || change.places.empty()) continue;
      mistakes.add(change.where,
                   fmt::format("the limit {} has one amount for all regions", in_quotes(limit.name)),
                   "a change without 'regions', or a limit with 'for_each: region'");
    }
  }
}

void check_unused(const Scenario& scenario, const Limit& limit, Mistakes& mistakes) {
  if (!limit.unused) return;
  const Limit& other = scenario.limits[limit.unused->index()];
  const std::string of =
      fmt::format("what limit {} leaves cannot go to {}", in_quotes(limit.name), in_quotes(other.name));
  if (!other.amount || other.occupants) {
    mistakes.add(limit.where, of + ", which has no periods", "a limit with an amount in a period");
  } else if (other.unit != limit.unit) {
    mistakes.add(limit.where, fmt::format("{}, which is in {}", of, in_quotes(other.unit)),
                 fmt::format("a limit with 'unit: {}'", limit.unit));
  } else if (other.for_each != Limit::ForEach::all && other.for_each != limit.for_each) {
    mistakes.add(limit.where, of + ", which has other places", "the same 'for_each', or one for all");
  }
}

/// Citizens of no region have no number of a factor over regions.
void check_citizens(const Scenario& scenario, const Limit& limit, Mistakes& mistakes) {
  const bool has_others = scenario.citizenship_count() > scenario.region_count();
  if (limit.for_each != Limit::ForEach::citizenship || !has_others) return;
  if (!limit.amount) return;
  for (const Policy& policy : scenario.policies) {
    for (const Change& change : policy.changes) {
      const auto* target = std::get_if<ParameterId>(&change.target);
      if (target == nullptr || *target != limit.amount->rate || change.places.empty()) continue;
      mistakes.add(
          change.where,
          fmt::format("policy {} changes limit {} for some citizenships alone, and there are citizens of "
                      "no region",
                      in_quotes(policy.name), in_quotes(limit.name)),
          "the same change for all, without 'regions'");
    }
  }
  if (!limit.amount->rate_factor) return;
  const Factor& factor = scenario.factors[limit.amount->rate_factor->index()];
  if (factor.places == FactorPlaces::everywhere) return;
  mistakes.add(
      limit.where,
      fmt::format("factor {} has no amount for those who are citizens of no region", in_quotes(factor.name)),
      "an amount that is the same for all, or an inflow that is 'born' in a region");
}

/// What a person takes of places is one of them. Whether the limit is of places.
bool check_places_drawn(const Scenario& scenario, const Draw& draw, Mistakes& mistakes) {
  const Limit& limit = scenario.limits[draw.limit.index()];
  if (!limit.occupants) return false;
  const Parameter& amount = scenario.parameters[draw.amount.index()];
  if (amount.by_group != std::vector<double>{1.0}) {
    mistakes.add(amount.where, fmt::format("a person takes one place of {}", in_quotes(limit.name)), "1");
  }
  return true;
}

void check_draw(const Scenario& scenario, const Inflow& inflow, const Draw& draw, Mistakes& mistakes) {
  const Limit& limit = scenario.limits[draw.limit.index()];
  const Parameter& amount = scenario.parameters[draw.amount.index()];
  if (limit.for_each == Limit::ForEach::pair) {
    mistakes.add(amount.where,
                 fmt::format("limit {} is for each pair of regions, and who comes from outside has no origin",
                             in_quotes(limit.name)),
                 "a limit for all, for each region or for each citizenship");
  }
  if (!check_places_drawn(scenario, draw, mistakes)) return;
  const bool any = std::any_of(inflow.groups.begin(), inflow.groups.end(), [&](const GroupShare& share) {
    return share.probability > 0 && limit.occupants->groups[share.group.index()];
  });
  if (any) return;
  mistakes.add(amount.where,
               fmt::format("nobody who enters by inflow {} takes a place of {}", in_quotes(inflow.name),
                           in_quotes(limit.name)),
               "an inflow of those of 'occupied'");
}

/// All who wait for a transition are alike to the limits on which it draws.
void check_draw(const Scenario& scenario, const Queue& queue, const Draw& draw, Mistakes& mistakes) {
  const Limit& limit = scenario.limits[draw.limit.index()];
  const Parameter& amount = scenario.parameters[draw.amount.index()];
  if (limit.for_each == Limit::ForEach::pair || limit.for_each == Limit::ForEach::citizenship) {
    mistakes.add(
        amount.where,
        fmt::format("limit {} is for each {}, and an office is of a region or of all", in_quotes(limit.name),
                    limit.for_each == Limit::ForEach::pair ? "pair" : "citizenship"),
        "a limit for all or for each region");
  }
  if (!check_places_drawn(scenario, draw, mistakes)) return;
  const Transition& transition = scenario.transitions[queue.transition.index()];
  if (!transition.outcomes.empty()) {
    mistakes.add(amount.where,
                 fmt::format("a decision that comes to several things cannot take a place of {}",
                             in_quotes(limit.name)),
                 "a transition without 'outcomes'");
    return;
  }
  const std::vector<bool>& occupants = limit.occupants->groups;
  if (transition.naturalises && scenario.groups.citizenships().differ()) {
    mistakes.add(amount.where,
                 fmt::format("transition {} makes citizens, and cannot take a place of {}",
                             in_quotes(queue.name), in_quotes(limit.name)),
                 "a transition without 'citizenship', and another one that naturalises");
    return;
  }
  for (std::size_t g = 0; g < transition.who.groups.size(); ++g) {
    if (!transition.who.groups[g] || (!occupants[g] && occupants[transition.becomes[g].index()])) continue;
    mistakes.add(amount.where,
                 fmt::format("not all whom transition {} concerns come to be those of 'occupied' by it",
                             in_quotes(queue.name)),
                 "a transition that makes them so, of people who are not");
    return;
  }
}

bool has_choice(const Stream& stream) {
  const ChoiceSet& set = stream.destination.choice_set;
  return !std::holds_alternative<BirthRegion>(set) && !std::holds_alternative<PreviousRegion>(set);
}

void check_otherwise(const Scenario& scenario, const Stream& stream, Mistakes& mistakes) {
  const Otherwise& otherwise = stream.otherwise;
  const Stream& other =
      otherwise.kind == Otherwise::Kind::stream ? scenario.streams[otherwise.stream.index()] : stream;
  if (otherwise.kind == Otherwise::Kind::stay || has_choice(other)) return;
  mistakes.add(stream.where,
               fmt::format("who is turned away from stream {} has no other destination by stream {}",
                           in_quotes(stream.name), in_quotes(other.name)),
               "a stream whose destinations are chosen, or 'otherwise: stay'");
}

void check_draw(const Scenario& scenario, const Stream& stream, const Draw& draw, Mistakes& mistakes) {
  if (!check_places_drawn(scenario, draw, mistakes)) return;
  const Limit& limit = scenario.limits[draw.limit.index()];
  const Parameter& amount = scenario.parameters[draw.amount.index()];
  bool any = false;
  for (std::size_t g = 0; g < stream.becomes.size(); ++g)
    any = any || (stream.who.groups[g] && limit.occupants->groups[stream.becomes[g].index()]);
  if (any) return;
  mistakes.add(amount.where,
               fmt::format("nobody who moves by stream {} takes a place of {}", in_quotes(stream.name),
                           in_quotes(limit.name)),
               "a stream after which people are those of 'occupied'");
}

/// The largest rate at which an occupant leaves a place by this, as written; 0 where a factor gives it.
double rate_of_leaving(const Scenario& scenario, const Limit& limit, const Who& who, const Hazard& hazard,
                       const std::vector<Group>* becomes) {
  if (hazard.rate_factor) return 0;
  const std::vector<double>& by_group = scenario.parameters[hazard.rate.index()].by_group;
  double most = 0;
  for (std::size_t g = 0; g < who.groups.size(); ++g) {
    if (!who.groups[g] || !limit.occupants->groups[g]) continue;
    if (becomes != nullptr && limit.occupants->groups[(*becomes)[g].index()]) continue;
    most = std::max(most, by_group[by_group.size() == 1 ? 0 : g]);
  }
  bool any = false;
  for (std::size_t r = 0; r < who.residences.size(); ++r)
    any = any || (who.residences[r] && limit.occupants->residences[r]);
  return any ? most : 0;
}

/// Who comes while places become free in the same step may be turned away for want of them.
void warn_of_turnover(const Scenario& scenario, const Limit& limit, Mistakes& mistakes) {
  if (!limit.occupants) return;
  constexpr double much = 0.1;
  const auto rate_of = [&](const auto& thing, const std::vector<Group>* becomes) {
    return rate_of_leaving(scenario, limit, thing.who, thing.hazard, becomes);
  };
  const std::vector<bool>& regions = limit.occupants->residences;
  const bool may_move_within = limit.for_each == Limit::ForEach::all &&
                               std::find(regions.begin(), regions.end(), false) == regions.end();
  double rate = 0;
  for (const Stream& stream : scenario.streams)
    rate += rate_of(stream, may_move_within ? &stream.becomes : nullptr);
  for (const Transition& transition : scenario.transitions) {
    if (!transition.queue) rate += rate_of(transition, &transition.becomes);
  }
  for (const Outflow& outflow : scenario.outflows) rate += rate_of(outflow, nullptr);
  const double share = -math::expm1(-rate * scenario.time.years(Step{0}));
  if (share <= much) return;
  mistakes.warn({.id = "places-turn-over",
                 .where = limit.where,
                 .what = fmt::format("{:.0f} % of the places of {} become free in a step of {}", 100 * share,
                                     in_quotes(limit.name), to_string(scenario.time.step_length())),
                 .may_mean = "too many are turned away, who would have found a place within the step",
                 .how_meant = "write shorter steps"});
}

}  // namespace

void check_limits(const Scenario& scenario, Mistakes& mistakes) {
  for (const Limit& limit : scenario.limits) {
    check_one_amount(scenario, limit, mistakes);
    check_unused(scenario, limit, mistakes);
    check_citizens(scenario, limit, mistakes);
    warn_of_turnover(scenario, limit, mistakes);
  }
  for (const Stream& stream : scenario.streams) {
    check_otherwise(scenario, stream, mistakes);
    for (const Draw& draw : stream.draws) check_draw(scenario, stream, draw, mistakes);
  }
  for (const Queue& queue : scenario.queues) {
    for (const Draw& draw : queue.draws) check_draw(scenario, queue, draw, mistakes);
  }
  for (const Inflow& inflow : scenario.inflows) {
    for (const Draw& draw : inflow.draws) check_draw(scenario, inflow, draw, mistakes);
  }
}

}  // namespace sojourn
