#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/engine/exact_law.hpp"
#include "tests/support/small_scenario.hpp"
#include "tests/support/statistics.hpp"

/// Worlds whose hazards do not depend on what happens in them, and a ledger that holds all of their cohorts
/// in all of their steps against the binomial law.
namespace sojourn::test {

/// Holds every step of a world whose hazards depend on nothing that happens in it against the exact law: each
/// cell and cohort by itself; each with the one that follows it on the line of its region; each with itself a
/// step later; the sum of all thin ones (where few events are expected) and of all dense ones of a region,
/// with each other, with those of the next step and of the next region.
class Ledger {
 public:
  /// Per year, of an agent of a region and group whose cohort's middle has this age at the middle of the
  /// step.
  using HazardOf = std::function<double(std::size_t region, std::size_t group, double age, std::size_t step)>;

  Ledger(const Scenario& scenario, const HazardOf& hazard)
      : regions_(scenario.region_count()),
        line_(scenario.groups.count() * scenario.population.ages),
        steps_(scenario.time.steps()),
        cohorts_(regions_ * line_),
        followers_(cohorts_.size()),
        lags_(cohorts_.size()),
        before_(cohorts_.size()),
        by_step_(steps_ * cohorts_.size()),
        parts_(regions_) {
    const std::size_t ages = scenario.population.ages;
    for (std::size_t step = 0; step < steps_; ++step) {
      const double years = scenario.time.years(Step{step});
      for (std::size_t i = 0; i < cohorts_.size(); ++i) {
        const double age = static_cast<double>(ages - 1 - i % ages) + 0.5 + scenario.time.middle(Step{step});
        probability_.push_back(
            event_probability(hazard(i / line_, i / ages % scenario.groups.count(), age, step), years));
      }
    }
  }

  /// The next step is the first of another replicate.
  void restart() { step_ = 0; }

  /// Agents of each cell and cohort before the step, and how many of them left in it.
  void add(std::span<const std::int64_t> agents, std::span<const std::int64_t> left) {
    if (step_ >= steps_) FAIL("a step too many");
    Totals former_region;
    for (std::size_t r = 0; r < regions_; ++r) {
      const Totals now = add_cohorts(r, agents, left);
      RegionSums& sums = parts_[r];
      sums.thin.add(now.thin);
      sums.dense.add(now.dense);
      sums.thin_and_dense.add(now.thin, now.dense);
      if (step_ > 0) {
        sums.thin_later.add(sums.before.thin, now.thin);
        sums.dense_later.add(sums.before.dense, now.thin);
      }
      if (r > 0) sums.former_region.add(former_region.thin, now.thin);
      sums.before = now;
      former_region = now;
    }
    ++step_;
  }

  void check() const {
    // [region][group][cohort]
    check_worst("mean of a cohort", cohorts_, [](const auto& sums) { return sums.mean_sigmas(); });
    check_worst("variance of a cohort", cohorts_, [](const auto& sums) { return sums.variance_sigmas(); });
    check_worst("neighbours", followers_, [](const auto& sums) { return sums.sigmas(); });
    check_worst("cohort and itself later", lags_, [](const auto& sums) { return sums.sigmas(); });
    // By region.
    check_worst("mean of thin", parts_, [](const auto& sums) { return sums.thin.mean_sigmas(); });
    check_worst("variance of thin", parts_, [](const auto& sums) { return sums.thin.variance_sigmas(); });
    check_worst("mean of dense", parts_, [](const auto& sums) { return sums.dense.mean_sigmas(); });
    check_worst("variance of dense", parts_, [](const auto& sums) { return sums.dense.variance_sigmas(); });
    check_worst("thin and dense", parts_, [](const auto& sums) { return sums.thin_and_dense.sigmas(); });
    check_worst("thin and thin later", parts_, [](const auto& sums) { return sums.thin_later.sigmas(); });
    check_worst("dense and thin later", parts_, [](const auto& sums) { return sums.dense_later.sigmas(); });
    check_worst("thin in two regions", parts_, [](const auto& sums) { return sums.former_region.sigmas(); });
    // [step][region][group][cohort]
    check_worst("mean of a cohort in a step", by_step_, [](const auto& sums) { return sums.mean_sigmas(); });
    const std::vector<std::vector<DeviationSums>> together = {cohorts_, by_step_};
    check_worst("all means together", together, [](const auto& sums) { return together_sigmas(sums); });
  }

  /// Sum of variances: about the number of events seen where they are rare.
  [[nodiscard]] double weight() const {
    double sum = 0;
    for (const DeviationSums& cohort : cohorts_) sum += cohort.variance();
    return sum;
  }

 private:
  static constexpr double thin = 2;

  struct Totals {
    Deviation thin;
    Deviation dense;
  };
  struct RegionSums {
    DeviationSums thin;
    DeviationSums dense;
    ProductSums thin_and_dense;
    ProductSums thin_later;
    ProductSums dense_later;
    ProductSums former_region;
    Totals before;
  };

  template <class Sums, class Sigmas>
  static void check_worst(const std::string& what, const std::vector<Sums>& all, const Sigmas& sigmas) {
    double worst = 0;
    std::size_t where = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (sigmas(all[i]) <= worst) continue;
      worst = sigmas(all[i]);
      where = i;
    }
    CAPTURE(what);
    CAPTURE(where);
    CHECK(worst < five_sigma_of(all.size()));
  }

