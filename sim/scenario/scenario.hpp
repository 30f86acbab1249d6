#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/warning.hpp"
#include "sim/scenario/demography.hpp"
#include "sim/scenario/factor.hpp"
#include "sim/scenario/groups.hpp"
#include "sim/scenario/outside.hpp"
#include "sim/scenario/policy.hpp"
#include "sim/scenario/population.hpp"
#include "sim/scenario/stream.hpp"
#include "sim/scenario/table_use.hpp"
#include "sim/scenario/transition.hpp"

namespace sojourn {

struct RegionInfo {
  std::string code;
  /// The code where the table names no column for it.
  std::string name;
  /// Degrees; NaN where not given.
  double latitude = std::numeric_limits<double>::quiet_NaN();
  double longitude = std::numeric_limits<double>::quiet_NaN();
};

/// A direct road between two regions, passable both ways.
struct Link {
  Region from;
  Region to;
  double length_km = 0;
};

enum class FlowLayout : std::uint8_t { automatic, dense, table };

/// What a run records, and how often. Every duration is a whole number of steps.
struct OutputRequest {
  /// Between records of stocks (instants) and flows (intervals), in steps.
  std::size_t every = 1;
  /// Lower bounds of the age groups of stocks and flows, in years, the first 0.
  std::vector<double> age_from;
  bool stock_by_age = false;
  std::vector<AttributeId> stock_attributes;
  bool flow_by_age = false;
  std::vector<AttributeId> flow_attributes;
  FlowLayout flow_layout = FlowLayout::automatic;
  /// In steps; nothing where not asked for.
  std::optional<std::size_t> relocations_every;
  std::optional<std::size_t> diaspora_every;
  /// The stock of foreign citizens.
  std::optional<std::size_t> citizens_every;
  /// Flows by the twelve-month rule of usual residence; and how many steps twelve months are, where asked
  /// for.
  std::optional<std::size_t> usual_every;
  std::size_t year_steps = 0;
  /// Factors whose effective values are recorded at every record; pair factors are never among them.
  std::vector<FactorId> factors;
};

/// A table that the scenario read: for provenance.
struct TableSource {
  /// As written in the scenario.
  std::string path;
  std::string sha256;
};

/// Everything that a scenario says, fully checked, with all names and units resolved. Immutable after
/// reading.
struct Scenario {
  std::string title;
  std::string description;
  /// The file as written, and the tables it read.
  std::string text;
  std::string path;
  std::vector<TableSource> tables;
  /// What was taken from each table and what was left out, in the order of reading.
  std::vector<TableUse> table_uses = {};
  /// What reading warned of, and the ids of warnings that the scenario accepts.
  std::vector<Warning> warnings = {};
  std::vector<std::string> accepted_warnings = {};

  TimeGrid time;
  std::uint32_t seed = 1;
  double persons_per_agent = 1;

  std::vector<RegionInfo> regions;
  std::vector<Link> links;
  Groups groups;
  std::vector<Factor> factors;
  std::vector<Parameter> parameters;
  StartPopulation population;
  std::vector<Stream> streams;
  Demography demography;
  std::vector<Transition> transitions;
  std::vector<Queue> queues;
  std::vector<Inflow> inflows;
  std::vector<Outflow> outflows;
  std::vector<Policy> policies;
  /// At least one; the first is `baseline`, the empty list, unless the scenario defines it elsewhere.
  std::vector<Variant> variants;
  OutputRequest output;

  /// Cohorts of a run: those of the start and, where there are births or an inflow, one more for each year
  /// that begins in it.
  [[nodiscard]] std::size_t cohort_count() const {
    const double years = demography.births || !inflows.empty() ? time.elapsed(time.steps()) : 0;
    return population.ages + static_cast<std::size_t>(std::ceil(years));
  }
  [[nodiscard]] std::size_t region_count() const { return regions.size(); }
  /// Regions of birth; one more, the last, for those who enter and were born outside, if there are any.
  [[nodiscard]] std::size_t birth_count() const {
    const bool outside = std::any_of(inflows.begin(), inflows.end(),
                                     [](const Inflow& inflow) { return !inflow.birth.has_value(); });
    return regions.size() + (outside ? 1 : 0);
  }
  [[nodiscard]] std::size_t cell_count() const { return regions.size() * groups.count(); }
};

/// The rate of a stream before any policy, per year, in the group where it is largest.
[[nodiscard]] double largest_rate(const Scenario& scenario, const Stream& stream);

/// Great-circle distance between two regions, km, on a sphere of 6371.0088 km (the mean radius of the IUGG),
/// by the haversine formula. NaN where a coordinate is not given.
[[nodiscard]] double great_circle_km(const RegionInfo& a, const RegionInfo& b);

/// What the command line may say instead of the scenario; nothing: as written.
struct Overrides {
  std::optional<std::uint32_t> seed;
  std::optional<double> persons_per_agent;
  /// A step boundary after the start, as `YYYY-MM-DD`.
  std::optional<std::string> until;
};

/// Reads and checks a scenario and every table it names. Throws `InputError` with all mistakes at once.
[[nodiscard]] Scenario read_scenario(const std::string& path, const Overrides& overrides = {});

}  // namespace sojourn
