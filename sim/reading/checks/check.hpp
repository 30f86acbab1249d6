#pragma once

#include <limits>
#include <string>
#include <vector>

#include "sim/input/mistakes.hpp"
#include "sim/reading/events/read_demography.hpp"
#include "sim/reading/events/read_outside.hpp"
#include "sim/reading/events/read_streams.hpp"
#include "sim/reading/events/read_transitions.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What the sections of a scenario cannot say alone: streams that can never move anybody, and terms that have
/// no value. All references of the scenario are right.
void check_streams(const Scenario& scenario, const std::vector<StreamPlaces>& places, Mistakes& mistakes);

/// Transitions that can never happen to anybody.
void check_transitions(const Scenario& scenario, const std::vector<TransitionPlaces>& places,
                       Mistakes& mistakes);

/// Limits that are negative, limits of one office that a policy changes in some
/// regions only, and runs of too many steps.
void check_queues(const Scenario& scenario, const std::vector<QueuePlaces>& places, Mistakes& mistakes);

/// One of the hazards of a scenario, and where it stands.
struct HazardToCheck {
  /// `stream 'labour'`, `deaths`.
  std::string of;
  const Who* who = nullptr;
  const Hazard* hazard = nullptr;
  const HazardPlaces* places = nullptr;
  /// How messages call its rate, and the unit of that.
  std::string what = "the rate of ";
  std::string unit = "per year";
  /// Beyond any sense.
  double most = std::numeric_limits<double>::infinity();
};

/// Where the parts of a scenario stand that have hazards.
struct PlacesOfHazards {
  const std::vector<StreamPlaces>& streams;
  const DemographyPlaces& demography;
  const std::vector<TransitionPlaces>& transitions;
  const std::vector<HazardPlaces>& outflows;
};

/// All hazards; they refer to the scenario and the places.
[[nodiscard]] std::vector<HazardToCheck> hazards_to_check(const Scenario& scenario,
                                                          const PlacesOfHazards& places);
/// The numbers of inflows, of which `check_rates` knows what must hold.
[[nodiscard]] std::vector<HazardToCheck> inflows_to_check(const Scenario& scenario,
                                                          const std::vector<HazardPlaces>& places);

/// The hazards of giving up in queues.
[[nodiscard]] std::vector<HazardToCheck> giving_up_to_check(const Scenario& scenario,
                                                            const std::vector<QueuePlaces>& places);

/// Outflows of nobody, and inflows of ages that nobody can have. `who`: where each outflow says whom it
/// concerns.
void check_outside(const Scenario& scenario, const std::vector<Position>& who, Mistakes& mistakes);

/// Schedules that are 0 for all those whose mean is to be 1.
void check_schedules(const Scenario& scenario, const std::vector<HazardToCheck>& hazards, Mistakes& mistakes);

/// Rates that are negative, or above what their kind may be: because a policy of some variant makes them so,
/// or because a factor is.
void check_rates(const Scenario& scenario, const std::vector<HazardToCheck>& hazards, Mistakes& mistakes);

/// Derived factors that need each other in the same step, or whose expression has no value at the start of
/// the run, under the policies of some variant.
void check_derived(const Scenario& scenario, Mistakes& mistakes);

/// Terms that somewhere and at some time, under the policies of some variant, would be the logarithm of 0,
/// the root of a negative number, a ratio to 0, or standardised without a spread.
void check_terms(const Scenario& scenario, const std::vector<StreamPlaces>& places,
                 const std::vector<HazardToCheck>& hazards, Mistakes& mistakes);

/// Hazards beyond any sense, or beyond any number, under the policies of some variant. All terms have values.
void check_hazards(const Scenario& scenario, const std::vector<HazardToCheck>& hazards, Mistakes& mistakes);

}  // namespace sojourn
