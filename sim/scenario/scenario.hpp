#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/table_use.hpp"
#include "sim/base/warning.hpp"
#include "sim/scenario/demography.hpp"
#include "sim/scenario/door.hpp"
#include "sim/scenario/factor.hpp"
#include "sim/scenario/groups.hpp"
#include "sim/scenario/limit.hpp"
#include "sim/scenario/output_request.hpp"
#include "sim/scenario/outside.hpp"
#include "sim/scenario/policy.hpp"
#include "sim/scenario/population.hpp"
#include "sim/scenario/region.hpp"
#include "sim/scenario/stream.hpp"
#include "sim/scenario/texts.hpp"
#include "sim/scenario/transition.hpp"

namespace sojourn {

/// Everything that a scenario says, fully checked, with all names and units resolved. Immutable after
/// reading.
struct Scenario {
  Texts title;
  Texts description;
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
  std::vector<Limit> limits = {};
  Demography demography;
  std::vector<Transition> transitions;
  std::vector<Queue> queues;
  std::vector<Inflow> inflows;
  std::vector<Outflow> outflows;
  /// What is closed unless a policy opens it.
  std::vector<Door> closed = {};
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
  /// Where a number of the model is written.
  [[nodiscard]] const Position& where(ParameterId id) const { return parameters[id.index()].where; }
  [[nodiscard]] std::size_t region_count() const { return regions.size(); }
  /// Regions of birth; one more, the last, for those who enter and were born outside, if there are any.
  [[nodiscard]] std::size_t birth_count() const {
    const bool outside = std::any_of(inflows.begin(), inflows.end(),
                                     [](const Inflow& inflow) { return !inflow.birth.has_value(); });
    return regions.size() + (outside ? 1 : 0);
  }
  /// Citizenships: regions; outside, if anybody was born or is a citizen there; none, if anybody is
  /// stateless.
  [[nodiscard]] std::size_t citizenship_count() const;
  [[nodiscard]] std::size_t cell_count() const { return regions.size() * groups.count(); }
};

/// The rate of a stream before any policy, per year, in the group of `who` where it is largest.
[[nodiscard]] double largest_rate(const Scenario& scenario, const Stream& stream);

}  // namespace sojourn
