#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/build.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::test {

/// A scenario made by hand: regions r0, r1, ... and the given attributes, nobody in it, no streams.
inline Scenario small_scenario(std::size_t regions, const std::string& end = "2011-01-01",
                               const std::string& step = "1 month", std::vector<Attribute> attributes = {},
                               std::size_t ages = 1, std::vector<std::string> queues = {}) {
  const Date start = *parse_date("2010-01-01");
  std::vector<std::string> codes;
  for (std::size_t r = 0; r < regions; ++r) codes.push_back("r" + std::to_string(r));
  Scenario scenario = empty_scenario(TimeGrid(start, *parse_date(end), *parse_duration(step)), codes,
                                     Groups(std::move(attributes), std::move(queues)), ages - 1);
  scenario.title = Texts("Small");
  scenario.text = "sojourn: 1\n";
  scenario.path = "small.yaml";
  for (std::size_t r = 0; r < regions; ++r) scenario.regions[r].name = Texts("Region " + std::to_string(r));
  return scenario;
}

/// Persons of a region, group and completed age, who have never moved.
inline double& stayers(Scenario& scenario, std::size_t region, std::size_t group = 0, std::size_t age = 0) {
  return sojourn::stayers(scenario, Region{region}, Group{group}, age);
}

inline void add_movers(Scenario& scenario, std::size_t residence, std::size_t birth, double persons,
                       std::size_t group = 0, std::size_t age = 0) {
  MoverRow row;
  row.residence = Region{residence};
  row.birth = Region{birth};
  row.group = Group{group};
  row.cohort_from = Cohort{scenario.population.ages - 1 - age};
  row.cohort_to = Cohort{scenario.population.ages - age};
  row.persons = persons;
  row.source = scenario.population.movers.size();
  scenario.population.movers.push_back(row);
}

inline ParameterId add_parameter(Scenario& scenario, const std::string& name, std::vector<double> by_group,
                                 bool over_pairs = false) {
  scenario.parameters.push_back({name, "1", std::move(by_group), over_pairs});
  return ParameterId{scenario.parameters.size() - 1};
}

/// A factor that is the same at all times. Values: [place][group].
inline FactorId add_factor(Scenario& scenario, const std::string& name, FactorPlaces places,
                           std::vector<double> values, bool by_group = false) {
  Factor factor;
  factor.name = name;
  factor.unit = "1";
  factor.places = places;
  factor.by_group = by_group;
  factor.knots = {scenario.time.start()};
  factor.values = std::move(values);
  scenario.factors.push_back(std::move(factor));
  return FactorId{scenario.factors.size() - 1};
}

using sojourn::add_stream;
using sojourn::everybody;

/// A transition of everybody, at one rate a year, to a value of an attribute.
inline Transition& add_transition(Scenario& scenario, const std::string& name, double rate,
                                  std::size_t attribute, std::size_t value) {
  Transition transition;
  transition.name = name;
  transition.where = {"small.yaml", 1, 1};
  transition.who = everybody(scenario);
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) {
    transition.becomes.push_back(scenario.groups.with(Group{g}, AttributeId{attribute}, value));
    if (transition.becomes.back() == Group{g}) transition.who.groups[g] = false;
  }
  transition.hazard.rate = add_parameter(scenario, "transitions." + name + ".rate", {rate});
  scenario.transitions.push_back(std::move(transition));
  return scenario.transitions.back();
}

/// The queue of a transition, with an office in each region that serves so many persons in a month; nobody
/// gives up. The scenario was made with its name; `join_queues` comes when all is said.
inline Queue& add_queue(Scenario& scenario, std::size_t transition, double limit) {
  Queue queue;
  queue.name = scenario.transitions[transition].name;
  queue.transition = TransitionId{transition};
  const std::string prefix = "transitions." + queue.name + ".capacity.";
  queue.limit.rate = add_parameter(scenario, prefix + "limit", {limit});
  queue.giving_up.rate = add_parameter(scenario, prefix + "give_up", {0.0});
  queue.who = everybody(scenario);
  queue.priority.assign(scenario.groups.count(), 0);
  scenario.transitions[transition].queue = QueueId{scenario.queues.size()};
  scenario.queues.push_back(std::move(queue));
  return scenario.queues.back();
}

/// So many persons (of those who draw one each) in a year of the calendar.
inline Limit& add_limit(Scenario& scenario, const std::string& name, double amount,
                        Limit::ForEach for_each = Limit::ForEach::all, Period period = Period::year) {
  Limit limit;
  limit.name = name;
  limit.where = {"small.yaml", 1, 1};
  limit.amount.emplace().rate =
      add_parameter(scenario, "limits." + name + ".amount", {amount}, for_each == Limit::ForEach::pair);
  limit.period = period;
  limit.for_each = for_each;
  scenario.limits.push_back(std::move(limit));
  return scenario.limits.back();
}

/// Lets a stream draw on a limit.
inline void draw_on(Scenario& scenario, std::size_t stream, std::size_t limit, double amount = 1) {
  const std::string name =
      "streams." + scenario.streams[stream].name + ".draws." + scenario.limits[limit].name;
  scenario.streams[stream].draws.push_back({LimitId{limit}, add_parameter(scenario, name, {amount})});
}

/// So many persons a year into each region, at random, of group 0 and any age below that of the oldest.
inline Inflow& add_inflow(Scenario& scenario, const std::string& name, double persons_a_year) {
  Inflow inflow;
  inflow.name = name;
  inflow.where = {"small.yaml", 1, 1};
  inflow.into = everybody(scenario);
  inflow.number.rate = add_parameter(scenario, "inflow." + name + ".rate", {persons_a_year});
  inflow.is_random = true;
  inflow.groups = {{Group{0}, 1.0}};
  inflow.ages = {{0, static_cast<double>(scenario.population.ages), 1}};
  scenario.inflows.push_back(std::move(inflow));
  return scenario.inflows.back();
}

/// An outflow of everybody at one rate a year.
inline Outflow& add_outflow(Scenario& scenario, const std::string& name, double rate) {
  Outflow outflow;
  outflow.name = name;
  outflow.where = {"small.yaml", 1, 1};
  outflow.who = everybody(scenario);
  outflow.hazard.rate = add_parameter(scenario, "outflow." + name + ".rate", {rate});
  scenario.outflows.push_back(std::move(outflow));
  return scenario.outflows.back();
}

}  // namespace sojourn::test
