#include "sim/model/hazard.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <variant>

#include "sim/base/math.hpp"
#include "sim/model/run_fault.hpp"
#include "sim/model/schedule.hpp"

namespace sojourn {

Hazards::Hazards(const Scenario& scenario, const std::vector<EventKind>& kinds, const Numbers& start,
                 const Population& population, Workers& workers)
    : scenario_(&scenario),
      layout_(&population.layout()),
      cohorts_(population.cohorts()),
      levels_(scenario.cell_count() * kinds.size()) {
  for (const EventKind& kind : kinds) add_event(kind, start, population, workers);
  const std::size_t size = layout_->band_count() * events_.size();
  const bool differ = std::any_of(profiles_.begin(), profiles_.end(),
                                  [](const AgeProfile& profile) { return profile.differs_between_cells(); });
  if (differ) band_stride_ = size;
  band_bounds_.resize(differ ? scenario.cell_count() * size : size);
}

void Hazards::add_event(const EventKind& kind, const Numbers& start, const Population& population,
                        Workers& workers) {
  const Who& who = kind.who();
  const Hazard& of = kind.hazard();
  EventHazard& hazard = events_.emplace_back(EventHazard{.kind = kind});
  hazard.rate_by_age = of.rate_factor && scenario_->factors[of.rate_factor->index()].by_age();
  double divisor = 1;
  if (!hazard.rate_by_age) {
    std::vector<double> divisors = schedule_divisors(*scenario_, who, of);
    if (of.schedule_mean == ScheduleMean::region) {
      hazard.by_region = std::move(divisors);
    } else {
      divisor = divisors.front();
    }
  }
  profiles_.emplace_back(*scenario_, kind, divisor);
  for (const FactorTerm& term : of.push) hazard.push.emplace_back(term, start);
  const bool foreign = who.foreign_born.value_or(false);
  const bool native = !who.foreign_born.value_or(true);
  const Stream* const stream = kind.stream();
  if (stream != nullptr) {
    const ChoiceSet& set = stream->destination.choice_set;
    hazard.to_birth = std::holds_alternative<BirthRegion>(set);
    hazard.to_previous = std::holds_alternative<PreviousRegion>(set);
  }
  hazard.at_home = !hazard.to_birth && !foreign;
  hazard.elsewhere = !native;
  hazard.citizens = !who.foreign_citizen.value_or(false);
  hazard.foreigners = who.foreign_citizen.value_or(true);
  if (hazard.at_home && hazard.citizens && !hazard.to_previous) of_stayers_.push_back(events_.size() - 1);
  if (!of.stay.from_years.empty()) hazard.stay = &of.stay;
  find_way(hazard, start);
  if (of.attraction) hazard.start_inclusive = inclusive_values(*stream, start, population, workers);
  any_to_one_ = any_to_one_ || hazard.to_previous || (hazard.to_birth && layout_->outside_births());
}

/// What its doors are found by.
void Hazards::find_way(EventHazard& hazard, const Numbers& start) const {
  if (hazard.to_birth || hazard.to_previous) hazard.to_one = start.doors().find(*hazard.kind.stream());
  for (std::size_t i = 0; i < scenario_->outflows.size(); ++i) {
    const auto* outflow = std::get_if<std::reference_wrapper<const Outflow>>(&hazard.kind.of);
    if (outflow != nullptr && &outflow->get() == &scenario_->outflows[i]) hazard.outflow = OutflowId{i};
  }
}

/// By cell.
std::vector<double> Hazards::inclusive_values(const Stream& stream, const Numbers& start,
                                              const Population& population, Workers& workers) const {
  Choice choice(*scenario_, stream, start);
  choice.update(start, population.diaspora(), workers);
  // What is closed at the start and opened later is compared with itself.
  std::optional<Choice> open;
  std::optional<Numbers> all_open;
  if (!scenario_->closed.empty()) {
    all_open = start;
    all_open->open_all_doors();
    open.emplace(*scenario_, stream, *all_open);
    open->update(*all_open, population.diaspora(), workers);
  }
  const std::size_t groups = scenario_->groups.count();
  std::vector<double> values;
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    const Region region{cell / groups};
    const Group group{cell % groups};
    const bool named = stream.who.groups[group.index()] && stream.who.residences[region.index()];
    if (!named) {
      values.push_back(0);
    } else if (open && !choice.is_open(region, group)) {
      values.push_back(open->inclusive_value(region, group));
    } else {
      values.push_back(choice.inclusive_value(region, group));
    }
  }
  return values;
}

