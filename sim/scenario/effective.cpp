#include "sim/scenario/effective.hpp"

#include <algorithm>
#include <variant>

namespace sojourn {

namespace {

bool same(const std::vector<KnotWeight>& a, const std::vector<KnotWeight>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const KnotWeight& x, const KnotWeight& y) {
    return x.knot == y.knot && x.weight == y.weight;
  });
}

}  // namespace

Effective::Effective(const Scenario& scenario, FactorId factor, const Variant& variant)
    : factor_(&scenario.factors[factor.index()]),
      places_(factor_->places),
      shape_(shape_of(scenario, *factor_)) {
  find_changes(scenario, factor, variant);
  values_.resize(shape_.size());
}

Effective::Effective(const Scenario& scenario, ParameterId parameter, const Variant& variant)
    : parameter_(&scenario.parameters[parameter.index()]) {
  find_changes(scenario, parameter, variant);
  const bool narrowed = std::any_of(changes_.begin(), changes_.end(),
                                    [](const TimedChange& t) { return !t.change->places.empty(); });
  if (narrowed) places_ = parameter_->over_pairs ? FactorPlaces::pair : FactorPlaces::region;
  shape_ = shape_of(scenario, *parameter_, places_);
  values_.resize(shape_.size());
}

void Effective::find_changes(const Scenario& scenario, std::variant<FactorId, ParameterId> target,
                             const Variant& variant) {
  for (const PolicyId id : variant.policies) {
    const Policy& policy = scenario.policies[id.index()];
    for (const Change& change : policy.changes) {
      if (change.target == target) changes_.push_back({&policy, &change});
    }
  }
}

bool Effective::update(Date from, Date to) {
  std::vector<KnotWeight> weights = {{0, 1.0}};
  if (factor_ != nullptr) weights = mean_weights(*factor_, from, to);
  std::vector<double> shares;
  shares.reserve(changes_.size());
  for (const TimedChange& timed : changes_) {
    shares.push_back(share_in_force(*timed.policy, *timed.change, from, to));
  }
  if (same(weights, weights_) && shares == shares_) return false;
  const std::vector<double>& known = factor_ != nullptr ? factor_->values : parameter_->by_group;
  const std::size_t knot_size = factor_ != nullptr ? values_.size() : shape_.groups;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    double mean = 0;
    for (const KnotWeight& part : weights) mean += part.weight * known[part.knot * knot_size + i % knot_size];
    for (std::size_t c = 0; c < changes_.size(); ++c) {
      const Change& change = *changes_[c].change;
      if (change.places.empty() || change.places[shape_.place_of(i)]) mean = changed(mean, change, shares[c]);
    }
    values_[i] = mean;
  }
  weights_ = std::move(weights);
  shares_ = std::move(shares);
  return true;
}

const std::vector<double>& Effective::age_from() const {
  static const std::vector<double> none;
  return factor_ != nullptr ? factor_->age_from : none;
}

bool Effective::is_changed() const {
  return std::any_of(shares_.begin(), shares_.end(), [](double share) { return share > 0; });
}

}  // namespace sojourn
