#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/ids.hpp"
#include "sim/model/event_kind.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// A part of a sum that stands in an exponent: coefficient times value, and the number that policies call it
/// by.
struct Summand {
  ParameterId parameter;
  double coefficient = 0;
  double value = 0;

  [[nodiscard]] double product() const { return coefficient * value; }
};

/// The summand that is to blame for a sum: the first that is no finite number, or else the largest; null if
/// there is none.
[[nodiscard]] const Summand* to_blame(const std::vector<Summand>& summands);

/// The utility of a destination is no finite number, so that there is nothing to choose by. Thrown where it
/// is met; a run ends with the mistake that `with_utilities_explained` makes of it.
class UndefinedUtility : public std::runtime_error {
 public:
  UndefinedUtility(Region from, Region to, Group of, Summand because)
      : std::runtime_error("a utility is no number"),
        origin(from),
        destination(to),
        group(of),
        blamed(because) {}

  Region origin;
  Region destination;
  Group group;
  Summand blamed;
};

/// Says so at the term of the scenario that is to blame, with stream, origin, destination and step.
[[nodiscard]] InputError utility_error(const Scenario& scenario, const UndefinedUtility& fault, Step step);

/// What `body` returns; an undefined utility in it is an `InputError`.
template <class Body>
auto with_utilities_explained(const Scenario& scenario, Step step, const Body& body) {
  try {
    return body();
  } catch (const UndefinedUtility& fault) {
    throw utility_error(scenario, fault, step);
  }
}

/// Nobody moves more often, per year.
inline constexpr double most_hazard = 1e6;
[[nodiscard]] inline bool is_sensible_hazard(double hazard) { return hazard >= 0 && hazard <= most_hazard; }

/// A hazard that no year has, or none at all, at what makes it so: the term or attraction whose part of the
/// exponent is largest, or the rate where none is above 0.
[[nodiscard]] InputError hazard_error(const Scenario& scenario, const EventKind& kind, Region region,
                                      Group group, Step step, double hazard,
                                      const std::vector<Summand>& summands);

}  // namespace sojourn
