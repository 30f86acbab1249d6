#include "sim/scenario/factor.hpp"

#include <algorithm>
#include <utility>

namespace sojourn {

namespace {

/// Adds weights to knots that come in ascending order.
class Weights {
 public:
  void add(std::size_t knot, double weight) {
    if (weight == 0) return;
    if (!weights_.empty() && weights_.back().knot == knot) {
      weights_.back().weight += weight;
    } else {
      weights_.push_back({knot, weight});
    }
  }
  std::vector<KnotWeight> take() && { return std::move(weights_); }

 private:
  std::vector<KnotWeight> weights_;
};

/// The last knot at or before `date`; 0 if there is none.
std::size_t knot_before(const std::vector<Date>& knots, Date date) {
  const auto after = std::upper_bound(knots.begin(), knots.end(), date);
  return after == knots.begin() ? 0 : static_cast<std::size_t>(after - knots.begin()) - 1;
}

}  // namespace

std::size_t place_count(FactorPlaces places, std::size_t regions) {
  switch (places) {
    case FactorPlaces::everywhere:
      return 1;
    case FactorPlaces::region:
      return regions;
    case FactorPlaces::pair:
      break;
  }
  return regions * regions;
}

std::vector<KnotWeight> mean_weights(const Factor& factor, Date from, Date to) {
  const std::vector<Date>& knots = factor.knots;
  const double length = to_days(to) - to_days(from);
  Weights weights;
  Date at = from;
  if (at < knots.front()) {
    at = std::min(to, knots.front());
    weights.add(0, (to_days(at) - to_days(from)) / length);
  }
  for (std::size_t k = knot_before(knots, at); at < to; ++k) {
    const bool last = k + 1 == knots.size();
    const Date until = last ? to : std::min(to, knots[k + 1]);
    const double weight = (to_days(until) - to_days(at)) / length;
    if (factor.between == Between::step || last) {
      weights.add(k, weight);
    } else {
      // The mean of a straight line is its value in the middle.
      const double middle = 0.5 * (to_days(at) + to_days(until));
      const double passed = (middle - to_days(knots[k])) / (to_days(knots[k + 1]) - to_days(knots[k]));
      weights.add(k, weight * (1 - passed));
      weights.add(k + 1, weight * passed);
    }
    at = until;
  }
  return std::move(weights).take();
}

}  // namespace sojourn
