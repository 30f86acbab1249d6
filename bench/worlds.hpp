#pragma once

#include <cstddef>
#include <string>

#include "sim/scenario/scenario.hpp"

namespace sojourn::bench {

/// A made-up world of the size of ours: populations by Zipf's law (the largest of 230 regions has a sixth),
/// two sexes, ages from 0 to 100, 3.5 % foreign-born, a labour stream (Rogers-Castro ages, distance) and a
/// return stream (duration of stay). At 8.2e9 people, 30 years by months: about 4.9e8 moves.
struct World {
  double people = 8.2e9;
  std::size_t regions = 230;
  int years = 30;
  std::string step = "1 month";
  /// Of all rates.
  double speed = 1;
  /// Ten groups instead of two, whose coefficients differ, diaspora in the choice, and attraction.
  bool rich = false;
};
[[nodiscard]] Scenario make_world(const World& world);

/// A made-up country of districts of about equal size: one stream, by age and distance, at 5 % a year;
/// nothing asks for a history.
struct Districts {
  double people = 3e8;
  std::size_t regions = 5000;
  int years = 10;
  double rate = 0.05;
};
[[nodiscard]] Scenario make_districts(const Districts& districts);

}  // namespace sojourn::bench
