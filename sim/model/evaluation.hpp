#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/base/expression.hpp"
#include "sim/model/numbers.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// A derived factor that has no value in a region.
struct UndefinedFactor {
  FactorId factor;
  Region region;
  /// `is infinite (500 divided by 0)`.
  std::string what;
};

/// The values of derived factors as far as they are known without a run: with the people of the start, and
/// what their inputs say of the time before it.
class DerivedAtStart {
 public:
  explicit DerivedAtStart(const Scenario& scenario);

  /// Gives `numbers`, which is in this step already, the values of all derived factors but those that need
  /// each other; policies change them. The first that is no number, if one is.
  std::optional<UndefinedFactor> derive(Numbers& numbers, Date from, Date to);

 private:
  struct Derived {
    FactorId factor;
    Expression expression;
    /// By input: people by region, or nothing.
    std::vector<std::vector<double>> people;
  };
  [[nodiscard]] static double value_of(const DerivedInput& input, const std::vector<double>& people,
                                       Region region, const Numbers& numbers);

  const Scenario* scenario_;
  /// Each after those that it needs.
  std::vector<Derived> factors_;
};

/// The numbers of a scenario step by step under a variant, without agents: what can be said of a run before
/// it, in the run's own arithmetic.
class Evaluation {
 public:
  /// Both must outlive it. A variant of no policies and no name is the scenario as written.
  Evaluation(const Scenario& scenario, const Variant& variant);

  /// Moves on to the next step; the first call to the first. False, and nothing changes, after the last.
  bool advance();

  [[nodiscard]] const Variant& variant() const { return *variant_; }
  [[nodiscard]] bool is_first_step() const { return next_ == 1; }
  /// When the step begins.
  [[nodiscard]] Date from() const;
  [[nodiscard]] const Numbers& numbers() const { return numbers_; }
  /// The numbers of the first step without policies, to which measures refer.
  [[nodiscard]] const Numbers& start() const { return start_; }
  /// Whether a number has other values than in the step before; in the first step it has.
  [[nodiscard]] bool has_moved(const Number& number) const;
  /// Of this step.
  [[nodiscard]] const std::optional<UndefinedFactor>& undefined() const { return undefined_; }

 private:
  void note_versions();

  const Scenario* scenario_;
  const Variant* variant_;
  DerivedAtStart derived_;
  Numbers start_;
  Numbers numbers_;
  std::size_t next_ = 0;
  /// Of the step before.
  std::vector<std::uint64_t> factor_versions_;
  std::vector<std::uint64_t> parameter_versions_;
  std::optional<UndefinedFactor> undefined_;
};

}  // namespace sojourn
