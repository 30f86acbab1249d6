#pragma once

#include <cstddef>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/shape.hpp"

namespace sojourn {

/// The values of one factor, or one parameter, step by step under a variant's policies, for checks before
/// there is a model. As `Factor::values` of one knot; a parameter has the places of its `over_pairs`, unless
/// no change narrows it.
class Effective {
 public:
  Effective(const Scenario& scenario, FactorId factor, const Variant& variant);
  Effective(const Scenario& scenario, ParameterId parameter, const Variant& variant);

  /// Whether a policy of the variant changes it at all.
  [[nodiscard]] bool has_changes() const { return !changes_.empty(); }
  /// Moves to the step from `from` to `to`; false if the values are the same as before.
  bool update(Date from, Date to);
  /// Whether a policy acts in the current step.
  [[nodiscard]] bool is_changed() const;

  [[nodiscard]] FactorPlaces places() const { return places_; }
  [[nodiscard]] bool by_group() const { return shape_.groups > 1; }
  /// The value at a place and of a group; of a number by age, that of the youngest.
  [[nodiscard]] double at(std::size_t place, std::size_t group) const {
    return values_[shape_.index(place, group)];
  }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }
  /// How the values lie in memory.
  [[nodiscard]] const Shape& shape() const { return shape_; }
  /// As `Factor::age_from`; empty for what does not vary by age.
  [[nodiscard]] const std::vector<double>& age_from() const;

 private:
  struct TimedChange {
    const Policy* policy;
    const Change* change;
  };
  void find_changes(const Scenario& scenario, std::variant<FactorId, ParameterId> target,
                    const Variant& variant);

  const Factor* factor_ = nullptr;
  const Parameter* parameter_ = nullptr;
  FactorPlaces places_ = FactorPlaces::everywhere;
  Shape shape_;
  std::vector<TimedChange> changes_;
  std::vector<KnotWeight> weights_;
  std::vector<double> shares_;
  std::vector<double> values_;
};

}  // namespace sojourn
