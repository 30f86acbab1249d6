#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Completed years of age, both included.
struct Ages {
  std::size_t from = 0;
  std::size_t to = 100;
};

/// A scenario to be filled in code: regions of these codes in which nobody lives, no events, the variant
/// `baseline`, one person for each agent. Nobody is older than `oldest` completed years at the start.
[[nodiscard]] Scenario empty_scenario(TimeGrid time, const std::vector<std::string>& regions,
                                      Groups groups = {}, std::size_t oldest = 100);

/// Persons of a region, group and completed age who live there at the start and have never moved. Throws
/// `std::out_of_range` where there is no such place, group or age.
[[nodiscard]] double& stayers(Scenario& scenario, Region region, Group group, std::size_t age);

/// Adds so many persons, evenly over these ages, who have never moved. Likewise; an age beyond the scenario's
/// oldest is out of range.
void add_people(Scenario& scenario, Region region, double persons, Ages ages = {}, Group group = {});

/// Adds a number that policies may change: one value, or one for each group.
ParameterId add_parameter(Scenario& scenario, const std::string& name, const std::string& unit,
                          std::vector<double> by_group);

/// All groups, ages and regions.
[[nodiscard]] Who everybody(const Scenario& scenario);

/// Adds a stream of everybody, `rate` moves a year, at all ages alike, to all other regions alike (or those
/// of the choice set). What comes back may be changed until the next stream is added.
Stream& add_stream(Scenario& scenario, const std::string& name, double rate,
                   ChoiceSet choice_set = AllRegions{});

}  // namespace sojourn
