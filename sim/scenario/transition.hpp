#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/scenario/hazard.hpp"
#include "sim/scenario/limit.hpp"
#include "sim/scenario/texts.hpp"

namespace sojourn {

/// What a transition may come to.
struct Outcome {
  /// With the transition before it: `decide/recognised`.
  std::string name;
  Position where;
  /// Its rate, times its factor if it has one: outcomes are drawn in proportion to these. No other part of it
  /// is used.
  Hazard weight;
  /// The group of each group afterwards.
  std::vector<Group> becomes;
  /// Whether it makes them citizens of their region of residence.
  bool naturalises = false;
  /// Whether they leave all regions.
  bool leaves = false;
  /// What people call it, if the scenario says so.
  Texts label{};
};

/// A change of attributes that happens to agents where they live: registration, a decision on asylum,
/// employment. Where it has a queue, its rate is that of requests, and an office makes the change.
struct Transition {
  std::string name;
  Position where;
  /// Never those who have the value already.
  Who who;
  Hazard hazard;
  /// The group of each group after the event: if there is a queue, those who have joined it.
  std::vector<Group> becomes;
  std::optional<QueueId> queue;
  /// Whether it makes them citizens of their region of residence.
  bool naturalises = false;
  /// What people call it, and its queue, if the scenario says so.
  Texts label{};
  /// What it may come to, one of these drawn for each agent: then it leaves groups as they are by itself.
  /// None: it makes its change.
  std::vector<Outcome> outcomes{};
  /// Where the outcomes are written.
  Position outcomes_where{};
  /// What becomes of those who give up waiting for it; its weight is of no meaning. Nothing: they only wait
  /// no longer.
  std::optional<Outcome> given_up{};
};

/// The queue of those who have requested a transition, and the office that serves them: so many in a period.
/// First come those with the least priority number, of these those who joined in the earliest step, of these
/// anybody.
struct Queue {
  /// That of the transition.
  std::string name;
  TransitionId transition;
  /// One office for all regions, or else one in each.
  bool one_office = false;
  /// Persons that an office serves in a period: its rate, times its factor if it has one. No other part of it
  /// is used.
  Hazard limit;
  /// What one person's case takes of limits that it may share with others, in place of an own one; and when
  /// this queue's turn is among those that share a limit: the least number first.
  std::vector<Draw> draws{};
  double order = 0;
  /// A period of the calendar, or a step. A step belongs to the period that it starts in.
  using Period = sojourn::Period;
  Period period = Period::month;
  /// Whether the limit is shared out evenly among the steps of a period; what a step does not use is lost.
  bool spread_evenly = false;
  /// By group and class of ages, from 0: [group][class]. A class reaches from its first age, in years, to
  /// that of the next one; of a cohort that has ages of several, so many are of each in a step as it has
  /// ages, whoever they are, at the step's middle.
  std::vector<std::size_t> priority;
  std::vector<double> priority_from_age{0};

  [[nodiscard]] bool priority_by_age() const { return priority_from_age.size() > 1; }
  [[nodiscard]] std::size_t priority_of(Group group, std::size_t age_class) const {
    return priority[group.index() * priority_from_age.size() + age_class];
  }
  /// Who waits, and the rate at which they give up.
  Who who;
  Hazard giving_up;
  /// The group of each group that waits once it is served.
  std::vector<Group> served;
  /// Whether all of the transition's `who` join by themselves, at the end of the step in which they come to
  /// be among them; its rate is then of no meaning.
  bool joins_at_once = false;
  /// Whether it serves everybody who may be served: then its limit is of no meaning.
  bool is_unlimited = false;
  /// The time from joining until one may be served, and that after which one is served late.
  std::optional<Duration> takes{};
  std::optional<Duration> deadline{};
  /// Whether those who move wait on, where their new group may: a term that runs.
  bool stays_on_moves = false;
};

/// Queues that an agent may wait in at a time; there are no more of them.
inline constexpr std::size_t most_queues = 4;
/// A run with queues has fewer.
inline constexpr std::size_t too_many_steps_to_wait = 0xFFFF;

}  // namespace sojourn