void Hazards::update(const Numbers& now, const std::vector<Choice>& choices, Step step, Workers& workers) {
  for (EventHazard& hazard : events_) {
    for (TermValues& term : hazard.push) term.update(now);
  }
  doors_ = &now.doors();
  step_ = step;
  elapsed_ = scenario_->time.elapsed(step.index());
  years_ = scenario_->time.years(step);
  const bool new_year = !year_.holds(step);
  if (new_year) begin_year(step);
  bool new_bounds = new_year;
  for (std::size_t e = 0; e < events_.size(); ++e) {
    if (!profiles_[e].update(now, step, year_, new_year)) continue;
    bound_bands(e);
    new_bounds = true;
  }
  if (new_bounds) ++bounds_version_;
  const std::uint64_t levels_before = levels_version_;
  update_levels(now, choices, workers);
  asks_for_one_ = any_to_one_ || std::any_of(events_.begin(), events_.end(),
                                             [](const EventHazard& hazard) { return hazard.asks_doors; });
  if (new_year || levels_version_ != levels_before) check_hazards();
}

/// With the ages and durations of stay at which they are largest. Not where the rate is a factor by age: its
/// bounds leave room for what may never come.
void Hazards::check_hazards() const {
  const std::size_t groups = scenario_->groups.count();
  for (std::size_t e = 0; e < events_.size(); ++e) {
    const AgeProfile& profile = profiles_[e];
    if (profile.differs_between_cells()) continue;
    double most = 0;
    if (std::find(of_stayers_.begin(), of_stayers_.end(), e) != of_stayers_.end()) {
      most = *std::max_element(profile.bounds(0), profile.bounds(0) + cohorts_.count());
    }
    for (BlockKey key = 0; key < layout_->key_count(); ++key) {
      most = std::max(most, band_bounds(0, key)[e] * largest_stay_[key * events_.size() + e]);
    }
    for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
      const double level = levels(cell)[e];
      if (level > 0)
        static_cast<void>(checked(events_[e], Region{cell / groups}, Group{cell % groups}, level * most));
    }
  }
}

void Hazards::bound_bands(std::size_t event) {
  const std::size_t cells = band_stride_ > 0 ? scenario_->cell_count() : 1;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    double* const bands = band_bounds_.data() + cell * band_stride_ + event;
    for (std::size_t band = 0; band < layout_->band_count(); ++band) bands[band * events_.size()] = 0;
    const double* const bounds = profiles_[event].bounds(cell);
    for (std::size_t c = 0; c < cohorts_.count(); ++c) {
      double& bound = bands[layout_->band_of(Cohort{c}) * events_.size()];
      bound = std::max(bound, bounds[c]);
    }
  }
}

/// The year in which a step lies, and what may be said of durations of stay in it.
void Hazards::begin_year(Step step) {
  const TimeGrid& time = scenario_->time;
  const auto year_of = [&](std::size_t i) { return std::floor(time.middle(Step{i})); };
  year_ = {step.index(), step.index()};
  while (year_.first > 0 && year_of(year_.first - 1) == year_of(step.index())) --year_.first;
  while (year_.last < time.steps() && year_of(year_.last) == year_of(step.index())) ++year_.last;
  largest_stay_.assign(layout_->key_count() * events_.size(), 0.0);
  block_stay_.assign(largest_stay_.size(), 0.0);
  for (BlockKey key = 0; key < layout_->key_count(); ++key) {
    for (std::size_t e = 0; e < events_.size(); ++e) {
      const EventHazard& hazard = events_[e];
      if (!concerns(hazard, key)) continue;
      const StayRange ratio = stay_bounds(hazard, key);
      largest_stay_[key * events_.size() + e] = ratio.largest;
      block_stay_[key * events_.size() + e] = ratio.least == ratio.largest ? ratio.largest : by_record;
    }
  }
}

bool Hazards::concerns(const EventHazard& hazard, BlockKey key) const {
  return (RecordLayout::at_home(key) ? hazard.at_home : hazard.elsewhere) &&
         (layout_->citizen(key) ? hazard.citizens : hazard.foreigners);
}

/// Between the ratios by duration of stay of all movers of a block in the current year.
StayRange Hazards::stay_bounds(const EventHazard& hazard, BlockKey key) const {
  if (hazard.stay == nullptr) return {};
  const ArrivalClock::Range range = layout_->clock().stays(
      layout_->year(key), scenario_->time.elapsed(year_.first), scenario_->time.elapsed(year_.last));
  return stay_range(*hazard.stay, range.shortest, range.longest);
}

