#include <algorithm>
#include <cmath>
#include <variant>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/base/sampling.hpp"
#include "sim/model/population.hpp"

namespace sojourn {

namespace {

/// Draws when movers of the start arrived. The law of the scenario, cut at a mover's age, is made a table of
/// chances by slot for each cohort, from which a draw is one random number.
class ArrivalDraw {
 public:
  ArrivalDraw(const Scenario& scenario, const Population& population)
      : law_(&scenario.population.arrival), layout_(&population.layout()), cohorts_(population.cohorts()) {
    if (!layout_->needs().arrival) return;
    const ArrivalClock& clock = layout_->clock();
    for (std::size_t slot = 0; slot < clock.slots_before_start(); ++slot) {
      const double middle = (static_cast<double>(slot) + 0.5) * clock.slot_years();
      arrival_of_slot_.push_back(layout_->arrival(clock.before_start(middle)));
    }
    for (std::size_t c = 0; c < cohorts_.count(); ++c) by_cohort_.push_back(chances(age(Cohort{c})));
  }

  /// What the time of arrival of a mover adds to its record.
  [[nodiscard]] KeyedRecord draw(const MoverRow& row, Cohort cohort, RandomNumbers& random) const {
    if (by_cohort_.empty()) return layout_->arrival(0);
    if (!std::isnan(row.years_since_arrival)) {
      return layout_->arrival(layout_->clock().before_start(std::min(row.years_since_arrival, age(cohort))));
    }
    return arrival_of_slot_[by_cohort_[cohort.index()].draw(random)];
  }

 private:
  [[nodiscard]] double age(Cohort cohort) const { return cohorts_.age(cohort, 0); }

  /// By the slots of `before_start`: each from so many years before the start to one slot more; the last one
  /// holds the rest.
  [[nodiscard]] AliasTable chances(double age) const {
    std::vector<double> weights;
    const double width = layout_->clock().slot_years();
    const std::size_t last = arrival_of_slot_.size() - 1;
    for (std::size_t slot = 0; slot <= last; ++slot) {
      const double from = width * static_cast<double>(slot);
      const double to = slot == last ? age : std::min(age, from + width);
      // Who has lived in a place for all their life: the slot that holds the age itself has no width.
      const double share =
          from > age
              ? 0.0
              : std::visit(
                    [&](const auto& law) { return share_up_to(law, to, age) - share_up_to(law, from, age); },
                    *law_);
      weights.push_back(std::max(0.0, share));
    }
    return AliasTable(weights);
  }

  /// The share of movers of an age who arrived at most so many years ago.
  [[nodiscard]] static double share_up_to(const UniformArrival& law, double years, double age) {
    return std::min(1.0, years / std::min(law.years, age));
  }
  /// The exponential law cut at the age.
  [[nodiscard]] static double share_up_to(const ExponentialArrival& law, double years, double age) {
    return math::expm1(-years / law.mean_years) / math::expm1(-age / law.mean_years);
  }
  /// Only whether it was before the start matters then: when they were born.
  [[nodiscard]] static double share_up_to(const NoArrival& /*none*/, double years, double age) {
    return years >= age ? 1.0 : 0.0;
  }

  const ArrivalLaw* law_;
  const RecordLayout* layout_;
  Cohorts cohorts_;
  std::vector<KeyedRecord> arrival_of_slot_;
  std::vector<AliasTable> by_cohort_;
};

void place_stayers(const Scenario& scenario, Region region, RunKey key, Population& population) {
  const StartPopulation& start = scenario.population;
  const std::size_t size = population.groups() * start.ages;
  const auto first = start.stayers.begin() + static_cast<std::ptrdiff_t>(region.index() * size);
  std::vector<double> agents(first, first + static_cast<std::ptrdiff_t>(size));
  for (double& number : agents) number /= scenario.persons_per_agent;
  RandomNumbers random(key, {Process::round_stayers, 0, region.value, 0});
  const std::vector<std::int64_t> counts = round_systematically(agents, random);
  for (std::size_t i = 0; i < size; ++i) {
    const Group group{i / start.ages};
    const Cohort cohort{i % start.ages};
    population.add_counted(population.cell(region, group), cohort, counts[i]);
    population.note(region, group, cohort, region, counts[i]);
  }
}

void settle_movers(const MoverRow& row, Cohort cohort, std::int64_t count, const ArrivalDraw& arrivals,
                   RandomNumbers& random, Population& population) {
  population.note(row.residence, row.group, cohort, row.birth, count);
  const std::size_t cell = population.cell(row.residence, row.group);
  if (!population.layout().needs().records()) {
    population.add_counted(cell, cohort, count);
    return;
  }
  const History history{cohort, row.birth, row.previous.value_or(row.birth), 0, row.residence};
  const KeyedRecord record = population.layout().without_arrival(history, row.residence);
  for (std::int64_t i = 0; i < count; ++i) {
    (void)population.movers().append(cell, record.with(arrivals.draw(row, cohort, random)));
  }
}

/// Rows of one source are rounded together so that their total is kept.
void place_source(const Scenario& scenario, const std::vector<const MoverRow*>& rows, RandomNumbers& rounding,
                  RandomNumbers& arriving, const ArrivalDraw& arrivals, Population& population) {
  std::vector<double> agents;
  for (const MoverRow* row : rows) {
    const std::size_t width = row->cohort_to.index() - row->cohort_from.index();
    agents.insert(agents.end(), width,
                  row->persons / scenario.persons_per_agent / static_cast<double>(width));
  }
  const std::vector<std::int64_t> counts = round_systematically(agents, rounding);
  std::size_t i = 0;
  for (const MoverRow* row : rows) {
    for (std::size_t c = row->cohort_from.index(); c < row->cohort_to.index(); ++c, ++i) {
      if (counts[i] > 0) settle_movers(*row, Cohort{c}, counts[i], arrivals, arriving, population);
    }
  }
}

void place_movers(const Scenario& scenario, Region region, const std::vector<const MoverRow*>& rows,
                  RunKey key, const ArrivalDraw& arrivals, Population& population) {
  RandomNumbers rounding(key, {Process::round_movers, 0, region.value, 0});
  RandomNumbers arriving(key, {Process::start_arrivals, 0, region.value, 0});
  std::vector<const MoverRow*> together;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    together.push_back(rows[i]);
    if (i + 1 < rows.size() && rows[i + 1]->source == rows[i]->source) continue;
    place_source(scenario, together, rounding, arriving, arrivals, population);
    together.clear();
  }
}

}  // namespace

Population start_population(const Scenario& scenario, RunKey key, Workers& workers) {
  Population population(scenario);
  std::vector<std::vector<const MoverRow*>> rows(scenario.region_count());
  for (const MoverRow& row : scenario.population.movers) rows[row.residence.index()].push_back(&row);
  const ArrivalDraw arrivals(scenario, population);
  workers.for_each(scenario.region_count(), [&](std::size_t r) {
    place_stayers(scenario, Region{r}, key, population);
    place_movers(scenario, Region{r}, rows[r], key, arrivals, population);
  });
  return population;
}

}  // namespace sojourn
