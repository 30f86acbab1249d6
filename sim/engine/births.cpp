#include "sim/engine/births.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "sim/base/anniversary.hpp"
#include "sim/base/math.hpp"
#include "sim/base/sampling.hpp"

namespace sojourn {

namespace {

/// Generations that are born in one step: children of those who were there before, and theirs. What the next
/// would add is of fourth order in the step.
constexpr int generations = 3;

/// Children a year of the residents of a cell. `rates` is room to work in.
double yearly_births(const Hazards& fertility, const Population& population, std::size_t cell,
                     std::vector<double>& rates) {
  const std::size_t cohorts = population.cohorts().count();
  rates.resize(cohorts);
  fertility.stayers(cell, Cohort{}, rates);
  const std::span<const std::int64_t> residents = population.residents().subspan(cell * cohorts, cohorts);
  double sum = 0;
  for (std::size_t c = 0; c < cohorts; ++c) sum += static_cast<double>(residents[c]) * rates[c];
  return sum;
}

/// The chance that someone who is born at a uniform moment of a step dies in what is left of it: of 1 -
/// exp(-h u), the mean over u from 0 to the length of the step. `length`: h times that.
double death_before_end(double length) {
  return length > 0 ? std::clamp(1 + math::expm1(-length) / length, 0.0, 1.0) : 0.0;
}

/// The births of one region in one step.
class RegionBirths {
 public:
  RegionBirths(const Scenario& scenario, const std::vector<double>& at_start, const Hazards& fertility,
               const Hazards& hazards, Region region, Step step, RandomNumbers random, Population& population,
               LineSums& sums, VitalTally& tally)
      : births_(*scenario.demography.births),
        death_(EventOrder(scenario).death()),
        has_deaths_(scenario.demography.deaths.has_value()),
        at_start_(at_start),
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
    std::vector<double> expected(population_.groups());
    for (std::size_t g = 0; g < expected.size(); ++g) {
      if (births_.who.groups[g]) expected[g] = of_those_before(Group{g});
    }
    for (int generation = 1; generation <= generations; ++generation) {
      const std::vector<std::int64_t> born = bear(expected);
      for (std::size_t g = 0; g < expected.size(); ++g) {
        alive[g] += born[g];
        expected[g] = births_.who.groups[g] && born[g] > 0 ? of_newborn(Group{g}, born[g]) : 0.0;
      }
    }
  }

 private:
  /// Draws so many children of parents by group, and returns by group how many of them live.
  std::vector<std::int64_t> bear(const std::vector<double>& expected) {
    std::vector<std::int64_t> children(expected.size());
    for (std::size_t g = 0; g < expected.size(); ++g) {
      if (expected[g] > 0) share_out(draw_poisson(expected[g], random_), births_.newborn[g], children);
    }
    for (std::size_t g = 0; g < expected.size(); ++g) {
      if (children[g] > 0) children[g] = settle(Group{g}, children[g]);
    }
    return children;
  }

  [[nodiscard]] double of_those_before(Group group) {
    const std::size_t cell = population_.cell(region_, group);
    return 0.5 * years_ *
           (at_start_[cell] + yearly_births(fertility_, population_, cell, hazards_of_births_));
  }

  [[nodiscard]] double of_newborn(Group group, std::int64_t agents) {
    std::array<double, 1> hazard{};
    (void)fertility_.stayer(population_.cell(region_, group), cohort_, hazard);
    return 0.5 * years_ * hazard[0] * static_cast<double>(agents);
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
      deaths = draw_binomial(children, death_before_end(years_ * rates_[death_.index()]), random_);
      tally_.add_deaths(region_, group, cohort_, deaths);
    }
    population_.add_counted(cell, cohort_, children - deaths);
    population_.note(region_, group, cohort_, region_, children - deaths);
    sums_.touch(cell, LineSums::segment_of(cohort_));
    return children - deaths;
  }

  const Births& births_;
  EventId death_;
  bool has_deaths_;
  const std::vector<double>& at_start_;
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

std::vector<double> births_to_expect(const Hazards& fertility, const Population& population,
                                     Workers& workers) {
  const std::size_t groups = population.groups();
  std::vector<double> yearly(population.regions() * groups);
  workers.for_each(population.regions(), [&](std::size_t r) {
    std::vector<double> rates;
    for (std::size_t g = 0; g < groups; ++g) {
      const std::size_t cell = population.cell(Region{r}, Group{g});
      yearly[cell] = yearly_births(fertility, population, cell, rates);
    }
  });
  return yearly;
}

std::vector<std::int64_t> draw_births(const Scenario& scenario, RunKey key, Step step,
                                      const std::vector<double>& at_start, const Hazards& fertility,
                                      const Hazards& hazards, Population& population, LineSums& sums,
                                      VitalTally& tally, Workers& workers) {
  std::vector<std::int64_t> alive(scenario.cell_count());
  const std::size_t groups = population.groups();
  workers.for_each(population.regions(), [&](std::size_t r) {
    const RandomNumbers random(key, {Process::births, step.value, Region{r}.value, 0});
    RegionBirths(scenario, at_start, fertility, hazards, Region{r}, step, random, population, sums, tally)
        .draw(std::span(alive).subspan(r * groups, groups));
  });
  return alive;
}

}  // namespace sojourn
