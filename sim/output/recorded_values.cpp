#include "sim/output/recorded_values.hpp"

#include <cmath>
#include <numeric>
#include <optional>

#include "sim/base/random.hpp"
#include "sim/engine/flow_tally.hpp"
#include "sim/model/age_groups.hpp"

namespace sojourn {

namespace {

/// The random numbers that tell which of a cohort in a region are older than a bound that cuts it.
RandomName stock_ages(std::size_t boundary, std::size_t region) {
  return {Process::recorded_ages, static_cast<std::uint32_t>(boundary), Region{region}.value, 2};
}

/// A share of agents, up or down to a whole number so that its mean is right.
std::int64_t round_at_random(double share, std::int64_t agents, RandomNumbers& random) {
  return static_cast<std::int64_t>(std::floor(share * static_cast<double>(agents) + random.uniform()));
}

}  // namespace

Values stock_values(const Moment& moment) {
  const Scenario& scenario = moment.run.scenario;
  const OutputRequest& request = scenario.output;
  const Cohorts cohorts(scenario);
  const std::size_t groups = scenario.groups.count();
  const std::size_t combinations = combination_count(scenario.groups, request.stock_attributes);
  AgeGroups by_age;
  if (request.stock_by_age) by_age = AgeGroups(cohorts, request.age_from);
  by_age.set_time(scenario.time.elapsed(moment.to));
  const std::size_t ages = by_age.count();
  std::vector<std::int64_t> stock(scenario.region_count() * ages * combinations, 0);
  std::optional<RandomNumbers> random;
  for (std::size_t cell = 0; cell < scenario.cell_count(); ++cell) {
    const std::size_t region = cell / groups;
    if (cell % groups == 0) random.reset();
    const std::size_t detail = combination(scenario.groups, request.stock_attributes, Group{cell % groups});
    for (std::size_t c = 0; c < cohorts.count(); ++c) {
      const std::int64_t agents = moment.run.residents[cell * cohorts.count() + c];
      std::int64_t* const of_ages = &stock[(region * ages + by_age.of(Cohort{c})) * combinations + detail];
      of_ages[0] += agents;
      if (agents == 0 || !by_age.cuts(Cohort{c})) continue;
      if (!random) random.emplace(moment.run.key, stock_ages(moment.to, region));
      const std::int64_t older = round_at_random(by_age.older_share(Cohort{c}), agents, *random);
      of_ages[0] -= older;
      of_ages[combinations] += older;
    }
  }
  return stock;
}

Values queue_lengths(const Moment& moment) {
  const Scenario& scenario = moment.run.scenario;
  const Groups& groups = scenario.groups;
  const std::size_t cohorts = scenario.cohort_count();
  const std::size_t queues = scenario.queues.size();
  std::vector<std::int64_t> lengths(scenario.region_count() * queues);
  for (std::size_t r = 0; r < scenario.region_count(); ++r) {
    for (std::size_t g = groups.unqueued(); g < groups.count(); ++g) {
      const auto residents = moment.run.residents.subspan((r * groups.count() + g) * cohorts, cohorts);
      const std::int64_t agents = std::accumulate(residents.begin(), residents.end(), std::int64_t{0});
      for (std::size_t q = 0; q < queues; ++q) {
        if (groups.waits(Group{g}, QueueId{q})) lengths[r * queues + q] += agents;
      }
    }
  }
  return lengths;
}

/// The tally has [destination][origin], so that threads with different destinations stay apart.
Values flow_values(const Moment& moment) {
  const std::size_t regions = moment.run.scenario.region_count();
  const FlowTally& tally = moment.run.flows;
  const std::size_t size = moment.run.scenario.streams.size() * tally.detail_count();
  const std::vector<std::int64_t>& dense = tally.dense();
  std::vector<std::int64_t> result(dense.size());
  for (std::size_t d = 0; d < regions; ++d) {
    for (std::size_t o = 0; o < regions; ++o) {
      for (std::size_t i = 0; i < size; ++i) {
        result[(o * regions + d) * size + i] = dense[(d * regions + o) * size + i];
      }
    }
  }
  return result;
}

}  // namespace sojourn
