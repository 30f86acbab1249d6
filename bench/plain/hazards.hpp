#pragma once

#include <vector>

#include "bench/plain/agent.hpp"
#include "bench/plain/destinations.hpp"
#include "sim/model/event_kind.hpp"
#include "sim/model/numbers.hpp"
#include "sim/model/term.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn::plain {

/// The hazard of one kind of event (a move of a stream, a birth, a death) in one step, in tables:
///
///   h = rate * factor(age) * schedule(age) * stay(duration) * exp(sum beta_k x_k + lambda (I - I at the
///   start))
class EventHazard {
 public:
  /// `start`: the numbers of the first step without policies; `destinations`: of the stream, at those
  /// numbers; null for what is no move.
  EventHazard(const Scenario& scenario, const EventKind& kind, const Numbers& start,
              const Destinations* destinations, const DiasporaStock& diaspora, const ArrivalTimes& times,
              const Doorkeeper& doorkeeper);

  /// Moves on to a step. `destinations` must have the numbers of the step.
  void update(const Numbers& now, const Destinations* destinations, const DiasporaStock& diaspora, Step step);

  /// What it is on a day of the current step, over everything that does not depend on the day.
  [[nodiscard]] double on(const Days& days, Region region, Group group, const Numbers& now,
                          const Destinations* destinations, const DiasporaStock& diaspora) const {
    return days.share * level_on(days.one, region, group, now, destinations, diaspora);
  }
  /// Per year.
  [[nodiscard]] double of(const Agent& agent) const {
    const bool foreign_born = agent.birth != agent.residence;
    if (foreign_born ? !concerns_foreign_born_ : !concerns_others_) return 0;
    const bool foreign_citizen = agent.citizenship != agent.residence;
    if (who_->foreign_citizen.value_or(foreign_citizen) != foreign_citizen) return 0;
    if (to_previous_ && (agent.previous == agent.residence || agent.previous == outside_)) return 0;
    if (to_birth_ && agent.birth == outside_) return 0;
    const std::size_t cell = agent.residence * groups_ + agent.group;
    const double open = open_to_.empty() ? 1 : open_to_[cell][to_birth_ ? agent.birth : agent.previous];
    return open * by_cell_[cell] * by_cohort_[(by_place_ ? cell * cohorts_ : 0) + agent.cohort] *
           by_arrival_[static_cast<std::size_t>(agent.arrival - never_)];
  }

 private:
  /// The mean over days.
  [[nodiscard]] double level(Region region, Group group, const Numbers& now, const Destinations* destinations,
                             const DiasporaStock& diaspora, const std::vector<Days>& days) const;
  [[nodiscard]] double level_on(Date day, Region region, Group group, const Numbers& now,
                                const Destinations* destinations, const DiasporaStock& diaspora) const;
  [[nodiscard]] std::vector<double> open_to_from(Region region, Group group, const Destinations& destinations,
                                                 const std::vector<Days>& days) const;
  /// Rates that are a factor by age, by cell and cohort.
  [[nodiscard]] std::vector<double> rates_by_place(const Numbers& now, double elapsed) const;

  const Scenario* scenario_;
  EventKind kind_;
  const Who* who_;
  const Hazard* hazard_;
  ArrivalTimes times_;
  /// Whether those who live outside their region of birth, and those who live in it, may move in this stream.
  bool concerns_foreign_born_;
  bool concerns_others_;
  bool to_previous_;
  bool to_birth_;
  /// What stands for a region that is none: the number after the last.
  std::size_t outside_;
  bool is_choice_;
  std::size_t groups_;
  std::int32_t never_;
  /// One for all regions, or one for each.
  std::vector<double> divisors_;
  std::vector<TermValues> push_;
  /// I at the start, by cell; empty without attraction.
  std::vector<double> start_inclusive_;

  Doorkeeper doorkeeper_;
  std::vector<double> by_cell_;
  /// Of those who go to one region of their own: by [cell][region] the share of days on which it is open.
  std::vector<std::vector<double>> open_to_;
  /// Whether the values by cohort differ between cells.
  bool by_place_;
  std::size_t cohorts_;
  std::vector<double> by_cohort_;
  /// From `ArrivalTimes::never` on.
  std::vector<double> by_arrival_;
};

}  // namespace sojourn::plain
