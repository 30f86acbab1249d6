#include "sim/model/entry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/sampling.hpp"

namespace sojourn {

namespace {

/// Persons per year, on the days on which the doors are open.
double number_at(const Scenario& scenario, std::size_t inflow, Region region, const Numbers& numbers) {
  const Inflow& of = scenario.inflows[inflow];
  if (!of.into.residences[region.index()]) return 0;
  return persons_at(of.number, region, numbers) * numbers.doors().open_share_of_inflow(inflow, region);
}

}  // namespace

double persons_at(const Hazard& number, Region region, const Numbers& numbers) {
  const double persons = numbers.parameter(number.rate).at(region, Group{});
  if (!number.rate_factor) return persons;
  return persons * numbers.factor(*number.rate_factor).at(region, Group{});
}

double entries_to_expect(const Scenario& scenario, const Variant& variant) {
  for (const Inflow& inflow : scenario.inflows) {
    const auto& factor = inflow.number.rate_factor;
    if (factor && scenario.factors[factor->index()].derivation)
      return std::numeric_limits<double>::infinity();
  }
  double persons = 0;
  Numbers numbers(scenario, variant);
  for (std::size_t s = 0; s < scenario.time.steps() && !scenario.inflows.empty(); ++s) {
    numbers.update(scenario.time.boundary(s), scenario.time.boundary(s + 1));
    for (std::size_t i = 0; i < scenario.inflows.size(); ++i) {
      for (std::size_t r = 0; r < scenario.region_count(); ++r) {
        persons += number_at(scenario, i, Region{r}, numbers) * scenario.time.years(Step{s});
      }
    }
  }
  return persons;
}

ExpectedEntries::ExpectedEntries(const Scenario& scenario, RunKey key, Process process)
    : scenario_(&scenario), expected_(scenario.inflows.size() * scenario.region_count()) {
  // The steps of a run begin at 0; this is drawn before any.
  constexpr std::uint32_t before_all_steps = 0xFFFFFFFF;
  for (std::size_t i = 0; i < scenario.inflows.size(); ++i) {
    RandomNumbers random(key, {process, before_all_steps, 0, static_cast<std::uint32_t>(i)});
    for (std::size_t r = 0; r < scenario.region_count(); ++r) rounding_.push_back(random.uniform());
  }
}

std::int64_t ExpectedEntries::draw(std::size_t inflow, Region region, Step step, const Numbers& numbers,
                                   RandomNumbers& random) {
  const Inflow& of = scenario_->inflows[inflow];
  const double agents = number_at(*scenario_, inflow, region, numbers) * scenario_->time.years(step) /
                        scenario_->persons_per_agent;
  if (of.is_random) return draw_poisson(agents, random);
  const std::size_t place = inflow * scenario_->region_count() + region.index();
  const double before = std::floor(expected_[place] + rounding_[place]);
  expected_[place] += agents;
  return static_cast<std::int64_t>(std::floor(expected_[place] + rounding_[place]) - before);
}

std::vector<double> cohorts_of_entry(const Inflow& inflow, const Cohorts& cohorts, double elapsed) {
  std::vector<double> cumulative;
  double sum = 0;
  for (std::size_t c = 0; c < cohorts.count(); ++c) {
    const Cohorts::Ages ages = cohorts.ages(Cohort{c}, elapsed);
    for (const AgeShare& share : inflow.ages) {
      const double common = std::min(ages.to, share.to) - std::max(ages.from, share.from);
      if (common > 0) sum += share.weight * common / (share.to - share.from);
    }
    cumulative.push_back(sum);
  }
  return cumulative;
}

Cohort draw_cohort(const std::vector<double>& cumulative, RandomNumbers& random) {
  const double point = random.uniform() * cumulative.back();
  const auto found = std::upper_bound(cumulative.begin(), cumulative.end(), point);
  return Cohort{static_cast<std::size_t>(std::min(found, cumulative.end() - 1) - cumulative.begin())};
}

Group draw_group(const std::vector<GroupShare>& shares, RandomNumbers& random) {
  double point = random.uniform();
  std::size_t i = 0;
  while (i + 1 < shares.size() && point >= shares[i].probability) point -= shares[i++].probability;
  return shares[i].group;
}

}  // namespace sojourn
