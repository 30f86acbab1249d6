#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace sojourn {

/// A number that names one thing of one kind, counted from 0 in the order of the scenario. Ids of different
/// kinds do not convert into each other, so a group can never be passed where a region is meant.
template <class Tag, class Number = std::uint32_t>
struct Id {
  Number value = 0;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t number) : value(static_cast<Number>(number)) {}
  [[nodiscard]] constexpr std::size_t index() const { return value; }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

using Region = Id<struct RegionTag>;
/// A combination of one value of every attribute; see `Groups`. Narrow, as are cohorts, streams and
/// transitions: millions of moves carry them.
using Group = Id<struct GroupTag, std::uint16_t>;
/// Agents born in the same year before (or after) an anniversary of the start; 0 is the oldest. See
/// `Cohorts`.
using Cohort = Id<struct CohortTag, std::uint16_t>;
using StreamId = Id<struct StreamTag, std::uint16_t>;
using TransitionId = Id<struct TransitionTag, std::uint16_t>;
/// One of the things that may happen to an agent; an index into `event_kinds` of the model. `EventOrder` says
/// which of them are moves, changes, exits.
using EventId = Id<struct EventTag, std::uint16_t>;
/// An event that changes an agent's group; an index into `group_changes` of the model.
using ChangeId = Id<struct ChangeTag, std::uint16_t>;
/// One of the things that transitions come to; an index into `counted_outcomes` of the scenario.
using OutcomeId = Id<struct OutcomeTag, std::uint16_t>;
/// One of the ways out of all regions: an outflow or, after these, an outcome by which agents leave.
using OutflowId = Id<struct OutflowTag, std::uint16_t>;
using InflowId = Id<struct InflowTag, std::uint16_t>;
/// A transition whose office has a limit; see `Queue`.
using QueueId = Id<struct QueueTag, std::uint16_t>;
/// What cases draw on; see `Limit`.
using LimitId = Id<struct LimitTag, std::uint16_t>;
using FactorId = Id<struct FactorTag>;
/// A number of the model that policies may change; an index into `Scenario::parameters`.
using ParameterId = Id<struct ParameterTag>;
using AttributeId = Id<struct AttributeTag>;
using PolicyId = Id<struct PolicyTag>;

/// A step of the simulation: step i lasts from boundary i to boundary i + 1 of the `TimeGrid`.
using Step = Id<struct StepTag>;

}  // namespace sojourn
