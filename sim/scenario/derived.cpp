#include "sim/scenario/derived.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

/// Collects bounds; the narrowest remains.
class Bounds {
 public:
  explicit Bounds(FactorId factor) : factor_(factor) {}

  void add(double least, bool is_open, const char* because) {
    const bool narrower =
        !bound_ || least > bound_->least || (least == bound_->least && is_open && !bound_->is_open);
    if (narrower) bound_ = ValueBound{least, is_open, because};
  }

  void add(const FactorTerm& term) {
    if (term.measure == Measure::ratio_to_factor && term.reference == factor_)
      add(0, true, "there is a ratio to it");
    if (term.factor != factor_) return;
    if (term.comparison == Comparison::ratio) add(0, true, "ratios of it are taken");
    if (term.transform == Transform::log) add(0, true, "its logarithm is taken");
    if (term.transform == Transform::sqrt) add(0, false, "its square root is taken");
    if (term.transform == Transform::log1p) {
      const bool of_level = term.measure == Measure::level;
      add(of_level ? -1 : 0, of_level, "its log1p is taken");
    }
    if (term.measure == Measure::ratio_to_start) add(0, true, "its ratio to the start is taken");
  }

  void add(const Hazard& hazard, const char* what = "it is a rate") {
    if (hazard.rate_factor == factor_) add(0, false, what);
    for (const FactorTerm& term : hazard.push) add(term);
  }

  [[nodiscard]] const std::optional<ValueBound>& get() const { return bound_; }

 private:
  FactorId factor_;
  std::optional<ValueBound> bound_;
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

std::optional<ValueBound> bound_of_values(const Scenario& scenario, FactorId factor) {
  Bounds bounds(factor);
  for (const Stream& stream : scenario.streams) {
    bounds.add(stream.hazard);
    for (const PullTerm& term : stream.destination.pull) {
      if (const auto* of_factor = std::get_if<FactorTerm>(&term)) bounds.add(*of_factor);
    }
  }
  for (const Transition& transition : scenario.transitions) bounds.add(transition.hazard);
  for (const Queue& queue : scenario.queues) bounds.add(queue.limit, "it is a limit");
  for (const Inflow& inflow : scenario.inflows) bounds.add(inflow.number, "it is a number of people");
  for (const Outflow& outflow : scenario.outflows) bounds.add(outflow.hazard);
  if (scenario.demography.births) bounds.add(scenario.demography.births->hazard);
  if (scenario.demography.deaths) bounds.add(scenario.demography.deaths->hazard);
  return bounds.get();
}

std::string fault_of_value(double value, const std::optional<ValueBound>& bound) {
  if (std::isnan(value)) return "has no value";
  if (std::isinf(value)) return "is infinite";
  if (!bound || bound->admits(value)) return "";
  return fmt::format("is {:.6g}, and {}", value, bound->because);
}

}  // namespace sojourn
