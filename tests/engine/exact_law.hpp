#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/support/statistics.hpp"

/// Numbers of events against their law, which is known: of n alike agents a binomial number leaves in a step,
/// given n, whatever happened before. So each deviation from the expectation has mean 0 and a known variance
/// given the past, and deviations of different cohorts, regions or steps do not go together.
namespace sojourn::test {

/// The largest of so many deviations is beyond this by chance about as rarely as one is beyond five sigma.
inline double five_sigma_of(std::size_t many) {
  return std::sqrt(five_sigma * five_sigma +
                   2 * std::log(static_cast<double>(std::max<std::size_t>(many, 1))));
}

/// Probability of an event within `years` at a hazard per year.
inline double event_probability(double hazard, double years) { return -std::expm1(-hazard * years); }

/// Probabilities of 0, 1, ... `most` events among `agents`, the last of that many or more. From the most
/// probable number outwards: nothing cancels, whatever the number of agents.
inline std::vector<double> binomial_law(std::int64_t agents, double probability, std::size_t most) {
  constexpr double nothing = 1e-30;
  std::vector<double> law(most + 1);
  const double odds = probability / (1 - probability);
  const auto mode =
      std::min(agents, static_cast<std::int64_t>(static_cast<double>(agents + 1) * probability));
  double total = 0;
  const auto put = [&](std::int64_t k, double weight) {
    law[std::min(most, static_cast<std::size_t>(k))] += weight;
    total += weight;
  };
  put(mode, 1);
  double weight = 1;
  for (std::int64_t k = mode; k > 0 && weight > nothing; --k) {
    weight *= static_cast<double>(k) / (odds * static_cast<double>(agents - k + 1));
    put(k - 1, weight);
  }
  weight = 1;
  for (std::int64_t k = mode; k < agents && weight > nothing; ++k) {
    weight *= odds * static_cast<double>(agents - k) / static_cast<double>(k + 1);
    put(k + 1, weight);
  }
  for (double& one : law) one /= total;
  return law;
}

/// A number of events less its expectation, with its variance and fourth cumulant. What is independent adds.
struct Deviation {
  double value = 0;
  double variance = 0;
  double cumulant = 0;

  Deviation& operator+=(const Deviation& other) {
    value += other.value;
    variance += other.variance;
    cumulant += other.cumulant;
    return *this;
  }
};

inline Deviation deviation(std::int64_t events, std::int64_t agents, double probability) {
  const double mean = static_cast<double>(agents) * probability;
  const double spread = probability * (1 - probability);
  const double variance = static_cast<double>(agents) * spread;
  return {static_cast<double>(events) - mean, variance, variance * (1 - 6 * spread)};
}

/// Sums of deviations over replicates and steps.
class DeviationSums {
 public:
  void add(const Deviation& one) {
    impossible_ = impossible_ || (one.variance == 0 && one.value != 0);
    sum_ += one.value;
    variance_ += one.variance;
    excess_ += one.value * one.value - one.variance;
    excess_variance_ += one.cumulant + 2 * one.variance * one.variance;
  }

  /// How far the mean is from its expectation, in standard deviations; infinite where something happened that
  /// cannot. A sum of rare events has a longer tail than the normal one, which what is added here makes up
  /// for.
  [[nodiscard]] double mean_sigmas() const {
    return impossible_ ? INFINITY : std::abs(sum_) / std::sqrt(variance_ + 5);
  }
  [[nodiscard]] double variance_sigmas() const {
    return std::abs(excess_) / std::sqrt(excess_variance_ + 10);
  }
  [[nodiscard]] double variance() const { return variance_; }
  [[nodiscard]] double sum() const { return sum_; }

 private:
  bool impossible_ = false;
  double sum_ = 0;
  double variance_ = 0;
  double excess_ = 0;
  double excess_variance_ = 0;
};

/// How many of a cell leave, against the whole binomial law: chi-square, mean and variance.
class BinomialSeen {
 public:
  void add(std::int64_t left, std::int64_t agents, double probability) {
    if (agents != agents_ || probability != probability_) {
      law_ = binomial_law(agents, probability, classes - 1);
      agents_ = agents;
      probability_ = probability;
    }
    for (std::size_t k = 0; k < classes; ++k) expected_[k] += law_[k];
    ++seen_[std::min(classes - 1, static_cast<std::size_t>(left))];
    sums_.add(deviation(left, agents, probability));
  }
  void check() const {
    CHECK(chi_square_sigmas(seen_, expected_) < five_sigma);
    CHECK(sums_.mean_sigmas() < five_sigma);
    CHECK(sums_.variance_sigmas() < five_sigma);
  }

 private:
  static constexpr std::size_t classes = 151;
  std::vector<std::int64_t> seen_ = std::vector<std::int64_t>(classes);
  std::vector<double> expected_ = std::vector<double>(classes);
  std::vector<double> law_;
  std::int64_t agents_ = -1;
  double probability_ = -1;
  DeviationSums sums_;
};

/// Sums of products of two deviations, which must not go together.
class ProductSums {
 public:
  void add(const Deviation& one, const Deviation& other) {
    sum_ += one.value * other.value;
    variance_ += one.variance * other.variance;
  }
  /// Nothing is said of two that hardly ever happen together: their number has no normal law.
  [[nodiscard]] double sigmas() const { return variance_ < 100 ? 0 : std::abs(sum_) / std::sqrt(variance_); }

 private:
  double sum_ = 0;
  double variance_ = 0;
};

/// Many means at once: the sum of the squares of their deviations, in standard deviations, made normal by the
/// cube root of Wilson and Hilferty (1931). Means of few events are left out.
inline double together_sigmas(const std::vector<DeviationSums>& all) {
  double squares = 0;
  double freedom = 0;
  for (const DeviationSums& one : all) {
    if (one.variance() < 20) continue;
    squares += one.sum() * one.sum() / one.variance();
    ++freedom;
  }
  if (freedom == 0) return 0;
  const double spread = 2 / (9 * freedom);
  return (std::cbrt(squares / freedom) - (1 - spread)) / std::sqrt(spread);
}

}  // namespace sojourn::test
