#include "sim/engine/later_warnings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "sim/base/text.hpp"
#include "sim/engine/rate_faults.hpp"
#include "sim/model/event_kind.hpp"

namespace sojourn {

namespace {

/// Each costs a look at the people of the start.
constexpr std::size_t most_dates_of_a_factor = 40;

std::size_t step_of(const TimeGrid& time, Date date) {
  std::size_t step = 0;
  while (step + 1 < time.steps() && time.boundary(step + 1) <= date) ++step;
  return step;
}

/// The first step of which all is behind the date: in the step before a change is in force for a part only.
void add_date(const TimeGrid& time, Date date, std::set<std::size_t>& steps) {
  if (date <= time.start() || date >= time.end()) return;
  const std::size_t step = step_of(time, date);
  const bool in_part = time.boundary(step) < date && step + 1 < time.steps();
  steps.insert(in_part ? step + 1 : step);
}

void add_dates(const TimeGrid& time, const Policy& policy, std::set<std::size_t>& steps) {
  add_date(time, policy.from, steps);
  for (const Change& change : policy.changes) {
    if (change.ramp) add_date(time, advance(policy.from, *change.ramp), steps);
  }
  if (!policy.until) return;
  add_date(time, *policy.until, steps);
  // It may end before a whole step.
  const std::size_t first = step_of(time, policy.from);
  const bool in_run = policy.from < time.end() && *policy.until > time.start();
  if (in_run && step_of(time, *policy.until) <= first + 1) steps.insert(first);
}

std::set<FactorId> factors_of_rates(const Scenario& scenario) {
  std::set<FactorId> factors;
  const auto add = [&](const Hazard& hazard) {
    if (hazard.rate_factor) factors.insert(*hazard.rate_factor);
    for (const FactorTerm& term : hazard.push) factors.insert(term.factor);
  };
  for (const EventKind& kind : event_kinds(scenario)) add(kind.hazard());
  if (const auto& births = scenario.demography.births) add(births->hazard);
  for (const Inflow& inflow : scenario.inflows) add(inflow.number);
  return factors;
}

/// The dates of a factor; if they are very many, that of its largest value and that of its largest sum.
std::vector<Date> dates_of(const Factor& factor) {
  if (factor.knots.size() <= most_dates_of_a_factor) return factor.knots;
  const std::size_t size = factor.values.size() / factor.knots.size();
  std::pair<double, std::size_t> largest{-1, 0};
  std::pair<double, std::size_t> largest_sum{-1, 0};
  for (std::size_t k = 0; k < factor.knots.size(); ++k) {
    double sum = 0;
    for (std::size_t i = k * size; i < (k + 1) * size; ++i) {
      sum += factor.values[i];
      largest = std::max(largest, {factor.values[i], k});
    }
    largest_sum = std::max(largest_sum, {sum, k});
  }
  return {factor.knots[largest.second], factor.knots[largest_sum.second]};
}

/// A number that may have been changed, by a policy or by the dates of its factor.
struct Changing {
  ParameterId rate;
  std::optional<FactorId> factor;
};

/// Where to look for what made a number what it is in a step, and how to call it.
struct Cause {
  Position where;
  std::string text;
};

bool is_in_force(const Scenario& scenario, const Policy& policy, const Change& change, Step step) {
  return share_in_force(policy, change, scenario.time.boundary(step.index()),
                        scenario.time.boundary(step.index() + 1)) > 0;
}

/// The last change in force, of the number itself or of anything.
std::optional<Cause> policy_in_force(const Scenario& scenario, const Variant& variant, const Changing* number,
                                     Step step) {
  std::optional<Cause> cause;
  for (const PolicyId id : variant.policies) {
    const Policy& policy = scenario.policies[id.index()];
    for (const Change& change : policy.changes) {
      const auto* parameter = std::get_if<ParameterId>(&change.target);
      const auto* factor = std::get_if<FactorId>(&change.target);
      const bool concerns = number == nullptr || (parameter != nullptr && *parameter == number->rate) ||
                            (factor != nullptr && number->factor == *factor);
      if (!concerns || !is_in_force(scenario, policy, change, step)) continue;
      cause = Cause{change.where, fmt::format(" (policy {} of variant {})", in_quotes(policy.name),
                                              in_quotes(variant.name))};
    }
  }
  return cause;
}

Cause cause_of(const Scenario& scenario, const Variant& variant, const Changing& number, Step step) {
  if (auto cause = policy_in_force(scenario, variant, &number, step)) return *cause;
  if (number.factor && scenario.factors[number.factor->index()].knots.size() > 1)
    return {scenario.factors[number.factor->index()].where, ""};
  if (auto cause = policy_in_force(scenario, variant, nullptr, step)) return *cause;
  return {scenario.where(number.rate), ""};
}

/// Tells the faults of variants and dates, each once.
class LaterWarnings {
 public:
  LaterWarnings(const Scenario& scenario, const StartRates& at_start) : scenario_(scenario) {
    look(at_start, nullptr, Step{0});
  }

