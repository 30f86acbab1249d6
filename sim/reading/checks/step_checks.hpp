#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/input/mistakes.hpp"
#include "sim/model/evaluation.hpp"
#include "sim/model/term.hpp"
#include "sim/reading/checks/hazards_to_check.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// Checks of numbers that change in time: each looks at every step, first without policies and then under
/// each variant that has some. `begin` comes before the first step of a variant. All refer to the scenario.

/// Whether no policies are looked at.
[[nodiscard]] inline bool is_as_written(const Evaluation& now) { return now.variant().policies.empty(); }
/// ` in the step from 2010-03-01 in variant 'open'`.
[[nodiscard]] std::string when_and_in_which(const Evaluation& now);

/// Numbers that are not within the range that their keys have: whatever policies may change, and factors that
/// are rates or numbers of persons, for those whom these concern. Told where the number stands, or the policy
/// that makes it so.
class RangeCheck {
 public:
  explicit RangeCheck(const Scenario& scenario);
  void begin(const Evaluation& now);
  void look(const Evaluation& now, Mistakes& mistakes);

 private:
  struct Watched {
    Number number;
    /// `streams.work.hazard.rate`.
    std::string what;
    /// Of a factor: what it is.
    std::string of{};
    std::string unit;
    Range range{};
    Position where{};
    /// Null: wherever.
    const Who* who = nullptr;
    /// Null: the same for all groups.
    const ByAttribute* by = nullptr;
    bool told = false;
  };
  void watch_parameters(const std::vector<HazardToCheck>& rates);
  void watch_factors(const std::vector<HazardToCheck>& rates);
  /// A value beyond the range, if there is one.
  [[nodiscard]] std::optional<double> outside(const Watched& watched, const Evaluation& now) const;

  const Scenario& scenario_;
  std::vector<Watched> watched_;
};

/// Transitions whose outcomes have no weight above 0 for somebody whom they concern. Weights that are derived
/// are looked at in the run. All numbers are within their ranges.
class OutcomeCheck {
 public:
  explicit OutcomeCheck(const Scenario& scenario);
  void begin(const Evaluation& now);
  void look(const Evaluation& now, Mistakes& mistakes);

 private:
  struct Watched {
    TransitionId transition;
    std::vector<Number> numbers{};
    bool told = false;
  };
  bool tell_fault(const Watched& watched, const Evaluation& now, Mistakes& mistakes) const;

  const Scenario& scenario_;
  std::vector<Watched> watched_;
};

/// Derived factors whose expression has no value with the people of the start.
class DerivedCheck {
 public:
  explicit DerivedCheck(const Scenario& scenario);
  void begin(const Evaluation& now);
  void look(const Evaluation& now, Mistakes& mistakes);

 private:
  const Scenario& scenario_;
  bool told_ = false;
};

/// Hazards beyond any sense, or beyond any number, at the ages and stays where they are largest and without
/// attraction. All terms have values.
class HazardCheck {
 public:
  HazardCheck(const Scenario& scenario, std::vector<HazardToCheck> hazards);
  void begin(const Evaluation& now);
  void look(const Evaluation& now, Mistakes& mistakes);

 private:
  struct Push {
    const FactorTerm* term = nullptr;
    TermValues values;
  };
  struct Watched {
    HazardToCheck hazard;
    std::vector<Push> push{};
    bool told = false;
    bool looked_at = true;
  };
  [[nodiscard]] bool has_changes(const Watched& watched, const Evaluation& now) const;
  [[nodiscard]] static bool update(Watched& watched, const Evaluation& now);
  [[nodiscard]] double bound(const Watched& watched, const Evaluation& now) const;
  bool tell_fault(const Watched& watched, Region region, const Evaluation& now, Mistakes& mistakes) const;

  const Scenario& scenario_;
  std::vector<Watched> watched_;
};

/// Factors to which a diaspora has a ratio, where they are not above 0. Those that are derived are looked at
/// in the run.
class DiasporaCheck {
 public:
  explicit DiasporaCheck(const Scenario& scenario);
  void begin(const Evaluation& now);
  void look(const Evaluation& now, Mistakes& mistakes);

 private:
  struct Watched {
    FactorId factor;
    ParameterId coefficient;
    /// By region and by group: whether the factor is read there.
    std::vector<bool> destinations{};
    std::vector<bool> groups{};
    bool told = false;
  };
  const Scenario& scenario_;
  std::vector<Watched> watched_;
};

/// Terms of destination choices beyond any sense: whoever has one such term has no choice. All have values.
class UtilityCheck {
 public:
  explicit UtilityCheck(const Scenario& scenario);
  void begin(const Evaluation& now);
  void look(const Evaluation& now, Mistakes& mistakes);

 private:
  struct Watched {
    const Stream* stream = nullptr;
    std::string name;
    ParameterId coefficient;
    /// Of a term without a factor: the most that its value can be.
    double most = 0;
    const FactorTerm* term = nullptr;
    std::optional<TermValues> values{};
    bool told = false;
    bool looked_at = true;
  };
  /// The largest part of a utility, and for whom it is.
  struct Largest {
    double coefficient = 0;
    double value = 0;
    std::string whom;
    [[nodiscard]] double size() const;
  };
  void watch(const Stream& stream, const PullTerm& pull);
  [[nodiscard]] static double bound(const Watched& watched, const Evaluation& now);
  [[nodiscard]] Largest largest(const Watched& watched, const Evaluation& now) const;

  const Scenario& scenario_;
  double persons_ = 0;
  std::vector<Watched> watched_;
};

}  // namespace sojourn
