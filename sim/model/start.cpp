#include <algorithm>
#include <cmath>
#include <variant>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/base/sampling.hpp"
#include "sim/model/population.hpp"

namespace sojourn {

namespace {

/// Draws when movers of the start arrived.
class ArrivalDraw {
 public:
  ArrivalDraw(const Scenario& scenario, const Population& population)
      : law_(&scenario.population.arrival),
        layout_(&population.layout()),
        cohorts_(population.cohorts()),
        slots_per_year_(population.layout().clock().slots_per_year()) {
    const ArrivalClock& clock = layout_->clock();
    for (std::size_t slot = 0; slot < clock.slots_before_start(); ++slot) {
      const double middle = (static_cast<double>(slot) + 0.5) * clock.slot_years();
      arrival_of_slot_.push_back(layout_->arrival(clock.before_start(middle)));
    }
  }

  /// Calls take(part) for each of `count` movers, with what its time of arrival adds to its record.
  template <class Take>
  void draw(const MoverRow& row, Cohort cohort, std::int64_t count, RandomNumbers& random,
            const Take& take) const {
    const double age = cohorts_.age(cohort, 0);
    const auto all = [&](const auto& years_of_one) {
      for (std::int64_t i = 0; i < count; ++i) take(arrival(years_of_one()));
    };
    if (!layout_->needs().arrival) {
      all([] { return 0.0; });
    } else if (!std::isnan(row.years_since_arrival)) {
      all([&] { return std::min(row.years_since_arrival, age); });
    } else {
      std::visit([&](const auto& law) { all([&] { return draw(law, age, random); }); }, *law_);
    }
  }

 private:
  [[nodiscard]] const KeyedRecord& arrival(double years) const {
    return arrival_of_slot_[std::min(static_cast<std::size_t>(years * slots_per_year_),
                                     arrival_of_slot_.size() - 1)];
  }
  [[nodiscard]] static double draw(const UniformArrival& law, double age, RandomNumbers& random) {
    return std::min(law.years, age) * random.uniform();
  }
  /// By inversion of the exponential law cut at the age.
  [[nodiscard]] static double draw(const ExponentialArrival& law, double age, RandomNumbers& random) {
    const double within = -math::expm1(-age / law.mean_years);
    return -law.mean_years * math::log1p(-within * random.uniform());
  }
  [[nodiscard]] static double draw(const NoArrival& /*none*/, double age, RandomNumbers& /*random*/) {
    return age;  // only whether it was before the start matters then
  }

  const ArrivalLaw* law_;
  const RecordLayout* layout_;
  Cohorts cohorts_;
  double slots_per_year_;
  std::vector<KeyedRecord> arrival_of_slot_;
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
  const History history{.cohort = cohort,
                        .birth = row.birth,
                        .previous = row.previous.value_or(row.birth),
                        .census = row.residence,
                        .usual = row.residence,
                        .citizenship = row.citizenship.value_or(row.birth)};
  (void)population.settle_all({row.residence, row.group, history, count},
                              [&](const auto& take) { arrivals.draw(row, cohort, count, random, take); });
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
