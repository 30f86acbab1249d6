#pragma once

#include <cstdint>

#include "sim/model/measure.hpp"
#include "sim/model/numbers.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// What a term measures of its factor in the step of `now`, before it is transformed: for each place and
/// group over which the measure varies, with the ratio of destination to origin where the term compares so.
/// `start`: the factor in the first step without policies.
[[nodiscard]] Field measured_field(const FactorTerm& term, const Numbers& now, const Field& start);

/// Mean and spread of what a term measures at the start, over all regions or pairs and all groups.
[[nodiscard]] Standard standard_at_start(const FactorTerm& term, const Numbers& start);

/// A transformed factor, x_k or z_k of the model, kept until the factor changes.
class TermValues {
 public:
  /// `start`: the numbers of the first step without policies, to which measures and standardisation refer.
  /// There are no values before the first `update`.
  TermValues(const FactorTerm& term, const Numbers& start);

  /// Always of the same `Numbers`: it is by their versions that a change is noticed.
  void update(const Numbers& now);

  /// Value for a resident of a region (push terms).
  [[nodiscard]] double at(Region region, Group group) const { return values_.at(region, group); }
  /// Value for a corridor (pull terms).
  [[nodiscard]] double at(Region origin, Region destination, Group group) const {
    if (term_->comparison == Comparison::difference) {
      return values_.at(destination, group) - values_.at(origin, group);
    }
    return values_.at(origin, destination, group);
  }
  /// Whether it is the region of citizenship that a corridor begins in, and no region of the scenario need be
  /// that.
  [[nodiscard]] bool by_citizenship() const { return term_->comparison == Comparison::citizenship; }
  [[nodiscard]] double of_citizens(Region citizenship, Region destination, Group group) const {
    return citizenship.index() < values_.regions ? values_.at(citizenship, destination, group) : outside_;
  }
  [[nodiscard]] ParameterId coefficient() const { return term_->coefficient; }
  /// Of a difference, before it is taken.
  [[nodiscard]] const Field& values() const { return values_; }
  /// Counts up when values change.
  [[nodiscard]] std::uint64_t version() const { return values_.version; }

 private:
  const FactorTerm* term_;
  Field start_;
  Standard standard_;
  /// The value for citizens of none of the regions, of a term by citizenship.
  double outside_ = 0;
  std::uint64_t seen_factor_ = 0;
  std::uint64_t seen_reference_ = 0;
  Field values_;
};

}  // namespace sojourn
