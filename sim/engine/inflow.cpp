#include "sim/engine/inflow.hpp"

namespace sojourn {

namespace {

/// What one who enters remembers: nothing before, and only where it was born.
History history_of(const Inflow& inflow, Cohort cohort, Region nowhere) {
  const Region birth = inflow.birth.value_or(nowhere);
  return {.cohort = cohort,
          .birth = birth,
          .previous = nowhere,
          .census = nowhere,
          .usual = nowhere,
          .citizenship = inflow.citizenship.value_or(birth)};
}

}  // namespace

std::vector<std::int64_t> draw_inflow(const InflowContext& context, ExpectedEntries& expected,
                                      Population& population, LineSums& sums, VitalTally& tally,
                                      std::vector<std::int64_t>& by_inflow, std::vector<EntryRequest>& asking,
                                      Workers& workers) {
  const Scenario& scenario = context.scenario;
  const Cohorts cohorts = population.cohorts();
  std::vector<std::vector<double>> by_cohort;
  by_cohort.reserve(scenario.inflows.size());
  for (const Inflow& inflow : scenario.inflows) {
    by_cohort.push_back(cohorts_of_entry(inflow, cohorts, scenario.time.middle(context.step)));
  }
  const KeyedRecord arrival = population.layout().arrival(static_cast<ArrivalCode>(context.step.value));
  const Region nowhere = population.layout().nowhere();
  std::vector<std::int64_t> entered(scenario.cell_count());
  by_inflow.assign(scenario.region_count() * scenario.inflows.size(), 0);
  std::vector<std::vector<EntryRequest>> asking_in(population.regions());
  workers.for_each(population.regions(), [&](std::size_t r) {
    const Region region{r};
    for (std::size_t i = 0; i < scenario.inflows.size(); ++i) {
      RandomNumbers random(
          context.key, {Process::inflow, context.step.value, region.value, static_cast<std::uint32_t>(i)});
      const std::int64_t agents = expected.draw(i, region, context.step, context.numbers, random);
      const bool asks = !scenario.inflows[i].draws.empty();
      if (!asks) by_inflow[r * scenario.inflows.size() + i] = agents;
      for (std::int64_t k = 0; k < agents; ++k) {
        const Inflow& inflow = scenario.inflows[i];
        const Group group = draw_group(inflow.groups, random);
        const Cohort cohort = draw_cohort(by_cohort[i], random);
        if (asks) {
          asking_in[r].push_back({InflowId{i}, region, group, cohort});
          continue;
        }
        sums.touch(population.settle({region, group, history_of(inflow, cohort, nowhere)}, arrival));
        tally.add_inflow(region, i, group, 1);
        ++entered[population.cell(region, group)];
      }
    }
  });
  asking.clear();
  for (const std::vector<EntryRequest>& list : asking_in)
    asking.insert(asking.end(), list.begin(), list.end());
  return entered;
}

std::vector<std::int64_t> let_in_admitted(const InflowContext& context,
                                          const std::vector<EntryRequest>& admitted, Population& population,
                                          LineSums& sums, VitalTally& tally,
                                          std::vector<std::int64_t>& by_inflow) {
  const Scenario& scenario = context.scenario;
  const KeyedRecord arrival = population.layout().arrival(static_cast<ArrivalCode>(context.step.value));
  const Region nowhere = population.layout().nowhere();
  std::vector<std::int64_t> entered(scenario.cell_count());
  for (const EntryRequest& entry : admitted) {
    const History history = history_of(scenario.inflows[entry.inflow.index()], entry.cohort, nowhere);
    sums.touch(population.settle({entry.region, entry.group, history}, arrival));
    tally.add_inflow(entry.region, entry.inflow.index(), entry.group, 1);
    ++by_inflow[entry.region.index() * scenario.inflows.size() + entry.inflow.index()];
    ++entered[population.cell(entry.region, entry.group)];
  }
  return entered;
}

}  // namespace sojourn