  /// `variant`: null to note only what is told of the start.
  void look(const StartRates& rates, const Variant* variant, Step step) {
    for (const StartRate& rate : rates.rates) {
      tell(rate.label(), {rate.rate, rate.factor}, variant, step,
           [&](const std::string& when) { return faults_of(scenario_, rates, rate, step, when); });
    }
    for (std::size_t i = 0; i < rates.inflows.size(); ++i) {
      const Hazard& number = scenario_.inflows[i].number;
      tell("inflow " + rates.inflows[i].name, {number.rate, number.rate_factor}, variant, step,
           [&](const std::string& when) { return faults_of(rates, rates.inflows[i], when); });
    }
  }

  [[nodiscard]] std::vector<Warning> take() && { return std::move(warnings_); }

 private:
  template <class Faults>
  void tell(const std::string& of, const Changing& number, const Variant* variant, Step step,
            const Faults& faults) {
    if (variant == nullptr) {
      for (const RateFault& fault : faults("")) told_of_start_.emplace(of, fault.id);
      return;
    }
    if (faults("").empty()) return;
    const Cause cause = cause_of(scenario_, *variant, number, step);
    const std::string when =
        fmt::format(" in the step from {}{}", to_string(scenario_.time.boundary(step.index())), cause.text);
    for (const RateFault& fault : faults(when)) {
      if (told_of_start_.contains({of, fault.id})) continue;
      const Position& at = cause.where;
      if (!told_.emplace(of, fault.id, at.line, at.column).second) continue;
      warnings_.push_back({.id = fault.id, .where = at, .what = fault.what, .may_mean = fault.may_mean});
    }
  }

  const Scenario& scenario_;
  std::set<std::pair<std::string, std::string>> told_of_start_;
  std::set<std::tuple<std::string, std::string, std::size_t, std::size_t>> told_;
  std::vector<Warning> warnings_;
};

}  // namespace

std::vector<Step> steps_of_changes(const Scenario& scenario, const Variant& variant) {
  std::set<std::size_t> steps;
  for (const PolicyId id : variant.policies) {
    add_dates(scenario.time, scenario.policies[id.index()], steps);
  }
  for (const FactorId id : factors_of_rates(scenario)) {
    const Factor& factor = scenario.factors[id.index()];
    if (factor.derivation || factor.knots.size() < 2) continue;
    for (const Date date : dates_of(factor)) add_date(scenario.time, date, steps);
  }
  std::vector<Step> result;
  result.reserve(steps.size());
  for (const std::size_t step : steps) result.emplace_back(step);
  return result;
}

std::vector<Warning> warnings_of_later(const Scenario& scenario, const std::vector<const Variant*>& variants,
                                       const StartRates& at_start, Workers& workers) {
  LaterWarnings warnings(scenario, at_start);
  for (const Variant* variant : variants) {
    const bool first = variant == variants.front();
    if (!first && variant->policies.empty()) continue;
    std::vector<Step> steps = steps_of_changes(scenario, *variant);
    if (!first) steps.insert(steps.begin(), Step{0});
    if (steps.empty()) continue;
    try {
      StartSketch sketch(scenario, *variant, workers);
      if (!sketch.has_derived_factors()) continue;
      for (const Step step : steps) {
        sketch.foresee(step);
        warnings.look(start_rates(sketch), variant, step);
      }
    } catch (const InputError&) {
      // What has no value with the people of the start may have one by then: the run tells it if not.
      continue;
    }
  }
  return std::move(warnings).take();
}

}  // namespace sojourn
