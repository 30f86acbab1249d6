#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/ids.hpp"
#include "sim/scenario/derived.hpp"
#include "sim/scenario/texts.hpp"

namespace sojourn {

/// Over which places a factor varies.
enum class FactorPlaces : std::uint8_t { everywhere, region, pair };

/// How a factor passes from one known instant to the next.
enum class Between : std::uint8_t { step, linear };

/// A number that varies over regions or pairs of regions, groups and time: what the scenario says of it,
/// before any policy. Complete: every place, group and knot has a value.
struct Factor {
  std::string name;
  std::string unit;
  FactorPlaces places = FactorPlaces::everywhere;
  /// Whether the values differ between groups.
  bool by_group = false;
  /// Where the values differ by age: the first age of each class in years, ascending, the first 0; the last
  /// class has no end. Empty otherwise.
  std::vector<double> age_from;
  Between between = Between::step;
  /// Instants at which values are known, ascending, at least one. With `step` a value holds from its knot to
  /// the next; with `linear` it is joined to the next by a straight line. Before the first and after the last
  /// knot the nearest value holds (that the table covers the run was checked when it was read).
  std::vector<Date> knots;
  /// values[((knot * places + place) * groups + group) * ages + age class]; place is 0, a region, or origin *
  /// regions + destination; groups is 1 unless `by_group`, ages is 1 unless `by_age`. The diagonal of pairs
  /// is never used and may hold anything finite.
  std::vector<double> values;
  /// How the factor follows from others and from the state of the run, if it does: then it varies over
  /// regions, and has no knots and no values of its own.
  std::optional<Derivation> derivation;
  /// Where it is defined.
  Position where{};
  /// What people call it, if the scenario says so.
  Texts label{};

  [[nodiscard]] bool by_age() const { return !age_from.empty(); }
  [[nodiscard]] std::size_t age_count() const { return by_age() ? age_from.size() : 1; }
};

/// How many places a factor has among `regions` regions.
[[nodiscard]] std::size_t place_count(FactorPlaces places, std::size_t regions);

/// A share of a knot in the mean over an interval of time.
struct KnotWeight {
  std::size_t knot = 0;
  double weight = 0;
};

/// The mean of a factor over [from, to) is the sum of its values at these knots by weight; weights sum to 1.
/// Exact for both ways of passing between knots. Requires from < to.
[[nodiscard]] std::vector<KnotWeight> mean_weights(const Factor& factor, Date from, Date to);

}  // namespace sojourn
