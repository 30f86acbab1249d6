#include "sim/model/age_rates.hpp"

#include <algorithm>
#include <limits>

namespace sojourn {

namespace {

/// Where a class ends.
double end_of(const std::vector<double>& age_from, std::size_t number) {
  return number + 1 < age_from.size() ? age_from[number + 1] : std::numeric_limits<double>::infinity();
}

}  // namespace

void AgeRates::set_time(double elapsed) {
  shares_.clear();
  first_.clear();
  for (std::size_t c = 0; c < cohorts_.count(); ++c) {
    first_.push_back(shares_.size());
    const Cohorts::Ages ages = cohorts_.ages(Cohort{c}, elapsed);
    if (ages.to <= ages.from) continue;
    for (std::size_t i = 0; i < age_from_->size(); ++i) {
      const double from = std::max({ages.from, (*age_from_)[i], named_.from});
      const double to = std::min({ages.to, end_of(*age_from_, i), named_.to});
      if (to > from) shares_.push_back({static_cast<std::uint32_t>(i), (to - from) / (ages.to - ages.from)});
    }
  }
  first_.push_back(shares_.size());
}

void AgeRates::by_cohort(std::span<const double> classes, std::span<double> rates) const {
  for (std::size_t c = 0; c < rates.size(); ++c) {
    double rate = 0;
    for (std::size_t i = first_[c]; i < first_[c + 1]; ++i)
      rate += shares_[i].share * classes[shares_[i].number];
    rates[c] = rate;
  }
}

double AgeRates::largest(std::span<const double> classes, Cohort cohort, double from, double to) const {
  const double youngest = cohorts_.ages(cohort, from).from;
  const double oldest = cohorts_.ages(cohort, to).to;
  double largest = 0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if ((*age_from_)[i] < oldest && end_of(*age_from_, i) > youngest) largest = std::max(largest, classes[i]);
  }
  return largest;
}

}  // namespace sojourn
