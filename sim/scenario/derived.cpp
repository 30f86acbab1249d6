#include "sim/scenario/derived.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/scenario/corridors.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

namespace {

/// Whether a derived factor needs the value of another in the same step.
bool needs_now(const Derivation& derivation, FactorId other) {
  return std::any_of(derivation.inputs.begin(), derivation.inputs.end(), [&](const DerivedInput& input) {
    const auto* factor = std::get_if<FactorInput>(&input.of);
    return factor != nullptr && input.lag == 0 && factor->factor == other;
  });
}

/// Collects bounds, region by region; the narrowest remains.
class Bounds {
 public:
  Bounds(FactorId factor, std::size_t regions) : factor_(factor), bounds_(regions) {}

  /// Of a term that reads the factor where people live.
  void add_push(const FactorTerm& term, const std::vector<bool>& residences) {
    for_each_bound(term, [&](const ValueBound& bound) { add(bound, residences); });
  }
  void add_pull(const FactorTerm& term, const Corridors& corridors) {
    const bool of_origin = term.comparison == Comparison::difference || term.comparison == Comparison::ratio;
    for_each_bound(term, [&](const ValueBound& bound) {
      add(bound, corridors.destinations());
      if (of_origin) add(bound, corridors.origins());
    });
  }
  void add_diaspora(const DiasporaTerm& term, const Corridors& corridors) {
    if (term.ratio_to == factor_) add(ratio_to_it_, corridors.destinations());
  }
  void add(const Hazard& hazard, const Who& who, const char* what = "it is a rate") {
    if (hazard.rate_factor == factor_) add({0, false, what}, who.residences);
    for (const FactorTerm& term : hazard.push) add_push(term, who.residences);
  }

  [[nodiscard]] std::vector<std::optional<ValueBound>> take() { return std::move(bounds_); }

 private:
  template <class Visit>
  void for_each_bound(const FactorTerm& term, Visit visit) const {
    if (term.measure == Measure::ratio_to_factor && term.reference == factor_) visit(ratio_to_it_);
    if (term.factor != factor_) return;
    if (term.comparison == Comparison::ratio) visit(ValueBound{0, true, "ratios of it are taken"});
    if (term.transform == Transform::log) visit(ValueBound{0, true, "its logarithm is taken"});
    if (term.transform == Transform::sqrt) visit(ValueBound{0, false, "its square root is taken"});
    if (term.transform == Transform::log1p) {
      const bool of_level = term.measure == Measure::level;
      visit(ValueBound{of_level ? -1.0 : 0.0, of_level, "its log1p is taken"});
    }
    if (term.measure == Measure::ratio_to_start)
      visit(ValueBound{0, true, "its ratio to the start is taken"});
  }

  void add(const ValueBound& bound, const std::vector<bool>& where) {
    for (std::size_t r = 0; r < bounds_.size(); ++r) {
      if (!where[r]) continue;
      std::optional<ValueBound>& here = bounds_[r];
      const bool narrower = !here || bound.least > here->least ||
                            (bound.least == here->least && bound.is_open && !here->is_open);
      if (narrower) here = bound;
    }
  }

  const ValueBound ratio_to_it_{0, true, "there is a ratio to it"};
  FactorId factor_;
  std::vector<std::optional<ValueBound>> bounds_;
};

}  // namespace

std::vector<FactorId> derivation_order(const Scenario& scenario) {
  std::vector<FactorId> waiting;
  for (std::size_t f = 0; f < scenario.factors.size(); ++f) {
    if (scenario.factors[f].derivation) waiting.emplace_back(f);
  }
  std::vector<FactorId> order;
  bool more = true;
  while (more) {
    more = false;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      const Derivation& derivation = *scenario.factors[waiting[i].index()].derivation;
      const bool ready = std::none_of(waiting.begin(), waiting.end(),
                                      [&](FactorId other) { return needs_now(derivation, other); });
      if (!ready) continue;
      order.push_back(waiting[i]);
      waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
      more = true;
      break;
    }
  }
  return order;
}

bool reads_flows(const Scenario& scenario) {
  return std::any_of(scenario.factors.begin(), scenario.factors.end(), [](const Factor& factor) {
    if (!factor.derivation) return false;
    const std::vector<DerivedInput>& inputs = factor.derivation->inputs;
    return std::any_of(inputs.begin(), inputs.end(),
                       [](const DerivedInput& input) { return std::holds_alternative<FlowInput>(input.of); });
  });
}

std::vector<std::optional<ValueBound>> bounds_of_values(const Scenario& scenario, FactorId factor) {
  Bounds bounds(factor, scenario.region_count());
  for (const Stream& stream : scenario.streams) {
    bounds.add(stream.hazard, stream.who);
    const Corridors corridors(scenario, stream);
    for (const PullTerm& term : stream.destination.pull) {
      if (const auto* of_factor = std::get_if<FactorTerm>(&term)) bounds.add_pull(*of_factor, corridors);
      if (const auto* network = std::get_if<DiasporaTerm>(&term)) bounds.add_diaspora(*network, corridors);
    }
  }
  for (const Transition& transition : scenario.transitions) {
    bounds.add(transition.hazard, transition.who);
    for (const Outcome& outcome : transition.outcomes)
      bounds.add(outcome.weight, transition.who, "it is a weight");
  }
  for (const Queue& queue : scenario.queues) {
    if (!queue.draws.empty()) continue;
    bounds.add(queue.limit, scenario.transitions[queue.transition.index()].who, "it is a limit");
  }
  Who everybody;
  everybody.groups.assign(scenario.groups.count(), true);
  everybody.residences.assign(scenario.region_count(), true);
  for (const Limit& limit : scenario.limits) {
    if (limit.amount) bounds.add(*limit.amount, everybody, "it is the amount of a limit");
  }
  for (const Inflow& inflow : scenario.inflows)
    bounds.add(inflow.number, inflow.into, "it is a number of people");
  for (const Outflow& outflow : scenario.outflows) bounds.add(outflow.hazard, outflow.who);
  const Demography& people = scenario.demography;
  if (people.births) bounds.add(people.births->hazard, people.births->who);
  if (people.deaths) bounds.add(people.deaths->hazard, people.deaths->who);
  return bounds.take();
}

std::string fault_of_value(double value, const std::optional<ValueBound>& bound) {
  if (std::isnan(value)) return "has no value";
  if (std::isinf(value)) return "is infinite";
  if (!bound || bound->admits(value)) return "";
  return fmt::format("is {:.6g}, and {}", value, bound->because);
}

}  // namespace sojourn
