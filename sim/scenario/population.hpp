#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/ids.hpp"

namespace sojourn {

/// Movers of the start that are alike but for their exact ages: `persons` people spread evenly over the
/// cohorts [cohort_from, cohort_to). Rows of the same `source` come from one row of a table and are rounded
/// to whole agents together, so that the total of the row is kept.
struct MoverRow {
  Region residence;
  Region birth;
  std::optional<Region> previous;
  /// That of birth if it is not told; or outside, or none.
  std::optional<Region> citizenship;
  Group group;
  Cohort cohort_from;
  Cohort cohort_to;
  double persons = 0;
  std::size_t source = 0;
  /// Years between arrival and the start, where a table gives it; NaN where the law does.
  double years_since_arrival = std::numeric_limits<double>::quiet_NaN();
};

/// Years since arrival at the start are uniform over [0, years), at most the age of the agent.
struct UniformArrival {
  double years = 0;
};
/// Exponential with this mean, given that it is at most the age of the agent.
struct ExponentialArrival {
  double mean_years = 0;
};
struct NoArrival {};
using ArrivalLaw = std::variant<NoArrival, UniformArrival, ExponentialArrival>;

/// Persons of a start population.
struct Persons {
  double stayers = 0;
  double movers = 0;
};

/// Who lives where at the start, in persons. Movers counted in a total were already subtracted from it.
struct StartPopulation {
  /// Single years of age at the start: cohort `ages - 1 - a` has completed age a at the start; the last one
  /// (cohort 0) is as old as the tables say anyone is.
  std::size_t ages = 0;
  /// stayers[(region * groups + group) * ages + cohort].
  std::vector<double> stayers;
  std::vector<MoverRow> movers;
  ArrivalLaw arrival;

  [[nodiscard]] Persons persons() const;
};

}  // namespace sojourn
