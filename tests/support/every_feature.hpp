#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "tests/support/doors.hpp"
#include "tests/support/small_scenario.hpp"

namespace sojourn::test {

/// What tests may want to be otherwise.
struct EveryFeature {
  /// Stayers of each region, sex and year of age in the smallest region; foreign-born in proportion.
  double people = 20;
  int months = 24;
  /// All rates are multiplied by it.
  double speed = 1;
  /// Without it nothing in the scenario asks for a history, and movers are counts.
  bool history = true;
  /// Whether destinations of the stream of all regions are in nests.
  bool nests = false;
  /// Whether doors close and open, in the midst of steps, under the policies of variant 1.
  bool doors = false;
};

/// Doors of every kind for `every_feature`: of a destination for one sex, corridors, whole streams, an
/// origin, one that the scenario closes; closed and opened within steps, some of them twice in one.
inline void add_doors(Scenario& scenario) {
  const auto day = [&](int days) {
    return to_string(advance(scenario.time.start(), {1, Duration::Unit::days}, days));
  };
  const auto add = [&](Door door, int from, int until) {
    scenario.variants[1].policies.push_back(add_door(scenario, std::move(door), day(from), day(until)));
  };
  const std::size_t streams = scenario.streams.size();
  Door to_2 = closed_destination(scenario, 2);
  for (std::size_t g = 0; g < scenario.groups.count(); ++g) to_2.groups.push_back(g % 2 == 0);
  add(to_2, 40, 75);
  Door corridors = closed_door(scenario);
  corridors.corridors = {{Region{0}, Region{1}}, {Region{1}, Region{0}}, {Region{4}, Region{3}}};
  add(corridors, 70, 200);
  Door reopened = corridors;
  reopened.closes = false;
  add(reopened, 95, 97);
  Door all_of_one = closed_door(scenario);
  all_of_one.streams = only(streams, {streams - 1});
  add(all_of_one, 100, 110);
  Door from_3 = closed_door(scenario);
  from_3.origins = only(scenario.region_count(), {3});
  add(from_3, 125, 140);
  if (streams > 2) {
    Door home = closed_destination(scenario, 1);
    home.streams = only(streams, {1, 2});
    add(home, 10, 100);
  }
  scenario.closed = {closed_destination(scenario, 0)};
  scenario.closed[0].streams = only(streams, {streams - 1});
  Door open = scenario.closed[0];
  open.closes = false;
  add(open, 50, 1000);
}

/// A small scenario that uses every feature of the movement model: two streams (and a third along links, back
/// to the region lived in before), ages, stay, home, diaspora, attraction, push, coefficients and rates by
/// group, a factor that changes over time, and a policy that ramps up (variant 1). The attribute `moves`
/// counts each agent's own moves.
inline Scenario every_feature(const EveryFeature& options) {
  constexpr std::size_t regions = 5;
  constexpr std::size_t ages = 70;
  constexpr std::size_t most_moves = 5;
  const Date start = *parse_date("2010-01-01");
  const Date end = advance(start, {1, Duration::Unit::months}, options.months);
  Scenario scenario =
      small_scenario(regions, to_string(end), "1 month",
                     {{"sex", {"female", "male"}}, {"moves", {"0", "1", "2", "3", "4", "more"}}}, ages);
  scenario.links = {{Region{0}, Region{1}, 1},
                    {Region{1}, Region{2}, 1},
                    {Region{2}, Region{3}, 1},
                    {Region{3}, Region{0}, 1}};
  for (std::size_t r = 0; r < regions; ++r) {
    for (std::size_t sex = 0; sex < 2; ++sex) {
      const std::size_t group = sex * (most_moves + 1);
      for (std::size_t a = 0; a < ages; ++a) {
        stayers(scenario, r, group, a) = options.people * static_cast<double>(r + 1);
      }
      for (std::size_t b = 0; b < regions && options.history; ++b) {
        if (b == r) continue;
        for (std::size_t a = 20; a < 60; a += 10) {
          add_movers(scenario, r, b, options.people * static_cast<double>(b + 1), group, a);
        }
      }
    }
  }
  scenario.population.arrival = UniformArrival{12};
  const std::vector<double> by_moves = {0.9, 0.8, 1, 0.7, 0.6, 0.6, 1.1, 1.3, 1.2, 1, 0.9, 0.9};

  Factor income;
  income.name = "income";
  income.unit = "1";
  income.places = FactorPlaces::region;
  income.between = Between::linear;
  income.knots = {start, end};
  income.values = {9, 5, 7, 2, 3, 6, 6, 6, 5, 5};
  scenario.factors.push_back(income);
  const FactorId distance = [&] {
    std::vector<double> pairs;
    for (std::size_t i = 0; i < regions * regions; ++i) pairs.push_back(1 + static_cast<double>((i * 7) % 5));
    return add_factor(scenario, "distance", FactorPlaces::pair, pairs);
  }();
  const ParameterId push = add_parameter(scenario, "push", {-0.4});
  const ParameterId pull = add_parameter(scenario, "pull", by_moves, true);
  const ParameterId far = add_parameter(scenario, "far", {-0.5}, true);
  const ParameterId network = add_parameter(scenario, "network", {0.5}, true);
  const ParameterId home = add_parameter(scenario, "home", {0.8}, true);
  const ParameterId lambda = add_parameter(scenario, "lambda", {0.6});
  const auto next = [](std::size_t group) {
    const std::size_t moves = group % (most_moves + 1);
    return Group{group - moves + (moves < most_moves ? moves + 1 : moves)};
  };
  const auto add = [&](const std::string& name, double rate, ChoiceSet set) -> Stream& {
    Stream& stream = add_stream(scenario, name, rate * options.speed, std::move(set));
    for (std::size_t g = 0; g < stream.becomes.size(); ++g) stream.becomes[g] = next(g);
    return stream;
  };
  {
    Stream& labour = add("labour", 0.15, AllRegions{});
    labour.who.age_from = 15;
    labour.who.age_to = 65;
    labour.hazard.schedule = RogersCastro{};
    labour.hazard.attraction = lambda;
    labour.hazard.push = {
        {"income", FactorId{0}, Measure::level, {}, Transform::log, Comparison::origin, push}};
    labour.destination.pull = {
        FactorTerm{"income", FactorId{0}, Measure::level, {}, Transform::log, Comparison::difference, pull},
        FactorTerm{"distance", distance, Measure::level, {}, Transform::log, Comparison::pair, far}};
    if (options.history) {
      labour.destination.pull.emplace_back(DiasporaTerm{"diaspora", Transform::log1p, network});
      labour.destination.pull.emplace_back(HomeTerm{"home", home});
    }
    if (options.nests) {
      labour.destination.nests = {
          {"near", {Region{0}, Region{1}, Region{4}}, add_parameter(scenario, "near", {0.4})},
          {"far", {Region{2}, Region{3}}, add_parameter(scenario, "far", {0.7})}};
    }
    scenario.parameters[labour.hazard.rate.index()].by_group = by_moves;
    for (double& rate : scenario.parameters[labour.hazard.rate.index()].by_group)
      rate *= 0.15 * options.speed;
  }
  if (options.history) {
    Stream& back = add("return", 0.3, BirthRegion{});
    back.hazard.stay = {{0, 1, 4, 9}, {1, 1.6, 0.5, 0.2}};
    Stream& previous = add("again", 0.08, PreviousRegion{});
    previous.hazard.schedule = AgeTable{{0, 20, 50}, {0.5, 1.5, 1}};
    previous.hazard.schedule_mean = ScheduleMean::region;
  }
  Stream& near = add("near", 0.06, Neighbours{});
  near.who.residences[4] = false;

  Change change;
  change.target = scenario.streams[0].hazard.rate;
  change.kind = Change::Kind::scale;
  change.amount = 3;
  change.ramp = Duration{6, Duration::Unit::months};
  Change closed = change;
  closed.target = pull;
  closed.kind = Change::Kind::add;
  closed.amount = -0.5;
  scenario.policies.push_back(
      {"open", advance(start, {1, Duration::Unit::months}, 5), std::nullopt, {change, closed}});
  scenario.variants.push_back({"open", {PolicyId{0}}});
  if (options.doors) add_doors(scenario);
  return scenario;
}

}  // namespace sojourn::test
