#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/expression.hpp"
#include "sim/model/cohorts.hpp"
#include "sim/model/diaspora.hpp"
#include "sim/model/numbers.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What derived factors see of a run at the start of a step. In agents.
struct RegionState {
  /// [cell][cohort].
  std::span<const std::int64_t> residents;
  const DiasporaStock& diaspora;
  /// Events of the step before: moves by [region][stream], agents by [region][inflow] and [region][outflow];
  /// not looked at in the first step.
  std::span<const std::int64_t> arrivals;
  std::span<const std::int64_t> departures;
  std::span<const std::int64_t> inflow;
  std::span<const std::int64_t> outflow;
  /// By [region], [region], [region][transition] and [region][queue].
  std::span<const std::int64_t> births{};
  std::span<const std::int64_t> deaths{};
  std::span<const std::int64_t> transitions{};
  std::span<const std::int64_t> requests{};
};

/// Derived factors: computes them region by region at the start of each step, and keeps as much of the past
/// as lags ask for.
class Feedback {
 public:
  explicit Feedback(const Scenario& scenario);

  /// Whether the scenario has any derived factor.
  [[nodiscard]] bool any() const { return !factors_.empty(); }
  /// Gives `numbers`, which is in this step already, the values of all derived factors. Once for each step,
  /// in the order of steps. A value that is no number, or that a term or rate cannot be computed from, is an
  /// `InputError` at the expression.
  void update(const RegionState& state, Step step, Numbers& numbers);
  /// Gives `numbers`, which is in a later step already, the values that the state of the start and what
  /// factors and policies are from `from` to `to` would make.
  static void foresee(const Scenario& scenario, const RegionState& state, Date from, Date to,
                      Numbers& numbers);

 private:
  /// By region.
  using Values = std::vector<double>;

  struct Input {
    const DerivedInput* of = nullptr;
    /// The latest values and those before them, as many as the lag (or the time of a flow) asks for.
    std::deque<Values> past;
    Values now;
  };
  struct Derived {
    FactorId factor;
    std::vector<std::optional<ValueBound>> bounds;
    Expression expression;
    std::vector<Input> inputs;
  };

  void derive(const RegionState& state, Step step, Date from, Date to, Numbers& numbers);
  void look(Input& input, const RegionState& state, Step step, const Numbers& numbers);
  [[nodiscard]] Values late_factor(const FactorInput& of, const Input& input, const Numbers& numbers) const;
  [[nodiscard]] Values people(const PeopleInput& input, const RegionState& state, double elapsed) const;
  [[nodiscard]] Values foreign_born(const RegionState& state) const;
  [[nodiscard]] Values factor(FactorId id, const Numbers& numbers) const;
  [[nodiscard]] Values flow(const FlowInput& input, const RegionState& state) const;
  [[nodiscard]] Values mean_flow(const FlowInput& flow, Input& input, Step step) const;
  [[nodiscard]] std::vector<double> compute(Derived& derived) const;
  [[nodiscard]] static std::vector<double> variables(const Derived& derived, std::size_t region);
  void check(const Derived& derived, const std::vector<double>& values, Date from) const;

  const Scenario* scenario_;
  Cohorts cohorts_;
  /// Each after those that it needs.
  std::vector<Derived> factors_;
};

}  // namespace sojourn
