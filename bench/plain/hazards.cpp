#include "bench/plain/hazards.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/model/schedule.hpp"

namespace sojourn::plain {

StreamHazard::StreamHazard(const Scenario& scenario, const Stream& stream, const Numbers& start,
                           const Destinations& destinations, const DiasporaStock& diaspora,
                           const ArrivalTimes& times)
    : scenario_(&scenario),
      stream_(&stream),
      times_(times),
      concerns_foreign_born_(stream.who.foreign_born.value_or(true)),
      concerns_others_(!stream.who.foreign_born.value_or(false) && !destinations.to_birth()),
      to_previous_(destinations.to_previous()),
      is_choice_(!destinations.to_birth() && !destinations.to_previous()),
      groups_(scenario.groups.count()),
      never_(times.never()),
      divisor_(schedule_divisor(scenario, stream)),
      by_cell_(scenario.cell_count()),
      by_arrival_(times.count(), 1.0) {
  for (const FactorTerm& term : stream.hazard.push) push_.emplace_back(term, start);
  if (!stream.hazard.attraction) return;
  for (std::size_t cell = 0; cell < scenario.cell_count(); ++cell) {
    const Region region{cell / groups_};
    start_inclusive_.push_back(
        destinations.row(region, region, Group{cell % groups_}, diaspora).inclusive_value());
  }
}

void StreamHazard::update(const Numbers& now, const Destinations& destinations, const DiasporaStock& diaspora,
                          Step step) {
  const double elapsed = scenario_->time.middle(step);
  for (TermValues& term : push_) term.update(now);
  for (std::size_t cell = 0; cell < by_cell_.size(); ++cell) {
    by_cell_[cell] = level(Region{cell / groups_}, Group{cell % groups_}, now, destinations, diaspora);
  }
  by_cohort_ = schedule_by_cohort(*stream_, divisor_, Cohorts(scenario_->population.ages), elapsed);
  // Entry 0, of those who have never moved, stays 1.
  for (std::size_t i = 1; i < by_arrival_.size(); ++i) {
    const std::int32_t arrival = never_ + static_cast<std::int32_t>(i);
    const double shortest = times_.years_since_end(arrival, scenario_->time.elapsed(step.index()));
    by_arrival_[i] =
        stay_ratio(stream_->hazard.stay, shortest, times_.width(arrival), scenario_->time.years(step));
  }
}

double StreamHazard::level(Region region, Group group, const Numbers& now, const Destinations& destinations,
                           const DiasporaStock& diaspora) const {
  if (!stream_->who.groups[group.index()] || !stream_->who.residences[region.index()]) return 0;
  double score = 0;
  for (std::size_t k = 0; k < push_.size(); ++k) {
    score +=
        now.parameter(stream_->hazard.push[k].coefficient).at(region, group) * push_[k].at(region, group);
  }
  if (is_choice_) {
    const Row natives = destinations.row(region, region, group, diaspora);
    if (!natives.open()) return 0;
    if (stream_->hazard.attraction) {
      const double change =
          natives.inclusive_value() - start_inclusive_[region.index() * groups_ + group.index()];
      score += now.parameter(*stream_->hazard.attraction).at(region, group) * change;
    }
  }
  return now.parameter(stream_->hazard.rate).at(region, group) * math::exp(score);
}

}  // namespace sojourn::plain
