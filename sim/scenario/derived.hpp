#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/scenario/hazard.hpp"

namespace sojourn {

/// A factor of the region in the same step, or, with a lag, in an earlier one.
struct FactorInput {
  FactorId factor;
  /// What it was before the start of the run; without it, the value of the first step.
  std::optional<double> initial;
};

/// Persons among those named that live in the region at the start of the step.
struct PeopleInput {
  Who who;
};

/// Persons that live in the region at the start of the step and were born in another one.
struct ForeignBornInput {};

/// Persons to whom something happened in the region, per year, over a time that ended at the start of the
/// step: who came from or left for other regions (arrivals, departures) or outside (inflow, outflow), was
/// born or died, changed by a transition, or joined the queue of one (requests).
struct FlowInput {
  enum class Kind : std::uint8_t {
    arrivals,
    departures,
    inflow,
    outflow,
    births,
    deaths,
    transitions,
    requests
  };
  static constexpr std::size_t kinds = 8;
  Kind kind = Kind::arrivals;
  /// One flag for each stream, inflow, outflow, transition or queue: whether it counts. Of births and deaths
  /// one flag.
  std::vector<bool> named;
  /// Length of the time in steps.
  std::size_t steps = 1;
  /// Persons per year in the part of the time that lies before the start of the run.
  double initial = 0;
};

/// A variable of an expression.
struct DerivedInput {
  std::string name;
  std::variant<FactorInput, PeopleInput, ForeignBornInput, FlowInput> of;
  /// By how many steps it comes late; what lies before the start is as at the start.
  std::size_t lag = 0;
};

/// How a factor follows, region by region and step by step, from other factors and from the state of the run.
struct Derivation {
  std::string expression;
  Position where;
  std::vector<DerivedInput> inputs;
};

struct Scenario;

/// The derived factors in an order in which each comes after those that it needs in the same step. Those that
/// need each other are left out.
[[nodiscard]] std::vector<FactorId> derivation_order(const Scenario& scenario);

/// Whether any derived factor reads a flow.
[[nodiscard]] bool reads_flows(const Scenario& scenario);

/// What the terms and rates that read a derived factor ask of its values.
struct ValueBound {
  /// The least value, unless `is_open`: then values must be larger.
  double least = 0;
  bool is_open = false;
  /// `the logarithm of it is taken`.
  std::string because;

  [[nodiscard]] bool admits(double value) const { return is_open ? value > least : value >= least; }
};

/// The narrowest of them by region; nothing where any number will do, as it does where nothing reads the
/// factor.
[[nodiscard]] std::vector<std::optional<ValueBound>> bounds_of_values(const Scenario& scenario,
                                                                      FactorId factor);

/// What is wrong with a value of a derived factor; "" if nothing is.
[[nodiscard]] std::string fault_of_value(double value, const std::optional<ValueBound>& bound);

}  // namespace sojourn
