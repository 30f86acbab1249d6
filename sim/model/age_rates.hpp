#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "sim/model/cohorts.hpp"
#include "sim/model/numbers.hpp"

namespace sojourn {

/// A rate by classes of age, as cohorts have it: the mean of the classes over the ages of a cohort, 0 at
/// those that nobody named.
class AgeRates {
 public:
  AgeRates() = default;
  /// `age_from`: first ages of the classes, as `Factor::age_from`.
  AgeRates(const std::vector<double>& age_from, const Cohorts& cohorts, Cohorts::Ages named = all_ages)
      : age_from_(&age_from), cohorts_(cohorts), named_(named) {}

  /// Ages go on to a time; cohorts that are not born yet have no rate.
  void set_time(double elapsed);
  /// `rates`: the rate of each cohort, per year, as the mean of `classes` (the value of each class of age)
  /// over the ages that the cohort has; 0 for who is not born yet.
  void by_cohort(std::span<const double> classes, std::span<double> rates) const;
  /// The largest value of any class that a cohort has a part in between two times.
  [[nodiscard]] double largest(std::span<const double> classes, Cohort cohort, double from, double to) const;

 private:
  static constexpr Cohorts::Ages all_ages = {0, std::numeric_limits<double>::infinity()};

  /// What a cohort has of a class.
  struct Share {
    std::uint32_t number = 0;
    double share = 0;
  };

  const std::vector<double>* age_from_ = nullptr;
  Cohorts cohorts_;
  Cohorts::Ages named_ = all_ages;
  std::vector<Share> shares_;
  /// By cohort, and one more: where its shares begin.
  std::vector<std::size_t> first_;
};

}  // namespace sojourn
