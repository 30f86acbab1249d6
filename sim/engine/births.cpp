#include "sim/engine/births.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

#include "sim/base/anniversary.hpp"
#include "sim/base/math.hpp"
#include "sim/base/sampling.hpp"

namespace sojourn {

namespace {

/// The births of one region in one step.
class RegionBirths {
 public:
  RegionBirths(const Scenario& scenario, const Hazards& fertility, const Hazards& hazards, Region region,
               Step step, RandomNumbers random, Population& population, LineSums& sums, VitalTally& tally)
      : births_(*scenario.demography.births),
        has_deaths_(scenario.demography.deaths.has_value()),
        fertility_(fertility),
        hazards_(hazards),
        region_(region),
        years_(scenario.time.years(step)),
        cohort_(population.cohorts().newborn(whole_years(scenario.time, step))),
        random_(random),
        population_(population),
        sums_(sums),
        tally_(tally),
        rates_(hazards.events()) {}

  /// Adds those who live at the end of the step to `alive`, by group.
  void draw(std::span<std::int64_t> alive) {
    // All are drawn before any is born: nobody bears children in the step of its own birth.
    std::vector<std::int64_t> children(population_.groups());
    for (std::size_t g = 0; g < population_.groups(); ++g) {
      if (births_.who.groups[g])
        share_out(draw_poisson(mean(Group{g}), random_), births_.newborn[g], children);
    }
    for (std::size_t g = 0; g < children.size(); ++g) {
      if (children[g] == 0) continue;
      alive[g] += settle(Group{g}, children[g]);
    }
  }

 private:
  [[nodiscard]] double mean(Group group) {
    const std::size_t cell = population_.cell(region_, group);
    const std::size_t cohorts = population_.cohorts().count();
    hazards_of_births_.resize(cohorts);
    fertility_.stayers(cell, Cohort{}, hazards_of_births_);
    const std::span<const std::int64_t> residents = population_.residents().subspan(cell * cohorts, cohorts);
    double sum = 0;
    for (std::size_t c = 0; c < cohorts; ++c) {
      sum += static_cast<double>(residents[c]) * hazards_of_births_[c];
    }
    return sum * years_;
  }

  /// A multinomial number as binomial ones, one after another.
  void share_out(std::int64_t children, const std::vector<GroupShare>& groups,
                 std::vector<std::int64_t>& by_group) {
    double left = 1;
    for (std::size_t i = 0; i < groups.size() && children > 0; ++i) {
      const bool last = i + 1 == groups.size();
      const std::int64_t number =
          last ? children
               : draw_binomial(children, std::clamp(groups[i].probability / left, 0.0, 1.0), random_);
      by_group[groups[i].group.index()] += number;
      children -= number;
      left -= groups[i].probability;
    }
  }

  /// Returns how many of the new-born do not die at once.
  std::int64_t settle(Group group, std::int64_t children) {
    const std::size_t cell = population_.cell(region_, group);
    tally_.add_births(region_, group, children);
    std::int64_t deaths = 0;
    if (has_deaths_) {
      (void)hazards_.stayer(cell, cohort_, rates_);
      deaths = draw_binomial(children, -math::expm1(-0.5 * years_ * rates_.back()), random_);
      tally_.add_deaths(region_, group, cohort_, deaths);
    }
    population_.add_counted(cell, cohort_, children - deaths);
    population_.note(region_, group, cohort_, region_, children - deaths);
    sums_.touch(cell, LineSums::segment_of(cohort_));
    return children - deaths;
  }

  const Births& births_;
  bool has_deaths_;
  const Hazards& fertility_;
  const Hazards& hazards_;
  Region region_;
  double years_;
  Cohort cohort_;
  RandomNumbers random_;
  Population& population_;
  LineSums& sums_;
  VitalTally& tally_;
  std::vector<double> rates_;
  std::vector<double> hazards_of_births_;
};

}  // namespace

std::vector<std::int64_t> draw_births(const Scenario& scenario, RunKey key, Step step,
                                      const Hazards& fertility, const Hazards& hazards,
                                      Population& population, LineSums& sums, VitalTally& tally,
                                      Workers& workers) {
  std::vector<std::int64_t> alive(scenario.cell_count());
  const std::size_t groups = population.groups();
  workers.for_each(population.regions(), [&](std::size_t r) {
    const RandomNumbers random(key, {Process::births, step.value, Region{r}.value, 0});
    RegionBirths(scenario, fertility, hazards, Region{r}, step, random, population, sums, tally)
        .draw(std::span(alive).subspan(r * groups, groups));
  });
  return alive;
}

}  // namespace sojourn
