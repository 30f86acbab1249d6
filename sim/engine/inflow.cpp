#include "sim/engine/inflow.hpp"

namespace sojourn {

namespace {

/// Puts one who enters where it will live.
void settle(const Inflow& inflow, Region region, Group group, Cohort cohort, Step step,
            Population& population, LineSums& sums) {
  const RecordLayout& layout = population.layout();
  const std::size_t cell = population.cell(region, group);
  const Region birth = inflow.birth.value_or(layout.nowhere());
  population.note(region, group, cohort, birth, 1);
  if (!layout.needs().records()) {
    population.add_counted(cell, cohort, 1);
    sums.touch(cell, LineSums::segment_of(cohort));
    return;
  }
  const History history{
      cohort,           birth, layout.nowhere(), static_cast<ArrivalCode>(step.value), layout.nowhere(),
      layout.nowhere(), birth};
  sums.touch(cell, sums.segment_of_block(population.movers().append(cell, layout.record(history, region))));
}

}  // namespace

std::vector<std::int64_t> draw_inflow(const InflowContext& context, ExpectedEntries& expected,
                                      Population& population, LineSums& sums, VitalTally& tally,
                                      std::vector<std::int64_t>& by_inflow, Workers& workers) {
  const Scenario& scenario = context.scenario;
  const Cohorts cohorts = population.cohorts();
  std::vector<std::vector<double>> by_cohort;
  by_cohort.reserve(scenario.inflows.size());
  for (const Inflow& inflow : scenario.inflows) {
    by_cohort.push_back(cohorts_of_entry(inflow, cohorts, scenario.time.middle(context.step)));
  }
  std::vector<std::int64_t> entered(scenario.cell_count());
  by_inflow.assign(scenario.region_count() * scenario.inflows.size(), 0);
  workers.for_each(population.regions(), [&](std::size_t r) {
    const Region region{r};
    for (std::size_t i = 0; i < scenario.inflows.size(); ++i) {
      RandomNumbers random(
          context.key, {Process::inflow, context.step.value, region.value, static_cast<std::uint32_t>(i)});
      const std::int64_t agents = expected.draw(i, region, context.step, context.numbers, random);
      by_inflow[r * scenario.inflows.size() + i] = agents;
      for (std::int64_t k = 0; k < agents; ++k) {
        const Inflow& inflow = scenario.inflows[i];
        const Group group = draw_group(inflow.groups, random);
        settle(inflow, region, group, draw_cohort(by_cohort[i], random), context.step, population, sums);
        tally.add_inflow(region, i, group, 1);
        ++entered[population.cell(region, group)];
      }
    }
  });
  return entered;
}

}  // namespace sojourn
