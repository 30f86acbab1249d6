#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/random.hpp"
#include "sim/model/cohorts.hpp"
#include "sim/model/numbers.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// How many agents were to enter a region by an inflow since the start of the run. Those that come not at
/// random are rounded systematically: after every step as many have entered as were to, rounded up or down by
/// one number that is drawn at the start, so that means hold and no error adds up.
class ExpectedEntries {
 public:
  ExpectedEntries() = default;
  /// `process`: what names the numbers of an engine.
  ExpectedEntries(const Scenario& scenario, RunKey key, Process process);

  /// Draws how many enter in a step; once for each step. `random`: of that step, region and inflow.
  [[nodiscard]] std::int64_t draw(std::size_t inflow, Region region, Step step, const Numbers& numbers,
                                  RandomNumbers& random);

 private:
  const Scenario* scenario_ = nullptr;
  /// [inflow][region]: agents so far, and what they are rounded by.
  std::vector<double> expected_;
  std::vector<double> rounding_;
};

/// A number of persons of the scenario at present: its rate, times its factor if it has one.
[[nodiscard]] double persons_at(const Hazard& number, Region region, const Numbers& numbers);

/// Persons that are to enter in the whole run under a variant's policies; infinity where that depends on a
/// derived factor.
[[nodiscard]] double entries_to_expect(const Scenario& scenario, const Variant& variant);

/// The cohorts of those who enter by an inflow in a step: cumulative weights by cohort.
[[nodiscard]] std::vector<double> cohorts_of_entry(const Inflow& inflow, const Cohorts& cohorts,
                                                   double elapsed);

/// A cohort drawn from cumulative weights.
[[nodiscard]] Cohort draw_cohort(const std::vector<double>& cumulative, RandomNumbers& random);

/// A group drawn from shares that sum to 1.
[[nodiscard]] Group draw_group(const std::vector<GroupShare>& shares, RandomNumbers& random);

}  // namespace sojourn
