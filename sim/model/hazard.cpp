#include "sim/model/hazard.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "sim/base/math.hpp"
#include "sim/model/schedule.hpp"

namespace sojourn {

Hazards::Hazards(const Scenario& scenario, const Numbers& start, const Population& population,
                 Workers& workers)
    : scenario_(&scenario),
      layout_(&population.layout()),
      cohorts_(population.cohorts()),
      levels_(scenario.cell_count() * scenario.streams.size()) {
  for (const Stream& stream : scenario.streams) {
    StreamHazard hazard;
    hazard.stream = &stream;
    hazard.divisor = schedule_divisor(scenario, stream);
    for (const FactorTerm& term : stream.hazard.push) hazard.push.emplace_back(term, start);
    const ChoiceSet& set = stream.destination.choice_set;
    const bool to_birth = std::holds_alternative<BirthRegion>(set);
    const bool foreign = stream.who.foreign_born.value_or(false);
    const bool native = !stream.who.foreign_born.value_or(true);
    hazard.to_previous = std::holds_alternative<PreviousRegion>(set);
    hazard.stayers = !to_birth && !foreign && !hazard.to_previous;
    hazard.at_home = !to_birth && !foreign;
    hazard.elsewhere = !native;
    if (stream.hazard.attraction) {
      Choice choice(scenario, stream, start);
      choice.update(start, population.diaspora(), workers);
      for (std::size_t cell = 0; cell < scenario.cell_count(); ++cell) {
        const std::size_t groups = scenario.groups.count();
        hazard.start_inclusive.push_back(choice.inclusive_value(Region{cell / groups}, Group{cell % groups}));
      }
    }
    streams_.push_back(std::move(hazard));
  }
}

void Hazards::update(const Numbers& now, const std::vector<Choice>& choices, Step step) {
  const double elapsed = scenario_->time.middle(step);
  for (StreamHazard& hazard : streams_) {
    for (TermValues& term : hazard.push) term.update(now);
    update_ages(hazard, elapsed);
    update_stay(hazard, step);
  }
  update_levels(now, choices);
}

void Hazards::update_ages(StreamHazard& hazard, double elapsed) const {
  hazard.by_cohort = schedule_by_cohort(*hazard.stream, hazard.divisor, cohorts_, elapsed);
  const std::size_t bands = layout_->band_count();
  hazard.band_bound.assign(bands, 0.0);
  for (std::size_t c = 0; c < hazard.by_cohort.size(); ++c) {
    double& bound = hazard.band_bound[bands == 1 ? 0 : c / RecordLayout::band_width];
    bound = std::max(bound, hazard.by_cohort[c]);
  }
}

void Hazards::update_stay(StreamHazard& hazard, Step step) const {
  const StayTable& table = hazard.stream->hazard.stay;
  const ArrivalClock& clock = layout_->clock();
  const std::size_t years = layout_->year_count();
  if (table.from_years.empty()) {
    hazard.year_bound.assign(years, 1.0);
    return;
  }
  hazard.by_arrival.resize(years * clock.offsets());
  hazard.year_bound.assign(years, 0.0);
  for (std::uint32_t y = 0; y < years; ++y) {
    for (std::uint32_t i = 0; i < clock.offsets(); ++i) {
      const ArrivalClock::Stay stay = clock.stay({y, i}, scenario_->time.elapsed(step.index()));
      if (stay.width == 0) continue;
      const double ratio = stay_ratio(table, stay.shortest, stay.width, scenario_->time.years(step));
      hazard.by_arrival[y * clock.offsets() + i] = ratio;
      hazard.year_bound[y] = std::max(hazard.year_bound[y], ratio);
    }
  }
}

void Hazards::update_levels(const Numbers& now, const std::vector<Choice>& choices) {
  const std::size_t groups = scenario_->groups.count();
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    for (std::size_t s = 0; s < streams_.size(); ++s) {
      levels_[cell * streams_.size() + s] =
          level(streams_[s], choices[s], now, Region{cell / groups}, Group{cell % groups});
    }
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
  return now.parameter(stream.hazard.rate).at(region, group) * math::exp(score);
}

double Hazards::stayer(std::size_t cell, Cohort cohort, std::span<double> rates) const {
  double sum = 0;
  for (std::size_t s = 0; s < streams_.size(); ++s) {
    const StreamHazard& hazard = streams_[s];
    rates[s] = hazard.stayers ? levels_[cell * streams_.size() + s] * hazard.by_cohort[cohort.index()] : 0.0;
    sum += rates[s];
  }
  return sum;
}

double Hazards::mover(std::size_t cell, BlockKey key, const History& history, std::span<double> rates) const {
  const std::size_t residence = cell / scenario_->groups.count();
  double sum = 0;
  for (std::size_t s = 0; s < streams_.size(); ++s) {
    const StreamHazard& hazard = streams_[s];
    rates[s] = 0;
    // Someone of the start who came back may live where it lived before: then the choice set is empty.
    const bool nowhere = hazard.to_previous && history.previous.index() == residence;
    if (concerns(hazard, key) && !nowhere) {
      rates[s] = levels_[cell * streams_.size() + s] * hazard.by_cohort[history.cohort.index()];
      if (!hazard.by_arrival.empty()) {
        const ArrivalClock::Place place = layout_->clock().place(history.arrival);
        rates[s] *= hazard.by_arrival[place.year * layout_->clock().offsets() + place.offset];
      }
    }
    sum += rates[s];
  }
  return sum;
}

double Hazards::bound(std::size_t cell, BlockKey key) const {
  double sum = 0;
  for (std::size_t s = 0; s < streams_.size(); ++s) {
    const StreamHazard& hazard = streams_[s];
    if (!concerns(hazard, key)) continue;
    sum += levels_[cell * streams_.size() + s] * hazard.band_bound[layout_->band(key)] *
           hazard.year_bound[layout_->year(key)];
  }
  return sum;
}

}  // namespace sojourn
