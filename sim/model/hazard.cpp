#include "sim/model/hazard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <variant>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"
#include "sim/model/schedule.hpp"

namespace sojourn {

namespace {
/// Nobody moves more often.
constexpr double most_per_year = 1e6;
}  // namespace

Hazards::Hazards(const Scenario& scenario, const Numbers& start, const Population& population,
                 Workers& workers)
    : scenario_(&scenario),
      layout_(&population.layout()),
      cohorts_(population.cohorts()),
      levels_(scenario.cell_count() * scenario.streams.size()) {
  for (const Stream& stream : scenario.streams) {
    streams_.push_back(stream_hazard(stream, start, population, workers));
    any_to_previous_ = any_to_previous_ || streams_.back().to_previous;
  }
}

Hazards::StreamHazard Hazards::stream_hazard(const Stream& stream, const Numbers& start,
                                             const Population& population, Workers& workers) const {
  StreamHazard hazard;
  hazard.stream = &stream;
  hazard.divisor = schedule_divisor(*scenario_, stream);
  for (const FactorTerm& term : stream.hazard.push) hazard.push.emplace_back(term, start);
  const ChoiceSet& set = stream.destination.choice_set;
  const bool to_birth = std::holds_alternative<BirthRegion>(set);
  const bool foreign = stream.who.foreign_born.value_or(false);
  const bool native = !stream.who.foreign_born.value_or(true);
  hazard.to_previous = std::holds_alternative<PreviousRegion>(set);
  hazard.stayers = !to_birth && !foreign && !hazard.to_previous;
  hazard.at_home = !to_birth && !foreign;
  hazard.elsewhere = !native;
  hazard.by_stay = !stream.hazard.stay.from_years.empty();
  if (!stream.hazard.attraction) return hazard;
  Choice choice(*scenario_, stream, start);
  choice.update(start, population.diaspora(), workers);
  const std::size_t groups = scenario_->groups.count();
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    hazard.start_inclusive.push_back(choice.inclusive_value(Region{cell / groups}, Group{cell % groups}));
  }
  return hazard;
}

void Hazards::update(const Numbers& now, const std::vector<Choice>& choices, Step step, Workers& workers) {
  for (StreamHazard& hazard : streams_) {
    for (TermValues& term : hazard.push) term.update(now);
  }
  step_ = step;
  elapsed_ = scenario_->time.elapsed(step.index());
  years_ = scenario_->time.years(step);
  if (step.index() < first_ || step.index() >= last_) begin_year(step);
  const std::size_t offset = (step.index() - first_) * cohorts_.count() * streams_.size();
  schedule_ = schedules_.data() + offset;
  stayer_schedule_ = stayer_schedules_.data() + offset;
  update_levels(now, choices, workers);
}

