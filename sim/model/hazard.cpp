#include "sim/model/hazard.hpp"

#include <algorithm>
#include <cmath>
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
  for (const EventKind& kind : kinds) {
    events_.push_back(event_hazard(kind, start, population, workers));
    const EventHazard& hazard = events_.back();
    any_to_one_ = any_to_one_ || hazard.to_previous || (hazard.to_birth && layout_->outside_births());
    if (!hazard.is_placed) continue;
    const FactorId factor = *kind.hazard().rate_factor;
    Placed& placed = placed_.emplace_back();
    placed.event = events_.size() - 1;
    placed.factor = factor;
    placed.ages = AgeRates(scenario.factors[factor.index()].age_from, cohorts_,
                           {kind.who().age_from, kind.who().age_to});
    placed.stayers = hazard.stayers;
    placed.values.resize(scenario.cell_count() * cohorts_.count());
    placed.bounds.resize(placed.values.size());
  }
}

Hazards::EventHazard Hazards::event_hazard(const EventKind& kind, const Numbers& start,
                                           const Population& population, Workers& workers) const {
  EventHazard hazard{.kind = kind};
  hazard.is_placed =
      kind.hazard().rate_factor && scenario_->factors[kind.hazard().rate_factor->index()].by_age();
  if (!hazard.is_placed) {
    std::vector<double> divisors = schedule_divisors(*scenario_, kind.who(), kind.hazard());
    if (kind.hazard().schedule_mean == ScheduleMean::region) {
      hazard.by_region = std::move(divisors);
    } else {
      hazard.divisor = divisors.front();
    }
  }
  for (const FactorTerm& term : kind.hazard().push) hazard.push.emplace_back(term, start);
  const bool foreign = kind.who().foreign_born.value_or(false);
  const bool native = !kind.who().foreign_born.value_or(true);
  bool to_birth = false;
  const Stream* const stream = kind.stream();
  if (stream != nullptr) {
    const ChoiceSet& set = stream->destination.choice_set;
    to_birth = std::holds_alternative<BirthRegion>(set);
    hazard.to_birth = to_birth;
    hazard.to_previous = std::holds_alternative<PreviousRegion>(set);
  }
  hazard.stayers = !to_birth && !foreign && !hazard.to_previous;
  hazard.at_home = !to_birth && !foreign;
  hazard.elsewhere = !native;
  if (!kind.hazard().stay.from_years.empty()) hazard.stay = &kind.hazard().stay;
  if (kind.hazard().attraction)
    hazard.start_inclusive = inclusive_values(*stream, start, population, workers);
  return hazard;
}

/// By cell.
std::vector<double> Hazards::inclusive_values(const Stream& stream, const Numbers& start,
                                              const Population& population, Workers& workers) const {
  Choice choice(*scenario_, stream, start);
  choice.update(start, population.diaspora(), workers);
  const std::size_t groups = scenario_->groups.count();
  std::vector<double> values;
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    const Region region{cell / groups};
    const Group group{cell % groups};
    const bool named = stream.who.groups[group.index()] && stream.who.residences[region.index()];
    values.push_back(named ? choice.inclusive_value(region, group) : 0.0);
  }
  return values;
}

void Hazards::update(const Numbers& now, const std::vector<Choice>& choices, Step step, Workers& workers) {
  for (EventHazard& hazard : events_) {
    for (TermValues& term : hazard.push) term.update(now);
  }
  step_ = step;
  elapsed_ = scenario_->time.elapsed(step.index());
  years_ = scenario_->time.years(step);
  const bool new_year = step.index() < first_ || step.index() >= last_;
  if (new_year) begin_year(step);
  const std::size_t offset = (step.index() - first_) * cohorts_.count() * events_.size();
  schedule_ = schedules_.data() + offset;
  stayer_schedule_ = stayer_schedules_.data() + offset;
  for (Placed& placed : placed_) update_placed(placed, now, new_year);
  const std::uint64_t levels_before = levels_version_;
  update_levels(now, choices, workers);
  if (!new_year && levels_version_ == levels_before) return;
  // With the ages and durations of stay at which it is largest.
  for (std::size_t e = 0; e < events_.size(); ++e) {
    double most = 0;
    for (std::size_t c = 0; c < cohorts_.count(); ++c) {
      most = std::max(most, stayer_bounds_[e * cohorts_.count() + c]);
    }
    for (BlockKey key = 0; key < layout_->key_count(); ++key) {
      most = std::max(most, block_bounds_[key * events_.size() + e]);
    }
    for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
      const std::size_t groups = scenario_->groups.count();
      const double level = levels(cell)[e];
      if (level > 0)
        static_cast<void>(checked(events_[e], Region{cell / groups}, Group{cell % groups}, level * most));
    }
  }
}

