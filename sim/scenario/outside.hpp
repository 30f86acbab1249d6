#pragma once

#include <string>
#include <vector>

#include "sim/scenario/demography.hpp"
#include "sim/scenario/hazard.hpp"
#include "sim/scenario/limit.hpp"
#include "sim/scenario/texts.hpp"

namespace sojourn {

/// Part of those who enter: their ages in years from `from` to before `to`, evenly, and their weight.
struct AgeShare {
  double from = 0;
  double to = 0;
  double weight = 0;
};

/// People who enter from outside all regions.
struct Inflow {
  std::string name;
  Position where;
  /// Into which regions; of its flags for groups and its ages nothing is used.
  Who into;
  /// Persons per year into each region: its rate, times its factor if it has one. No other part of it is
  /// used.
  Hazard number;
  /// Whether they come at random, a Poisson number in each step; if not, as many as the number says, rounded.
  bool is_random = false;
  /// Probabilities sum to 1.
  std::vector<GroupShare> groups;
  std::vector<AgeShare> ages;
  /// Where they were born: in a region, or, if that is not told, outside.
  std::optional<Region> birth;
  /// What one person's entry takes of limits; whoever finds no room does not come.
  std::vector<Draw> draws{};
  /// Whose citizens they are; of their region of birth if that is not told.
  std::optional<Region> citizenship{};
  /// What people call it, if the scenario says so.
  Texts label{};
};

/// A way of leaving all regions for good.
struct Outflow {
  std::string name;
  Position where;
  Who who;
  Hazard hazard;
  /// What people call it, if the scenario says so.
  Texts label{};
};

}  // namespace sojourn