  Totals add_cohorts(std::size_t region, std::span<const std::int64_t> agents,
                     std::span<const std::int64_t> left) {
    Totals totals;
    Deviation former;
    const std::size_t first = region * line_;
    for (std::size_t i = first; i < first + line_; ++i) {
      const Deviation now = deviation(left[i], agents[i], probability_[step_ * cohorts_.size() + i]);
      cohorts_[i].add(now);
      by_step_[step_ * cohorts_.size() + i].add(now);
      if (step_ > 0) lags_[i].add(before_[i], now);
      before_[i] = now;
      if (now.variance == 0) continue;
      followers_[i].add(former, now);
      former = now;
      (now.variance < thin ? totals.thin : totals.dense) += now;
    }
    return totals;
  }

  std::size_t regions_;
  /// Cohorts of all groups of a region.
  std::size_t line_;
  std::size_t steps_;
  std::size_t step_ = 0;
  /// [step][region][group][cohort].
  std::vector<double> probability_;
  std::vector<DeviationSums> cohorts_;
  /// Of each with the one before it on the line in which anything may happen.
  std::vector<ProductSums> followers_;
  std::vector<ProductSums> lags_;
  std::vector<Deviation> before_;
  /// [step][region][group][cohort].
  std::vector<DeviationSums> by_step_;
  std::vector<RegionSums> parts_;
};

/// A world of `origins` regions from which people leave, once and for all, for one more region: its last.
inline Scenario leaving_world(std::size_t origins, const std::string& end, const std::string& step,
                              std::vector<Attribute> attributes = {}, std::size_t ages = 1) {
  return small_scenario(origins + 1, end, step, std::move(attributes), ages);
}

/// A stream from all regions but the last to the last, whose schedule is taken as it stands.
inline Stream& add_leaving(Scenario& scenario, double rate, const std::string& name = "leave") {
  const std::size_t last = scenario.region_count() - 1;
  Stream& stream = add_stream(scenario, name, rate, Listed{{Region{last}}});
  stream.who.residences[last] = false;
  stream.hazard.schedule_mean = ScheduleMean::as_given;
  return stream;
}

/// Multiplies a stream's hazard in each region by a number above 0.
inline void add_pace(Scenario& scenario, Stream& stream, const std::vector<double>& by_region) {
  const FactorId pace = add_factor(scenario, "pace", FactorPlaces::region, by_region);
  FactorTerm term;
  term.name = "pace";
  term.factor = pace;
  term.transform = Transform::log;
  term.coefficient = add_parameter(scenario, "pace", {1.0});
  stream.hazard.push.push_back(term);
}

/// Residents of each cell and cohort, copied.
inline std::vector<std::int64_t> residents(const Simulation& simulation) {
  const auto all = simulation.population().residents();
  return {all.begin(), all.end()};
}

/// Runs a step of a leaving world: how many left each cell and cohort, and that all of them arrived.
inline std::vector<std::int64_t> advance_leaving(Simulation& simulation,
                                                 const std::vector<std::int64_t>& before) {
  simulation.advance();
  const auto after = simulation.population().residents();
  const std::size_t origins = before.size() - before.size() / simulation.scenario().region_count();
  std::vector<std::int64_t> left(before.size());
  std::int64_t balance = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (i < origins) left[i] = before[i] - after[i];
    balance += after[i] - before[i];
  }
  if (balance != 0) FAIL("people were lost or made");
  return left;
}

/// Runs replicates of a leaving world to its end and holds each step against the law.
inline void check_leaving(const Scenario& scenario, std::uint32_t replicates, const Ledger::HazardOf& hazard,
                          std::size_t variant = 0) {
  Workers workers(1);
  Ledger ledger(scenario, hazard);
  for (std::uint32_t i = 0; i < replicates; ++i) {
    Simulation simulation(scenario, scenario.variants[variant], {scenario.seed, i}, workers);
    ledger.restart();
    std::vector<std::int64_t> before = residents(simulation);
    while (!simulation.finished()) {
      ledger.add(before, advance_leaving(simulation, before));
      before = residents(simulation);
    }
  }
  ledger.check();
  CHECK(ledger.weight() > 1000);  // there was something to see
}

/// Asks for flows by every group and single year of age, for `advance_by_flows`: all must have an even age in
/// completed years at the start, so that ages tell cohorts whatever the time.
inline void ask_for_flows(Scenario& scenario) {
  scenario.output.flow_by_age = true;
  scenario.output.age_from.clear();
  const auto years = static_cast<std::size_t>(scenario.time.elapsed(scenario.time.steps())) + 2;
  for (std::size_t age = 0; age < scenario.population.ages + years; ++age) {
    scenario.output.age_from.push_back(static_cast<double>(age));
  }
  scenario.output.flow_attributes.clear();
  for (std::size_t a = 0; a < scenario.groups.attributes().size(); ++a) {
    scenario.output.flow_attributes.push_back(AttributeId{a});
  }
}

/// Runs a step of any world that asks for flows: how many left each cell and cohort.
inline std::vector<std::int64_t> advance_by_flows(Simulation& simulation) {
  const Scenario& scenario = simulation.scenario();
  const std::size_t groups = scenario.groups.count();
  const std::size_t ages = scenario.population.ages;
  const auto older = static_cast<std::size_t>(scenario.time.middle(Step{simulation.steps_done()}));
  simulation.advance();
  std::vector<std::int64_t> left(scenario.cell_count() * ages);
  for (const FlowTally::Row& row : simulation.flows().take_rows()) {
    const std::size_t age = row.detail / groups - older;
    const std::size_t cohort = ages - 1 - (age - age % 2);
    left[(row.origin.index() * groups + row.detail % groups) * ages + cohort] += row.count;
  }
  return left;
}

}  // namespace sojourn::test