/// The year between two anniversaries of the start in which a step lies: then ages go from one to the next.
void Hazards::begin_year(Step step) {
  const TimeGrid& time = scenario_->time;
  const auto year_of = [&](std::size_t i) { return std::floor(time.middle(Step{i})); };
  first_ = last_ = step.index();
  while (first_ > 0 && year_of(first_ - 1) == year_of(step.index())) --first_;
  while (last_ < time.steps() && year_of(last_) == year_of(step.index())) ++last_;
  const std::size_t size = cohorts_.count() * events_.size();
  schedules_.assign((last_ - first_) * size, 0.0);
  stayer_schedules_.assign(schedules_.size(), 0.0);
  for (std::size_t i = first_; i < last_; ++i) {
    for (std::size_t s = 0; s < events_.size(); ++s) {
      const EventHazard& hazard = events_[s];
      if (hazard.is_placed) continue;
      const std::vector<double> values = schedule_by_cohort(hazard.kind.who(), hazard.kind.hazard(),
                                                            hazard.divisor, cohorts_, time.middle(Step{i}));
      for (std::size_t c = 0; c < values.size(); ++c) {
        const std::size_t at = (i - first_) * size + s * cohorts_.count() + c;
        schedules_[at] = values[c];
        if (hazard.stayers) stayer_schedules_[at] = values[c];
      }
    }
  }
  bound_stayers();
  bound_blocks();
  ++bounds_version_;
}

void Hazards::bound_stayers() {
  stayer_bounds_.assign(cohorts_.count() * events_.size(), 0.0);
  for (std::size_t i = 0; i < stayer_schedules_.size(); ++i) {
    double& bound = stayer_bounds_[i % stayer_bounds_.size()];
    bound = std::max(bound, stayer_schedules_[i]);
  }
}

void Hazards::bound_blocks() {
  const std::size_t streams = events_.size();
  const std::size_t bands = layout_->band_count();
  std::vector<double> by_band(bands * streams, 0.0);
  for (std::size_t i = 0; i < schedules_.size(); ++i) {
    const std::size_t cohort = i % cohorts_.count();
    const std::size_t stream = i / cohorts_.count() % streams;
    double& bound = by_band[layout_->band_of(Cohort{cohort}) * streams + stream];
    bound = std::max(bound, schedules_[i]);
  }
  block_bounds_.assign(layout_->key_count() * streams, 0.0);
  block_stay_.assign(layout_->key_count() * streams, 0.0);
  for (Placed& placed : placed_) placed.stay.assign(layout_->key_count(), 0.0);
  for (BlockKey key = 0; key < layout_->key_count(); ++key) {
    for (std::size_t s = 0; s < streams; ++s) {
      const EventHazard& hazard = events_[s];
      if (!(RecordLayout::at_home(key) ? hazard.at_home : hazard.elsewhere)) continue;
      const StayRange ratio = stay_bounds(hazard, key);
      block_bounds_[key * streams + s] = by_band[layout_->band(key) * streams + s] * ratio.largest;
      block_stay_[key * streams + s] = ratio.least == ratio.largest ? ratio.largest : by_record;
    }
    for (Placed& placed : placed_) {
      const EventHazard& hazard = events_[placed.event];
      if (RecordLayout::at_home(key) ? hazard.at_home : hazard.elsewhere)
        placed.stay[key] = stay_bounds(hazard, key).largest;
    }
  }
}

/// Between the ratios by duration of stay of all movers of a block in the current year.
StayRange Hazards::stay_bounds(const EventHazard& hazard, BlockKey key) const {
  if (hazard.stay == nullptr) return {};
  const ArrivalClock::Range range = layout_->clock().stays(
      layout_->year(key), scenario_->time.elapsed(first_), scenario_->time.elapsed(last_));
  return stay_range(*hazard.stay, range.shortest, range.longest);
}

/// The bounds are those of the year's ages at the factor as it is now, so that no policy of the future has
/// any effect; a factor that rises beyond the room they have makes new ones.
void Hazards::update_placed(Placed& placed, const Numbers& now, bool new_year) {
  const Field& field = now.factor(placed.factor);
  const std::size_t groups = scenario_->groups.count();
  placed.ages.set_time(scenario_->time.middle(step_));
  bool fits = !new_year;
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    const auto values = std::span(placed.values).subspan(cell * cohorts_.count(), cohorts_.count());
    const auto bounds = std::span(placed.bounds).subspan(cell * cohorts_.count(), cohorts_.count());
    placed.ages.by_cohort(field.by_age(Region{cell / groups}, Group{cell % groups}), values);
    for (std::size_t c = 0; c < values.size() && fits; ++c) fits = values[c] <= bounds[c];
  }
  if (fits) return;
  bound_placed(placed, field);
  ++bounds_version_;
}

