#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/ids.hpp"
#include "sim/base/range.hpp"

namespace sojourn {

/// By which attribute the values of a parameter differ, and how they were written.
struct ByAttribute {
  AttributeId attribute;
  /// For each value of the attribute whether it has no number of its own but that of `else`.
  std::vector<bool> of_the_rest{};
  /// One flag for each group: whether anybody of it is ever asked. What others have is of no meaning.
  std::vector<bool> groups_read{};
};

/// A number of the model that policies may change (a rate, a coefficient), before any policy.
struct Parameter {
  /// The dotted name by which policies call it, e.g. `streams.labour.hazard.rate`.
  std::string name;
  std::string unit;
  /// One value for all groups, or one for each group.
  std::vector<double> by_group;
  /// What a policy may narrow a change to: a residence (origin) only, or any corridor.
  bool over_pairs = false;
  /// Where it is written; of a term's coefficient, where the term begins.
  Position where{};
  /// What it may be, also after every policy.
  Range range{};
  /// Of a parameter with one value for each group.
  std::optional<ByAttribute> by{};
};

/// Agents that a hazard concerns.
struct Who {
  /// One flag for each group and for each region of residence.
  std::vector<bool> groups;
  std::vector<bool> residences;
  /// Ages in years from `age_from` to before `age_to`: of a cohort that has others, too, the share that is of
  /// them in the middle of a step.
  double age_from = 0;
  double age_to = std::numeric_limits<double>::infinity();
  /// If given: only those who live outside (true) or inside (false) their region of birth.
  std::optional<bool> foreign_born;
  /// If given: only those who are citizens of another region (true), or of that in which they live (false).
  std::optional<bool> foreign_citizen{};
  /// Where it is written; where it is left out, what it is left out of.
  Position where{};

  [[nodiscard]] bool by_age() const { return age_from > 0 || std::isfinite(age_to); }
};

enum class Transform : std::uint8_t { identity, log, log1p, sqrt, standardised };

/// What of a factor counts: the value; its difference from the value at the start; its ratio to the value at
/// the start or to another factor (`FactorTerm::reference`).
enum class Measure : std::uint8_t { level, change_from_start, ratio_to_start, ratio_to_factor };

/// Where a factor of a destination choice is read. `pair` is for pair factors and for factors that vary by
/// group only: from the residence; `citizenship` for pair factors: from the region whose citizen the agent
/// is; the other three are for factors that vary over regions.
enum class Comparison : std::uint8_t { origin, destination, difference, ratio, pair, citizenship };

/// coefficient * transform(measure of factor). With `difference` it is the transform at the destination minus
/// the transform at the origin; with `ratio` the transform of (destination / origin).
struct FactorTerm {
  std::string name;
  FactorId factor;
  Measure measure = Measure::level;
  FactorId reference{};
  Transform transform = Transform::identity;
  Comparison comparison = Comparison::origin;
  ParameterId coefficient{};
  /// With `citizenship`: what the factor is for one's own region, and for those who are citizens of no region
  /// of the scenario.
  double own = 0;
  std::optional<double> outside{};
};

/// The model migration schedule of Rogers and Castro (1981):
/// m(x) = a1 exp(-alpha1 x) + a2 exp(-alpha2 (x - mu2) - exp(-lambda2 (x - mu2))) + c, x in years.
struct RogersCastro {
  double a1 = 0.02, alpha1 = 0.10;
  double a2 = 0.06, alpha2 = 0.10, mu2 = 20, lambda2 = 0.40;
  double c = 0.003;
};

/// Constant from each age (years, ascending, the first is 0) to the next; the last holds for ever.
struct AgeTable {
  std::vector<double> from_age;
  std::vector<double> value;
};

struct FlatSchedule {};

using AgeSchedule = std::variant<FlatSchedule, RogersCastro, AgeTable>;

/// Over whom the mean of a schedule is made 1: at the start of the run those the hazard concerns, everybody,
/// nobody (values are taken as they stand), or those it concerns in each region by itself; or a standard
/// population, whoever is there.
enum class ScheduleMean : std::uint8_t { named, everybody, as_given, region, standard };

/// Ratio of the hazard by years since arrival (movers only): constant from each duration to the next; the
/// first is 0, the last holds for ever. Empty: 1 throughout.
struct StayTable {
  std::vector<double> from_years;
  std::vector<double> ratio;
};

/// A rate at which something happens to an agent, per year; see `Hazards` of the model.
struct Hazard {
  ParameterId rate;
  /// A factor in a unit of rates that the rate is multiplied by: a hazard given by a table, perhaps by age.
  std::optional<FactorId> rate_factor;
  AgeSchedule schedule;
  Position schedule_where{};
  ScheduleMean schedule_mean = ScheduleMean::named;
  /// With `standard`: persons of the standard population by completed year of age.
  std::vector<double> standard{};
  StayTable stay;
  /// Comparison is `origin` throughout.
  std::vector<FactorTerm> push;
  /// lambda, the weight of the inclusive value.
  std::optional<ParameterId> attraction;

  /// Whether it may differ between ages: a rate that is a factor may, as far as this knows.
  [[nodiscard]] bool by_age() const {
    return rate_factor.has_value() || !std::holds_alternative<FlatSchedule>(schedule);
  }
};

}  // namespace sojourn
