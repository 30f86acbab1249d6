#include "sim/scenario/shape.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace sojourn {

namespace {

void must_have(const std::string& what, std::size_t size, std::size_t expected) {
  if (size == expected) return;
  throw SizeFault(fmt::format("{} has {} values and needs {}", what, size, expected));
}

/// Goes through the tables of all sections that are indexed by group or region.
class Sizes {
 public:
  explicit Sizes(const Scenario& scenario)
      : scenario_(scenario), groups_(scenario.groups.count()), regions_(scenario.region_count()) {}

  void check_events() const {
    for (const Stream& stream : scenario_.streams) {
      const std::string of = "stream '" + stream.name + "'";
      check_who(of, stream.who);
      check_groups(of + ", what movers become,", stream.becomes);
    }
    for (const Transition& transition : scenario_.transitions) {
      const std::string of = "transition '" + transition.name + "'";
      check_who(of, transition.who);
      check_groups(of + ", what people become,", transition.becomes);
      for (const Outcome& outcome : transition.outcomes)
        check_groups("outcome '" + outcome.name + "', what people become,", outcome.becomes);
      if (const auto& given_up = transition.given_up) check_groups(of + ", who gave up,", given_up->becomes);
    }
    for (const Outflow& outflow : scenario_.outflows)
      check_who("outflow '" + outflow.name + "'", outflow.who);
    for (const Inflow& inflow : scenario_.inflows) {
      check_who("inflow '" + inflow.name + "'", inflow.into);
      for (const GroupShare& share : inflow.groups) check_group("inflow '" + inflow.name + "'", share.group);
    }
  }

  void check_queues() const {
    for (const Queue& queue : scenario_.queues) {
      const std::string of = "the queue of '" + queue.name + "'";
      check_who(of, queue.who);
      must_have(of + ", its priorities,", queue.priority.size(), groups_ * queue.priority_from_age.size());
      check_groups(of + ", who is served,", queue.served);
    }
  }

  void check_limits() const {
    for (const Limit& limit : scenario_.limits) {
      if (limit.occupants) check_who("limit '" + limit.name + "'", *limit.occupants);
    }
  }

  void check_demography() const {
    if (const auto& deaths = scenario_.demography.deaths) check_who("deaths", deaths->who);
    const auto& births = scenario_.demography.births;
    if (!births) return;
    check_who("births", births->who);
    must_have("births, the groups of children,", births->newborn.size(), groups_);
    for (const std::vector<GroupShare>& shares : births->newborn) {
      for (const GroupShare& share : shares) check_group("births", share.group);
    }
  }

  void check_population() const {
    const StartPopulation& start = scenario_.population;
    must_have("the population", start.stayers.size(), regions_ * groups_ * start.ages);
    for (const MoverRow& row : start.movers) check_group("the movers of the start", row.group);
  }

 private:
  void check_who(const std::string& of, const Who& who) const {
    must_have(of + ", groups", who.groups.size(), groups_);
    must_have(of + ", regions", who.residences.size(), regions_);
  }
  void check_group(const std::string& of, Group group) const {
    if (group.index() >= groups_) must_have(of + ", a group,", group.index(), groups_ - 1);
  }
  void check_groups(const std::string& of, const std::vector<Group>& table) const {
    must_have(of, table.size(), groups_);
    for (const Group group : table) check_group(of, group);
  }

  const Scenario& scenario_;
  std::size_t groups_;
  std::size_t regions_;
};

}  // namespace

Shape shape_of(const Scenario& scenario, const Factor& factor) {
  const Shape shape{place_count(factor.places, scenario.region_count()),
                    factor.by_group ? scenario.groups.count() : 1, factor.age_count()};
  const std::size_t knots = factor.derivation ? 0 : factor.knots.size();
  must_have("factor '" + factor.name + "'", factor.values.size(), knots * shape.size());
  return shape;
}

Shape shape_of(const Scenario& scenario, const Parameter& parameter, FactorPlaces places) {
  const std::size_t groups = scenario.groups.count();
  const Shape shape{place_count(places, scenario.region_count()),
                    parameter.by_group.size() == 1 ? 1 : groups};
  must_have("parameter '" + parameter.name + "'", parameter.by_group.size(), shape.groups);
  if (parameter.by)
    must_have("parameter '" + parameter.name + "', who reads it,", parameter.by->groups_read.size(), groups);
  return shape;
}

Groups refined(const Groups& groups, Attribute last) {
  std::vector<Attribute> attributes = groups.attributes();
  attributes.push_back(std::move(last));
  return Groups(std::move(attributes), groups.queues(), groups.births(), groups.citizenships());
}

void check_sizes(const Scenario& scenario) {
  for (const Factor& factor : scenario.factors) static_cast<void>(shape_of(scenario, factor));
  for (const Parameter& parameter : scenario.parameters) {
    static_cast<void>(shape_of(scenario, parameter, FactorPlaces::everywhere));
  }
  const Sizes sizes(scenario);
  sizes.check_events();
  sizes.check_queues();
  sizes.check_limits();
  sizes.check_demography();
  sizes.check_population();
}

}  // namespace sojourn