void Hazards::bound_placed(Placed& placed, const Field& field) {
  constexpr double room = 1.05;
  const TimeGrid& time = scenario_->time;
  const double from = time.middle(step_);
  const double to = time.middle(Step{last_ - 1});
  const std::size_t groups = scenario_->groups.count();
  const std::size_t bands = layout_->band_count();
  placed.band_bounds.assign(scenario_->cell_count() * bands, 0.0);
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    const std::span<const double> classes = field.by_age(Region{cell / groups}, Group{cell % groups});
    for (std::size_t c = 0; c < cohorts_.count(); ++c) {
      double& bound = placed.bounds[cell * cohorts_.count() + c];
      bound = room * placed.ages.largest(classes, Cohort{c}, from, to);
      double& band_bound = placed.band_bounds[cell * bands + layout_->band_of(Cohort{c})];
      band_bound = std::max(band_bound, bound);
    }
  }
}

void Hazards::add_stayer_bounds(std::size_t cell, Cohort first, std::span<const std::int64_t> agents,
                                std::span<double> sums) const {
  for (std::size_t e = 0; e < sums.size(); ++e) {
    const double* const bounds = stayer_bounds_.data() + e * cohorts_.count() + first.index();
    for (std::size_t i = 0; i < agents.size(); ++i) sums[e] += static_cast<double>(agents[i]) * bounds[i];
  }
  for (const Placed& placed : placed_) {
    if (!placed.stayers) continue;
    const double* const bounds = placed.bounds.data() + cell * cohorts_.count() + first.index();
    double sum = 0;
    for (std::size_t i = 0; i < agents.size(); ++i) sum += static_cast<double>(agents[i]) * bounds[i];
    sums[placed.event] += sum;
  }
}

std::vector<std::uint64_t> Hazards::versions(const EventHazard& hazard, const Choice* choice,
                                             const Numbers& now) const {
  const Hazard& of = hazard.kind.hazard();
  std::vector<std::uint64_t> seen = {now.parameter(of.rate).version};
  if (of.rate_factor && !hazard.is_placed) seen.push_back(now.factor(*of.rate_factor).version);
  if (choice != nullptr) seen.push_back(choice->rows_version());
  for (std::size_t k = 0; k < hazard.push.size(); ++k) {
    seen.push_back(hazard.push[k].version());
    seen.push_back(now.parameter(of.push[k].coefficient).version);
  }
  if (of.attraction) {
    seen.push_back(now.parameter(*of.attraction).version);
    seen.push_back(choice->version());
  }
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

double Hazards::level(const EventHazard& hazard, const Choice* choice, const Numbers& now, Region region,
                      Group group) const {
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
  if (of.rate_factor && !hazard.is_placed) rate *= now.factor(*of.rate_factor).at(region, group);
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
  const double* const schedule = schedule_ + cohort;
  const double* const stay = block_stay_.data() + key * events_.size();
  double sum = 0;
  for (std::size_t e = 0; e < level.size(); ++e) {
    const double ratio = stay[e] < 0 ? stay_of_record(events_[e], key, word) : stay[e];
    rates[e] = level[e] * schedule[e * cohorts_.count()] * ratio;
    sum += rates[e];
  }
  for (const Placed& placed : placed_) {
    const std::size_t e = placed.event;
    const double ratio = stay[e] < 0 ? stay_of_record(events_[e], key, word) : stay[e];
    rates[e] = level[e] * placed.values[cell * cohorts_.count() + cohort] * ratio;
    sum += rates[e];
  }
  return any_to_one_ ? sum_with_somewhere_to_go(cell, word, rates, sum) : sum;
}

/// Someone of the start who came back may live where it lived before, and who came from outside was born
/// there, or lived there before: then the choice set is empty.
double Hazards::sum_with_somewhere_to_go(std::size_t cell, RecordWord word, std::span<double> rates,
                                         double sum) const {
  const Region previous = layout_->previous(word);
  const bool no_previous =
      previous.index() == cell / scenario_->groups.count() || previous == layout_->nowhere();
  const bool no_birth = layout_->birth(word) == layout_->nowhere();
  if (!no_previous && !no_birth) return sum;
  for (std::size_t e = 0; e < rates.size(); ++e) {
    if ((no_previous && events_[e].to_previous) || (no_birth && events_[e].to_birth)) rates[e] = 0;
  }
  return std::accumulate(rates.begin(), rates.end(), 0.0);
}

double Hazards::stay_of_record(const EventHazard& hazard, BlockKey key, RecordWord word) const {
  const ArrivalClock::Stay stay = layout_->clock().stay(layout_->arrival_place(word, key), elapsed_);
  return stay_ratio(*hazard.stay, stay.shortest, stay.width, years_);
}

}  // namespace sojourn