void Hazards::add_stayer_bounds(std::size_t cell, Cohort first, std::span<const std::int64_t> agents,
                                std::span<double> sums) const {
  for (const std::size_t e : of_stayers_) {
    const double* const bounds = profiles_[e].bounds(cell) + first.index();
    for (std::size_t i = 0; i < agents.size(); ++i) sums[e] += static_cast<double>(agents[i]) * bounds[i];
  }
}

std::vector<std::uint64_t> Hazards::versions(const EventHazard& hazard, const Choice* choice,
                                             const Numbers& now) const {
  const Hazard& of = hazard.kind.hazard();
  std::vector<std::uint64_t> seen = {now.parameter(of.rate).version};
  if (of.rate_factor && !hazard.rate_by_age) seen.push_back(now.factor(*of.rate_factor).version);
  if (choice != nullptr) seen.push_back(choice->rows_version());
  for (std::size_t k = 0; k < hazard.push.size(); ++k) {
    seen.push_back(hazard.push[k].version());
    seen.push_back(now.parameter(of.push[k].coefficient).version);
  }
  if (of.attraction) {
    seen.push_back(now.parameter(*of.attraction).version);
    seen.push_back(choice->version());
  }
  if (hazard.to_one) seen.push_back(now.doors().version(*hazard.to_one));
  if (hazard.outflow) seen.push_back(now.doors().version(*hazard.outflow));
  return seen;
}

void Hazards::update_levels(const Numbers& now, const std::vector<Choice>& choices, Workers& workers) {
  const std::size_t groups = scenario_->groups.count();
  for (std::size_t e = 0; e < events_.size(); ++e) {
    EventHazard& hazard = events_[e];
    const Choice* const choice = hazard.kind.stream() != nullptr ? &choices[e] : nullptr;
    std::vector<std::uint64_t> seen = versions(hazard, choice, now);
    if (seen == hazard.seen) continue;
    hazard.seen = std::move(seen);
    ++levels_version_;
    const bool mixed = choice != nullptr && choice->states() > 1;
    hazard.by_state.assign(mixed ? scenario_->cell_count() * choice->states() : 0, 0.0);
    hazard.asks_doors = hazard.to_one && now.doors().is_by_destination(*hazard.to_one);
    const auto update_region = [&](std::size_t r) {
      for (std::size_t g = 0; g < groups; ++g) {
        levels_[(r * groups + g) * events_.size() + e] = level(hazard, choice, now, Region{r}, Group{g});
      }
    };
    try {
      workers.for_each(scenario_->region_count(), update_region);
    } catch (const std::runtime_error&) {
      // Several threads may have met several faults; told is the first, whatever their number.
      for (std::size_t r = 0; r < scenario_->region_count(); ++r) update_region(r);
    }
  }
}

double Hazards::level(EventHazard& hazard, const Choice* choice, const Numbers& now, Region region,
                      Group group) const {
  if (choice == nullptr || choice->states() == 1)
    return level_of_state(hazard, choice, now, region, group) * share_of_days(hazard, now, region, group);
  const std::size_t cell = region.index() * scenario_->groups.count() + group.index();
  double sum = 0;
  for (std::size_t i = 0; i < choice->states(); ++i) {
    const Choice& state = choice->state(i);
    const double part = state.share_of_days() * level_of_state(hazard, &state, now, region, group);
    hazard.by_state[cell * choice->states() + i] = part;
    sum += part;
  }
  return sum;
}

/// On how many days those who have no choice may go: who leaves all regions, or goes to the one region of its
/// own, as far as that is the same for all.
double Hazards::share_of_days(const EventHazard& hazard, const Numbers& now, Region region,
                              Group group) const {
  if (hazard.outflow) return now.doors().open_share(*hazard.outflow, region, group);
  if (!hazard.to_one || hazard.asks_doors) return 1;
  return now.doors().open_share(*hazard.to_one, region, region, group);
}

std::size_t Hazards::draw_state(EventId event, std::size_t cell, double uniform) const {
  const EventHazard& hazard = events_[event.index()];
  const std::size_t states = hazard.by_state.size() / scenario_->cell_count();
  const double* const parts = hazard.by_state.data() + cell * states;
  double point = uniform * std::accumulate(parts, parts + states, 0.0);
  std::size_t found = 0;
  for (std::size_t i = 0; i < states; ++i) {
    if (parts[i] > 0) found = i;
    if (parts[i] > 0 && point < parts[i]) break;
    point -= parts[i];
  }
  return found;
}