/// The year between two anniversaries of the start in which a step lies: then ages go from one to the next.
void Hazards::begin_year(Step step) {
  const TimeGrid& time = scenario_->time;
  const auto year_of = [&](std::size_t i) { return std::floor(time.middle(Step{i})); };
  first_ = last_ = step.index();
  while (first_ > 0 && year_of(first_ - 1) == year_of(step.index())) --first_;
  while (last_ < time.steps() && year_of(last_) == year_of(step.index())) ++last_;
  const std::size_t size = cohorts_.count() * streams_.size();
  schedules_.assign((last_ - first_) * size, 0.0);
  stayer_schedules_.assign(schedules_.size(), 0.0);
  for (std::size_t i = first_; i < last_; ++i) {
    for (std::size_t s = 0; s < streams_.size(); ++s) {
      const StreamHazard& hazard = streams_[s];
      const std::vector<double> values =
          schedule_by_cohort(*hazard.stream, hazard.divisor, cohorts_, time.middle(Step{i}));
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
  stayer_bounds_.assign(cohorts_.count() * streams_.size(), 0.0);
  for (std::size_t i = 0; i < stayer_schedules_.size(); ++i) {
    double& bound = stayer_bounds_[i % stayer_bounds_.size()];
    bound = std::max(bound, stayer_schedules_[i]);
  }
}

void Hazards::bound_blocks() {
  const std::size_t streams = streams_.size();
  const std::size_t bands = layout_->band_count();
  std::vector<double> by_band(bands * streams, 0.0);
  for (std::size_t i = 0; i < schedules_.size(); ++i) {
    const std::size_t cohort = i % cohorts_.count();
    const std::size_t stream = i / cohorts_.count() % streams;
    double& bound = by_band[(bands == 1 ? 0 : cohort / RecordLayout::band_width) * streams + stream];
    bound = std::max(bound, schedules_[i]);
  }
  const double from = scenario_->time.elapsed(first_);
  const double to = scenario_->time.elapsed(last_);
  block_bounds_.assign(layout_->key_count() * streams, 0.0);
  block_stay_.assign(layout_->key_count() * streams, 0.0);
  for (BlockKey key = 0; key < layout_->key_count(); ++key) {
    for (std::size_t s = 0; s < streams; ++s) {
      const StreamHazard& hazard = streams_[s];
      if (!(RecordLayout::at_home(key) ? hazard.at_home : hazard.elsewhere)) continue;
      StayRange ratio;
      if (hazard.by_stay) {
        const ArrivalClock::Range range = layout_->clock().stays(layout_->year(key), from, to);
        ratio = stay_range(hazard.stream->hazard.stay, range.shortest, range.longest);
      }
      block_bounds_[key * streams + s] = by_band[layout_->band(key) * streams + s] * ratio.largest;
      block_stay_[key * streams + s] = ratio.least == ratio.largest ? ratio.largest : by_record;
    }
  }
}

std::vector<std::uint64_t> Hazards::versions(const StreamHazard& hazard, const Choice& choice,
                                             const Numbers& now) const {
  const Stream& stream = *hazard.stream;
  std::vector<std::uint64_t> seen = {now.parameter(stream.hazard.rate).version, choice.rows_version()};
  for (std::size_t k = 0; k < hazard.push.size(); ++k) {
    seen.push_back(hazard.push[k].version());
    seen.push_back(now.parameter(stream.hazard.push[k].coefficient).version);
  }
  if (stream.hazard.attraction) {
    seen.push_back(now.parameter(*stream.hazard.attraction).version);
    seen.push_back(choice.version());
  }
  return seen;
}

void Hazards::update_levels(const Numbers& now, const std::vector<Choice>& choices, Workers& workers) {
  const std::size_t groups = scenario_->groups.count();
  for (std::size_t s = 0; s < streams_.size(); ++s) {
    StreamHazard& hazard = streams_[s];
    std::vector<std::uint64_t> seen = versions(hazard, choices[s], now);
    if (seen == hazard.seen) continue;
    hazard.seen = std::move(seen);
    ++levels_version_;
    workers.for_each(scenario_->region_count(), [&](std::size_t r) {
      for (std::size_t g = 0; g < groups; ++g) {
        levels_[(r * groups + g) * streams_.size() + s] = level(hazard, choices[s], now, Region{r}, Group{g});
      }
    });
  }
}

double Hazards::level(const StreamHazard& hazard, const Choice& choice, const Numbers& now, Region region,
                      Group group) const {
  const Stream& stream = *hazard.stream;
  if (!stream.who.groups[group.index()] || !stream.who.residences[region.index()]) return 0;
  if (!choice.is_single() && !choice.is_open(region, group)) return 0;
  double score = 0;
  for (std::size_t k = 0; k < hazard.push.size(); ++k) {
    score +=
        now.parameter(stream.hazard.push[k].coefficient).at(region, group) * hazard.push[k].at(region, group);
  }
  if (stream.hazard.attraction) {
    const double start = hazard.start_inclusive[region.index() * scenario_->groups.count() + group.index()];
    score += now.parameter(*stream.hazard.attraction).at(region, group) *
             (choice.inclusive_value(region, group) - start);
  }
  return checked(hazard, region, group,
                 now.parameter(stream.hazard.rate).at(region, group) * math::exp(score));
}

/// What depends on the state of the run, as the attraction does, nobody could check beforehand.
double Hazards::checked(const StreamHazard& hazard, Region region, Group group, double level) const {
  if (level <= most_per_year) return level;
  const Stream& stream = *hazard.stream;
  throw InputError(
      {{stream.where,
        fmt::format("{}, {}: the hazard of stream '{}' is {:.3g} per year in the step from {}",
                    scenario_->regions[region.index()].code, scenario_->groups.label(group), stream.name,
                    level, to_string(scenario_->time.boundary(step_.index()))),
        fmt::format("at most {:.0e} per year: a smaller attraction, or smaller coefficients in 'pull'",
                    most_per_year),
        ""}});
}

double Hazards::mover(std::size_t cell, BlockKey key, RecordWord word, std::span<double> rates) const {
  const std::span<const double> level = levels(cell);
  const double* const schedule = schedule_ + layout_->cohort(word, key).index();
  const double* const stay = block_stay_.data() + key * streams_.size();
  double sum = 0;
  for (std::size_t s = 0; s < level.size(); ++s) {
    const double ratio = stay[s] < 0 ? stay_of_record(streams_[s], key, word) : stay[s];
    rates[s] = level[s] * schedule[s * cohorts_.count()] * ratio;
    sum += rates[s];
  }
  if (!any_to_previous_) return sum;
  // Someone of the start who came back may live where it lived before: then the choice set is empty.
  const bool nowhere = layout_->previous(word).index() == cell / scenario_->groups.count();
  for (std::size_t s = 0; s < level.size() && nowhere; ++s) {
    if (streams_[s].to_previous) rates[s] = 0;
  }
  return nowhere ? std::accumulate(rates.begin(), rates.end(), 0.0) : sum;
}

double Hazards::stay_of_record(const StreamHazard& hazard, BlockKey key, RecordWord word) const {
  const ArrivalClock::Stay stay = layout_->clock().stay(layout_->arrival_place(word, key), elapsed_);
  return stay_ratio(hazard.stream->hazard.stay, stay.shortest, stay.width, years_);
}

}  // namespace sojourn
