#include "sim/model/numbers.hpp"

#include <algorithm>
#include <span>
#include <utility>
#include <variant>

#include "sim/scenario/shape.hpp"

namespace sojourn {

namespace {

bool same(const std::vector<KnotWeight>& a, const std::vector<KnotWeight>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const KnotWeight& x, const KnotWeight& y) {
    return x.knot == y.knot && x.weight == y.weight;
  });
}

/// The weighted mean of the knots. The knots may have fewer places than the field (one value everywhere,
/// changed in chosen places only); the value is then repeated.
void blend(const std::vector<double>& knots, std::size_t knot_size, const std::vector<KnotWeight>& weights,
           std::vector<double>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    double mean = 0;
    for (const KnotWeight& part : weights) mean += part.weight * knots[part.knot * knot_size + i % knot_size];
    values[i] = mean;
  }
}

void apply(const Change& change, double share, Field& field) {
  const std::size_t groups = field.by_group ? field.groups : 1;
  for (std::size_t i = 0; i < field.values.size(); ++i) {
    const bool is_there = change.places.empty() || change.places[i / (groups * field.ages)];
    const bool is_of_them = change.groups.empty() || change.groups[i / field.ages % groups];
    if (is_there && is_of_them) field.values[i] = changed(field.values[i], change, share);
  }
}

}  // namespace

Numbers::Source Numbers::make_source(FactorPlaces places, bool by_group, std::size_t ages) const {
  Source source;
  Field& field = source.field;
  field.places = places;
  field.by_group = by_group;
  field.regions = scenario_->region_count();
  field.groups = scenario_->groups.count();
  field.ages = ages;
  field.values.resize(place_count(places, field.regions) * (by_group ? field.groups : 1) * ages);
  return source;
}

Numbers::Numbers(const Scenario& scenario, const Variant& variant)
    : scenario_(&scenario), doors_(scenario, variant) {
  for (const Factor& factor : scenario.factors) {
    factors_.push_back(make_source(factor.places, factor.by_group, shape_of(scenario, factor).ages));
  }
  std::vector<bool> narrowed(scenario.parameters.size());
  for (const PolicyId id : variant.policies) {
    for (const Change& change : scenario.policies[id.index()].changes) {
      const auto* parameter = std::get_if<ParameterId>(&change.target);
      if (parameter != nullptr && !change.places.empty()) narrowed[parameter->index()] = true;
    }
  }
  for (std::size_t i = 0; i < scenario.parameters.size(); ++i) {
    const Parameter& parameter = scenario.parameters[i];
    const FactorPlaces own = parameter.over_pairs ? FactorPlaces::pair : FactorPlaces::region;
    const FactorPlaces places = narrowed[i] ? own : FactorPlaces::everywhere;
    parameters_.push_back(make_source(places, shape_of(scenario, parameter, places).groups > 1, 1));
  }
  for (const PolicyId id : variant.policies) {
    const Policy& policy = scenario.policies[id.index()];
    for (const Change& change : policy.changes) {
      const auto* factor = std::get_if<FactorId>(&change.target);
      Source& source = factor != nullptr ? factors_[factor->index()]
                                         : parameters_[std::get<ParameterId>(change.target).index()];
      source.changes.push_back({&policy, &change});
    }
  }
}

bool Numbers::is_changed(const Number& number) const {
  const std::vector<double>& shares = source(number).shares;
  return std::any_of(shares.begin(), shares.end(), [](double share) { return share > 0; });
}

std::vector<double> Numbers::shares_in_force(const Source& source, Date from, Date to) {
  std::vector<double> shares;
  shares.reserve(source.changes.size());
  for (const TimedChange& timed : source.changes) {
    shares.push_back(share_in_force(*timed.policy, *timed.change, from, to));
  }
  return shares;
}

void Numbers::derive(FactorId id, std::span<const double> values, Date from, Date to) {
  Source& source = factors_[id.index()];
  const std::vector<double> before = source.field.values;
  source.field.values.assign(values.begin(), values.end());
  source.shares = shares_in_force(source, from, to);
  for (std::size_t i = 0; i < source.shares.size(); ++i) {
    apply(*source.changes[i].change, source.shares[i], source.field);
  }
  if (source.field.version == 0 || before != source.field.values) ++source.field.version;
}

void Numbers::update_source(Source& source, const std::vector<double>& knots, std::size_t knot_count,
                            std::vector<KnotWeight> weights, Date from, Date to) {
  std::vector<double> shares = shares_in_force(source, from, to);
  Field& field = source.field;
  const bool first = field.version == 0;
  if (!first && shares == source.shares && same(weights, source.weights)) return;
  const std::vector<double> before = field.values;
  blend(knots, knots.size() / knot_count, weights, field.values);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    apply(*source.changes[i].change, shares[i], field);
  }
  if (first || before != field.values) ++field.version;
  source.shares = std::move(shares);
  source.weights = std::move(weights);
}

void Numbers::update(Date from, Date to) {
  for (std::size_t i = 0; i < factors_.size(); ++i) {
    const Factor& factor = scenario_->factors[i];
    if (factor.derivation) continue;
    update_source(factors_[i], factor.values, factor.knots.size(), mean_weights(factor, from, to), from, to);
  }
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    update_source(parameters_[i], scenario_->parameters[i].by_group, 1, {{0, 1.0}}, from, to);
  }
  doors_.update(from, to);
}

}  // namespace sojourn
