#include "sim/engine/births.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <utility>

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

/// Whose children are born in a cell: anybody's who lives there when it is drawn, in proportion to the rate
/// at which those of its age bear children.
class ParentDraw {
 public:
  /// Of the cells of a region, those of these groups.
  ParentDraw(const Hazards& fertility, const Population& population, Region region,
             const std::vector<Group>& groups)
      : population_(population) {
    for (const Group group : groups) add(fertility, population.cell(region, group));
  }

  [[nodiscard]] bool any() const { return all_ > 0; }

  /// The citizenships of the parents of so many children, as far as they have records. Who is counted is a
  /// citizen of the region.
  [[nodiscard]] std::map<Region, std::int64_t> citizenships(std::int64_t children,
                                                            RandomNumbers& random) const {
    std::map<Region, std::int64_t> result;
    if (!(recorded_ > 0)) return result;
    const std::int64_t of_recorded = draw_binomial(children, std::min(1.0, recorded_ / all_), random);
    for (std::int64_t i = 0; i < of_recorded; ++i) ++result[draw_citizenship(random)];
    return result;
  }

 private:
  struct Cell {
    std::size_t number = 0;
    /// Of bearing children, by cohort.
    std::vector<double> rates{};
    std::uint64_t records = 0;
  };

  void add(const Hazards& fertility, std::size_t number) {
    const std::size_t cohorts = population_.cohorts().count();
    Cell cell{number, std::vector<double>(cohorts), population_.movers().count(number)};
    fertility.stayers(number, Cohort{}, cell.rates);
    for (std::size_t c = 0; c < cohorts; ++c) {
      const std::int64_t all = population_.residents()[number * cohorts + c];
      all_ += static_cast<double>(all) * cell.rates[c];
      recorded_ += static_cast<double>(all - population_.counted(number, Cohort{c})) * cell.rates[c];
      largest_rate_ = std::max(largest_rate_, cell.rates[c]);
    }
    records_ += cell.records;
    cells_.push_back(std::move(cell));
  }

  /// By thinning: of records at hand that is kept whose rate is above a uniform share of the largest.
  [[nodiscard]] Region draw_citizenship(RandomNumbers& random) const {
    for (;;) {
      auto index = static_cast<std::uint64_t>(random.uniform() * static_cast<double>(records_));
      const Cell* cell = cells_.data();
      while (index >= cell->records) index -= (cell++)->records;
      const auto citizenship = citizenship_if_kept(*cell, index, random);
      if (citizenship) return *citizenship;
    }
  }

  [[nodiscard]] std::optional<Region> citizenship_if_kept(const Cell& cell, std::uint64_t index,
                                                          RandomNumbers& random) const {
    const RecordLayout& layout = population_.layout();
    for (const Block& block : population_.movers().blocks(cell.number)) {
      if (index >= block.size) {
        index -= block.size;
        continue;
      }
      const RecordWord word = population_.movers().read(block, index);
      const double rate = cell.rates[layout.cohort(word, block.key).index()];
      if (random.uniform() * largest_rate_ < rate) return layout.citizenship(word);
      break;
    }
    return std::nullopt;
  }

  const Population& population_;
  std::vector<Cell> cells_;
  double all_ = 0;
  double recorded_ = 0;
  double largest_rate_ = 0;
  std::uint64_t records_ = 0;
};