/// With the doors of one state of the choice, if it has several.
double Hazards::level_of_state(const EventHazard& hazard, const Choice* choice, const Numbers& now,
                               Region region, Group group) const {
  const Hazard& of = hazard.kind.hazard();
  const Who& who = hazard.kind.who();
  if (!who.groups[group.index()] || !who.residences[region.index()]) return 0;
  if (choice != nullptr && !choice->is_single() && !choice->is_open(region, group)) {
    static_cast<void>(choice->inclusive_value(region, group));  // throws where it is not empty but undefined
    return 0;
  }
  double score = 0;
  for (std::size_t k = 0; k < hazard.push.size(); ++k) {
    score += now.parameter(of.push[k].coefficient).at(region, group) * hazard.push[k].at(region, group);
  }
  if (of.attraction) {
    const double start = hazard.start_inclusive[region.index() * scenario_->groups.count() + group.index()];
    score +=
        now.parameter(*of.attraction).at(region, group) * (choice->inclusive_value(region, group) - start);
  }
  double rate = now.parameter(of.rate).at(region, group);
  if (of.rate_factor && !hazard.rate_by_age) rate *= now.factor(*of.rate_factor).at(region, group);
  if (!hazard.by_region.empty()) rate /= hazard.by_region[region.index()];
  const double level = rate * math::exp(score);
  if (is_sensible_hazard(level)) return level;
  std::vector<Summand> summands;
  for (std::size_t k = 0; k < hazard.push.size(); ++k) {
    const ParameterId id = of.push[k].coefficient;
    summands.push_back({id, now.parameter(id).at(region, group), hazard.push[k].at(region, group)});
  }
  if (of.attraction) {
    const double start = hazard.start_inclusive[region.index() * scenario_->groups.count() + group.index()];
    summands.push_back({*of.attraction, now.parameter(*of.attraction).at(region, group),
                        choice->inclusive_value(region, group) - start});
  }
  throw hazard_error(*scenario_, hazard.kind, region, group, step_, level, summands);
}

/// With a schedule or ratios by stay that are taken as given, a sensible level may become a hazard beyond any
/// sense.
double Hazards::checked(const EventHazard& hazard, Region region, Group group, double level) const {
  if (is_sensible_hazard(level)) return level;
  throw hazard_error(*scenario_, hazard.kind, region, group, step_, level, {});
}

double Hazards::mover(std::size_t cell, BlockKey key, RecordWord word, std::span<double> rates) const {
  const std::span<const double> level = levels(cell);
  const std::size_t cohort = layout_->cohort(word, key).index();
  const double* const stay = block_stay_.data() + key * events_.size();
  double sum = 0;
  for (std::size_t e = 0; e < level.size(); ++e) {
    const double ratio = stay[e] < 0 ? stay_of_record(events_[e], key, word) : stay[e];
    rates[e] = level[e] * profiles_[e].values(cell)[cohort] * ratio;
    sum += rates[e];
  }
  return asks_for_one_ ? sum_with_somewhere_to_go(cell, word, rates, sum) : sum;
}

/// Someone of the start who came back may live where it lived before, and who came from outside was born
/// there, or lived there before: then the choice set is empty. So it is on days on which its door is closed.
double Hazards::sum_with_somewhere_to_go(std::size_t cell, RecordWord word, std::span<double> rates,
                                         double sum) const {
  const std::size_t groups = scenario_->groups.count();
  const Region residence{cell / groups};
  const Region previous = layout_->previous(word);
  const Region birth = layout_->birth(word);
  const bool no_previous = previous == residence || previous == layout_->nowhere();
  const bool no_birth = birth == layout_->nowhere();
  bool any = false;
  for (std::size_t e = 0; e < rates.size(); ++e) {
    const EventHazard& hazard = events_[e];
    if ((no_previous && hazard.to_previous) || (no_birth && hazard.to_birth)) {
      rates[e] = 0;
      any = true;
    } else if (hazard.asks_doors) {
      rates[e] *= doors_->open_share(*hazard.to_one, residence, hazard.to_birth ? birth : previous,
                                     Group{cell % groups});
      any = true;
    }
  }
  return any ? std::accumulate(rates.begin(), rates.end(), 0.0) : sum;
}

double Hazards::stay_of_record(const EventHazard& hazard, BlockKey key, RecordWord word) const {
  const ArrivalClock::Stay stay = layout_->clock().stay(layout_->arrival_place(word, key), elapsed_);
  return stay_ratio(*hazard.stay, stay.shortest, stay.width, years_);
}

}  // namespace sojourn
