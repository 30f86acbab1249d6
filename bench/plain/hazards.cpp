#include "bench/plain/hazards.hpp"

#include <algorithm>
#include <functional>
#include <variant>

#include "sim/base/math.hpp"
#include "sim/model/run_fault.hpp"
#include "sim/model/schedule.hpp"

namespace sojourn::plain {

EventHazard::EventHazard(const Scenario& scenario, const EventKind& kind, const Numbers& start,
                         const Destinations* destinations, const DiasporaStock& diaspora,
                         const ArrivalTimes& times, const Doorkeeper& doorkeeper)
    : scenario_(&scenario),
      kind_(kind),
      who_(&kind.who()),
      hazard_(&kind.hazard()),
      times_(times),
      concerns_foreign_born_(who_->foreign_born.value_or(true)),
      concerns_others_(!who_->foreign_born.value_or(false) &&
                       !(destinations != nullptr && destinations->to_birth())),
      to_previous_(destinations != nullptr && destinations->to_previous()),
      to_birth_(destinations != nullptr && destinations->to_birth()),
      outside_(scenario.region_count()),
      is_choice_(destinations != nullptr && !to_birth_ && !to_previous_),
      groups_(scenario.groups.count()),
      never_(times.never()),
      divisors_(schedule_divisors(scenario, *who_, *hazard_)),
      doorkeeper_(doorkeeper),
      by_cell_(scenario.cell_count()),
      by_place_(hazard_->rate_factor && scenario.factors[hazard_->rate_factor->index()].by_age()),
      cohorts_(scenario.cohort_count()),
      by_arrival_(times.count(), 1.0) {
  for (const FactorTerm& term : hazard_->push) push_.emplace_back(term, start);
  if (!hazard_->attraction) return;
  for (std::size_t cell = 0; cell < scenario.cell_count(); ++cell) {
    const Region region{cell / groups_};
    const Group group{cell % groups_};
    const bool named = who_->groups[group.index()] && who_->residences[region.index()];
    start_inclusive_.push_back(0.0);
    if (!named) continue;
    Row at_start = destinations->row(region, {region, region}, group, diaspora, scenario.time.start());
    if (!at_start.open()) at_start = destinations->open_row(region, {region, region}, group, diaspora);
    start_inclusive_.back() = at_start.inclusive_value();
  }
}

void EventHazard::update(const Numbers& now, const Destinations* destinations, const DiasporaStock& diaspora,
                         Step step) {
  const double elapsed = scenario_->time.middle(step);
  const std::vector<Days> days =
      doorkeeper_.days(scenario_->time.boundary(step.index()), scenario_->time.boundary(step.index() + 1));
  for (TermValues& term : push_) term.update(now);
  open_to_.clear();
  for (std::size_t cell = 0; cell < by_cell_.size(); ++cell) {
    const Region region{cell / groups_};
    const Group group{cell % groups_};
    by_cell_[cell] = level(region, group, now, destinations, diaspora, days);
    if (to_birth_ || to_previous_) open_to_.push_back(open_to_from(region, group, *destinations, days));
    if (is_sensible_hazard(by_cell_[cell])) continue;
    std::vector<Summand> summands;
    for (std::size_t k = 0; k < push_.size(); ++k) {
      const ParameterId id = hazard_->push[k].coefficient;
      summands.push_back({id, now.parameter(id).at(region, group), push_[k].at(region, group)});
    }
    if (hazard_->attraction) {
      const Row natives = destinations->row(region, {region, region}, group, diaspora, days.front().one);
      summands.push_back({*hazard_->attraction, now.parameter(*hazard_->attraction).at(region, group),
                          natives.inclusive_value() - start_inclusive_[cell]});
    }
    throw hazard_error(*scenario_, kind_, region, group, step, by_cell_[cell], summands);
  }
  by_cohort_ = by_place_ ? rates_by_place(now, elapsed)
                         : schedule_by_cohort(*who_, *hazard_, divisors_.size() == 1 ? divisors_[0] : 1.0,
                                              Cohorts(*scenario_), elapsed);
  // Entry 0, of those who have never moved, stays 1.
  for (std::size_t i = 1; i < by_arrival_.size(); ++i) {
    const std::int32_t arrival = never_ + static_cast<std::int32_t>(i);
    const double shortest = times_.years_since_end(arrival, scenario_->time.elapsed(step.index()));
    by_arrival_[i] = stay_ratio(hazard_->stay, shortest, times_.width(arrival), scenario_->time.years(step));
  }
}

double EventHazard::level(Region region, Group group, const Numbers& now, const Destinations* destinations,
                          const DiasporaStock& diaspora, const std::vector<Days>& days) const {
  if (days.size() == 1) return level_on(days[0].one, region, group, now, destinations, diaspora);
  double mean = 0;
  for (const Days& some : days)
    mean += some.share * level_on(some.one, region, group, now, destinations, diaspora);
  return mean;
}

std::vector<double> EventHazard::open_to_from(Region region, Group group, const Destinations& destinations,
                                              const std::vector<Days>& days) const {
  std::vector<double> open(scenario_->region_count() + 1);
  for (std::size_t d = 0; d < scenario_->region_count(); ++d) {
    for (const Days& some : days) {
      if (destinations.lets_move(region, Region{d}, group, some.one)) open[d] += some.share;
    }
  }
  return open;
}

double EventHazard::level_on(Date day, Region region, Group group, const Numbers& now,
                             const Destinations* destinations, const DiasporaStock& diaspora) const {
  if (const auto* outflow = std::get_if<std::reference_wrapper<const Outflow>>(&kind_.of)) {
    if (!doorkeeper_.lets_out(*outflow, region, group, day)) return 0;
  }
  if (!who_->groups[group.index()] || !who_->residences[region.index()]) return 0;
  double score = 0;
  for (std::size_t k = 0; k < push_.size(); ++k) {
    score += now.parameter(hazard_->push[k].coefficient).at(region, group) * push_[k].at(region, group);
  }
  if (is_choice_) {
    const Row natives = destinations->row(region, {region, region}, group, diaspora, day);
    if (!natives.open()) return 0;
    if (hazard_->attraction) {
      const double change =
          natives.inclusive_value() - start_inclusive_[region.index() * groups_ + group.index()];
      score += now.parameter(*hazard_->attraction).at(region, group) * change;
    }
  }
  double rate = now.parameter(hazard_->rate).at(region, group);
  if (hazard_->rate_factor && !by_place_) rate *= now.factor(*hazard_->rate_factor).at(region, group);
  if (!by_place_ && divisors_.size() > 1) rate /= divisors_[region.index()];
  return rate * math::exp(score);
}

/// The mean over the ages of a cohort, 0 at those that nobody named, one class of the factor after another.
std::vector<double> EventHazard::rates_by_place(const Numbers& now, double elapsed) const {
  const std::vector<double>& from = scenario_->factors[hazard_->rate_factor->index()].age_from;
  const Field& field = now.factor(*hazard_->rate_factor);
  const Cohorts cohorts(*scenario_);
  std::vector<double> rates;
  for (std::size_t cell = 0; cell < by_cell_.size(); ++cell) {
    const auto value = field.by_age(Region{cell / groups_}, Group{cell % groups_});
    for (std::size_t c = 0; c < cohorts_; ++c) {
      const Cohorts::Ages ages = cohorts.ages(Cohort{c}, elapsed);
      const double from_age = std::max(ages.from, who_->age_from);
      const double to_age = std::min(ages.to, who_->age_to);
      double sum = 0;
      for (std::size_t k = 0; k < from.size(); ++k) {
        const double end = k + 1 < from.size() ? std::min(from[k + 1], to_age) : to_age;
        sum += value[k] * std::max(0.0, end - std::max(from[k], from_age));
      }
      rates.push_back(ages.to > ages.from ? sum / (ages.to - ages.from) : 0);
    }
  }
  return rates;
}

}  // namespace sojourn::plain