/// The births of one region in one step.
class RegionBirths {
 public:
  RegionBirths(const Scenario& scenario, const std::vector<double>& at_start, const Hazards& fertility,
               const Hazards& hazards, Region region, Step step, RandomNumbers random, Population& population,
               LineSums& sums, VitalTally& tally)
      : births_(*scenario.demography.births),
        groups_(scenario.groups),
        death_(EventOrder(scenario).death()),
        has_deaths_(scenario.demography.deaths.has_value()),
        at_start_(at_start),
        fertility_(fertility),
        hazards_(hazards),
        region_(region),
        step_(step),
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
    std::map<std::pair<Group, Region>, std::int64_t> foreigners;
    for (std::size_t g = 0; g < expected.size(); ++g) {
      if (expected[g] <= 0) continue;
      std::int64_t born = draw_poisson(expected[g], random_);
      if (births_.citizenship_is_inherited) born -= share_out_foreigners(Group{g}, born, foreigners);
      share_out(born, births_.newborn[g], [&](Group group, std::int64_t number) {
        children[groups_.tied(group, {region_, region_}).index()] += number;
      });
    }
    for (std::size_t g = 0; g < expected.size(); ++g) {
      if (children[g] > 0) children[g] = settle(Group{g}, children[g]);
    }
    for (const auto& [child, number] : foreigners) {
      children[child.first.index()] += settle_foreigners(child.first, child.second, number);
    }
    return children;
  }

  /// Where nobody of a group is left at the end of a step, its people wait now, or wait no longer.
  [[nodiscard]] ParentDraw parents_of(Group group) const {
    ParentDraw own(fertility_, population_, region_, {group});
    if (own.any()) return own;
    std::vector<Group> alike;
    for (std::size_t g = 0; g < groups_.count(); ++g) {
      if (groups_.left_all(Group{g}) == groups_.left_all(group)) alike.emplace_back(g);
    }
    return {fertility_, population_, region_, alike};
  }

  /// Of so many children of a group those who inherit a citizenship that is not of the region: by group and
  /// citizenship. Returns how many there are.
  std::int64_t share_out_foreigners(Group parents, std::int64_t born,
                                    std::map<std::pair<Group, Region>, std::int64_t>& foreigners) {
    std::map<Region, std::int64_t> by_citizenship = parents_of(parents).citizenships(born, random_);
    by_citizenship.erase(region_);
    std::int64_t sum = 0;
    for (const auto& [citizenship, number] : by_citizenship) {
      sum += number;
      share_out(number, births_.newborn[parents.index()],
                [&, of = citizenship](Group group, std::int64_t part) {
                  if (part > 0) foreigners[{groups_.tied(group, {region_, of}), of}] += part;
                });
    }
    return sum;
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
  template <class Take>
  void share_out(std::int64_t children, const std::vector<GroupShare>& groups, const Take& take) {
    double left = 1;
    for (std::size_t i = 0; i < groups.size() && children > 0; ++i) {
      const bool last = i + 1 == groups.size();
      const std::int64_t number =
          last ? children
               : draw_binomial(children, std::clamp(groups[i].probability / left, 0.0, 1.0), random_);
      take(groups[i].group, number);
      children -= number;
      left -= groups[i].probability;
    }
  }

  /// Returns how many of the new-born do not die at once.
  std::int64_t settle(Group group, std::int64_t children) {
    const std::size_t cell = population_.cell(region_, group);
    (void)hazards_.stayer(cell, cohort_, rates_);
    const std::int64_t deaths = count(group, children);
    population_.add_counted(cell, cohort_, children - deaths);
    population_.note(region_, group, cohort_, region_, children - deaths);
    sums_.touch(cell, LineSums::segment_of(cohort_));
    return children - deaths;
  }

  /// Tallies births, and how many of the new-born die at once, whose hazards are `rates_`; returns these.
  std::int64_t count(Group group, std::int64_t children) {
    tally_.add_births(region_, group, children);
    if (!has_deaths_) return 0;
    const double dying = death_before_end(years_ * rates_[death_.index()]);
    const std::int64_t deaths = draw_binomial(children, dying, random_);
    tally_.add_deaths(region_, group, cohort_, deaths);
    return deaths;
  }

  /// Those who are no citizens of where they are born have a record: they have been there since.
  std::int64_t settle_foreigners(Group group, Region citizenship, std::int64_t children) {
    const RecordLayout& layout = population_.layout();
    const Region nowhere = layout.nowhere();
    const History history{.cohort = cohort_,
                          .birth = region_,
                          .previous = nowhere,
                          .census = nowhere,
                          .usual = region_,
                          .citizenship = citizenship};
    const KeyedRecord arrival = layout.arrival(static_cast<ArrivalCode>(step_.value));
    const KeyedRecord record = layout.without_arrival(history, region_).with(arrival);
    (void)hazards_.mover(population_.cell(region_, group), record.key, record.word, rates_);
    const std::int64_t alive = children - count(group, children);
    for (std::int64_t i = 0; i < alive; ++i) {
      sums_.touch(population_.settle({region_, group, history}, arrival));
    }
    return alive;
  }

  const Births& births_;
  const Groups& groups_;
  EventId death_;
  bool has_deaths_;
  const std::vector<double>& at_start_;
  const Hazards& fertility_;
  const Hazards& hazards_;
  Region region_;
  Step step_;
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
