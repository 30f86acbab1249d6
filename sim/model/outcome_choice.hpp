#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/base/sampling.hpp"
#include "sim/model/event_kind.hpp"
#include "sim/model/numbers.hpp"
#include "sim/scenario/outcomes.hpp"

namespace sojourn {

/// The weight of an outcome for those of a group who live in a region.
[[nodiscard]] double weight_of(const Outcome& outcome, Region region, Group group, const Numbers& numbers);

/// The weights of a transition's outcomes for those of a group who live in a region: one number for each,
/// none below 0 and not all 0. Throws an `InputError` that says where and when, if that is not so.
void weigh_outcomes(const Scenario& scenario, TransitionId transition, Region region, Group group,
                    const Numbers& numbers, Step step, std::vector<double>& weights);

/// What events come to.
class OutcomeChoice {
 public:
  /// The scenario must outlive it.
  explicit OutcomeChoice(const Scenario& scenario);

  [[nodiscard]] const Scenario& scenario() const { return *scenario_; }
  /// Whether events come to anything but themselves: transitions made at once that have outcomes, and giving
  /// up that changes people.
  [[nodiscard]] bool has_outcomes(EventId event) const {
    return event.index() < of_event_.size() && of_event_[event.index()].last > 0;
  }
  [[nodiscard]] const OutcomesOfOne& of(EventId event) const { return of_event_[event.index()]; }
  [[nodiscard]] const OutcomesOfOne& of(TransitionId transition) const {
    return of_transition_[transition.index()];
  }
  [[nodiscard]] TransitionId transition(EventId event) const {
    return TransitionId{event.index() - scenario_->streams.size()};
  }
  [[nodiscard]] EventId event(OutcomeId outcome) const { return order_.event(outcome); }

 private:
  const Scenario* scenario_;
  EventOrder order_;
  std::vector<OutcomesOfOne> of_transition_;
  /// By event; of those that come to themselves, none. Empty without outcomes.
  std::vector<OutcomesOfOne> of_event_;
};

/// Draws outcomes in one step. Where there is one outcome, nothing is drawn.
class OutcomeDraws {
 public:
  /// Choice and numbers must outlive it.
  OutcomeDraws(const OutcomeChoice& choice, const Numbers& numbers, Step step, RandomNumbers random)
      : choice_(choice), numbers_(numbers), step_(step), random_(random) {}

  /// What an event comes to for an agent of a group and region: the event itself, or that of an outcome.
  [[nodiscard]] EventId of(EventId event, Region region, Group group) {
    return choice_.has_outcomes(event) ? choice_.event(one_of(event, region, group)) : event;
  }
  /// The same for alike agents: `use(event, agents)` for each that it comes to for any of them.
  template <class Use>
  void split(EventId event, Region region, Group group, std::int64_t agents, const Use& use) {
    if (!choice_.has_outcomes(event)) {
      use(event, agents);
      return;
    }
    share_out(choice_.of(event), choice_.transition(event), region, group, agents,
              [&](OutcomeId outcome, std::int64_t of_it) { use(choice_.event(outcome), of_it); });
  }
  /// Of agents whose transition an office makes: `use(outcome, agents)`.
  template <class Use>
  void split(TransitionId transition, Region region, Group group, std::int64_t agents, const Use& use) {
    share_out(choice_.of(transition), transition, region, group, agents, use);
  }

 private:
  [[nodiscard]] OutcomeId one_of(EventId event, Region region, Group group);

  template <class Use>
  void share_out(const OutcomesOfOne& among, TransitionId transition, Region region, Group group,
                 std::int64_t agents, const Use& use) {
    if (among.last - among.first == 1) {
      use(OutcomeId{among.first}, agents);
      return;
    }
    weigh_outcomes(choice_.scenario(), transition, region, group, numbers_, step_, weights_);
    double rest = std::accumulate(weights_.begin(), weights_.end(), 0.0);
    if (agents == 1) {
      use(OutcomeId{among.first + certain_event(weights_, random_.uniform() * rest).index()}, 1);
      return;
    }
    for (std::size_t i = 0; i < weights_.size() && agents > 0; ++i) {
      // Rounding must leave nobody without an outcome, and give nobody one without weight.
      bool is_last = true;
      for (std::size_t k = i + 1; k < weights_.size(); ++k) is_last = is_last && weights_[k] == 0;
      const std::int64_t of_it =
          is_last ? agents : draw_binomial(agents, std::fmin(1.0, weights_[i] / rest), random_);
      rest -= weights_[i];
      agents -= of_it;
      if (of_it > 0) use(OutcomeId{among.first + i}, of_it);
    }
  }

  const OutcomeChoice& choice_;
  const Numbers& numbers_;
  Step step_;
  RandomNumbers random_;
  std::vector<double> weights_;
};

}  // namespace sojourn
