#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/engine/start_sketch.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// How often one of the things that may happen to people does, in the first step.
struct StartRate {
  enum class Kind : std::uint8_t { births, deaths, stream, transition, giving_up, outflow };

  Kind kind = Kind::stream;
  /// The name of the stream, transition or outflow; "" of births and deaths.
  std::string name;
  /// The rate, by whose name its place in the scenario is found, and its factor if it has one.
  ParameterId rate;
  std::optional<FactorId> factor;
  /// By group: how often a year in all, and how many persons there are whom it may happen to.
  std::vector<double> events;
  std::vector<double> concerned;

  /// `births`, `stream 'labour'`.
  [[nodiscard]] std::string label() const;
  /// A year for each person whom it may happen to.
  [[nodiscard]] double for_each_concerned() const;
};

/// Persons that an inflow brings in a year, as in the first step.
struct StartInflow {
  std::string name;
  double persons = 0;
  std::vector<double> by_region{};
};

/// What happens to the people of the start, by the model's own hazards.
struct StartRates {
  /// By group.
  std::vector<double> persons;
  /// Births and deaths first, then as in the scenario.
  std::vector<StartRate> rates;
  std::vector<StartInflow> inflows;

  [[nodiscard]] double all_persons() const;
};

[[nodiscard]] StartRates start_rates(const StartSketch& sketch);

/// ` (factor 'asfr')`; "" for a rate without a factor.
[[nodiscard]] std::string of_factor(const Scenario& scenario, const StartRate& rate);

}  // namespace sojourn
