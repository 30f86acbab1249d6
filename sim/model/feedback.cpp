#include "sim/model/feedback.hpp"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <variant>

#include "sim/base/error.hpp"

namespace sojourn {

namespace {

/// Numbers by region as an array to calculate with.
Eigen::Map<Eigen::ArrayXd> array(std::vector<double>& values) {
  return {values.data(), static_cast<Eigen::Index>(values.size())};
}

}  // namespace

Feedback::Feedback(const Scenario& scenario) : scenario_(&scenario), cohorts_(scenario) {
  for (const FactorId id : derivation_order(scenario)) {
    const Derivation& derivation = *scenario.factors[id.index()].derivation;
    std::vector<std::string> names;
    std::vector<Input> inputs;
    for (const DerivedInput& input : derivation.inputs) {
      names.push_back(input.name);
      inputs.emplace_back().of = &input;
    }
    factors_.push_back(
        {id, bounds_of_values(scenario, id), Expression(derivation.expression, names), std::move(inputs)});
  }
}

void Feedback::update(const RegionState& state, Step step, Numbers& numbers) {
  derive(state, step, scenario_->time.boundary(step.index()), scenario_->time.boundary(step.index() + 1),
         numbers);
  // Late factors remember the values of this step, now that all are known.
  for (Derived& derived : factors_) {
    for (Input& input : derived.inputs) {
      const auto* of = std::get_if<FactorInput>(&input.of->of);
      if (of == nullptr || input.of->lag == 0) continue;
      input.past.push_back(factor(of->factor, numbers));
      if (input.past.size() > input.of->lag) input.past.pop_front();
    }
  }
}

void Feedback::foresee(const Scenario& scenario, const RegionState& state, Date from, Date to,
                       Numbers& numbers) {
  Feedback(scenario).derive(state, Step{}, from, to, numbers);
}

void Feedback::derive(const RegionState& state, Step step, Date from, Date to, Numbers& numbers) {
  for (Derived& derived : factors_) {
    for (Input& input : derived.inputs) look(input, state, step, numbers);
    numbers.derive(derived.factor, compute(derived), from, to);
    check(derived, numbers.factor(derived.factor).values, from);
  }
}

void Feedback::look(Input& input, const RegionState& state, Step step, const Numbers& numbers) {
  const double elapsed = scenario_->time.elapsed(step.index());
  if (const auto* of = std::get_if<FactorInput>(&input.of->of)) {
    input.now = late_factor(*of, input, numbers);
    return;
  }
  if (const auto* of = std::get_if<FlowInput>(&input.of->of)) {
    if (step.index() > 0) input.past.push_back(flow(*of, state));
    input.now = mean_flow(*of, input, step);
    return;
  }
  const auto* named = std::get_if<PeopleInput>(&input.of->of);
  input.past.push_back(named != nullptr ? people(*named, state, elapsed) : foreign_born(state));
  if (input.past.size() > input.of->lag + 1) input.past.pop_front();
  input.now = input.past.front();
}

Feedback::Values Feedback::late_factor(const FactorInput& of, const Input& input,
                                       const Numbers& numbers) const {
  if (input.of->lag == 0) return factor(of.factor, numbers);
  if (input.past.size() == input.of->lag) return input.past.front();
  if (of.initial) {
    Values constant(scenario_->region_count());
    constant.assign(constant.size(), *of.initial);
    return constant;
  }
  return input.past.empty() ? factor(of.factor, numbers) : input.past.front();
}

Feedback::Values Feedback::people(const PeopleInput& input, const RegionState& state, double elapsed) const {
  const std::size_t groups = scenario_->groups.count();
  Values result(scenario_->region_count());
  std::vector<double> of_age(cohorts_.count());
  for (std::size_t c = 0; c < of_age.size(); ++c) {
    of_age[c] = cohorts_.share(Cohort{c}, elapsed, input.who.age_from, input.who.age_to);
  }
  for (std::size_t cell = 0; cell < scenario_->cell_count(); ++cell) {
    if (!input.who.groups[cell % groups]) continue;
    double sum = 0;
    const auto residents = state.residents.subspan(cell * cohorts_.count(), cohorts_.count());
    for (std::size_t c = 0; c < residents.size(); ++c) sum += of_age[c] * static_cast<double>(residents[c]);
    result[cell / groups] += sum;
  }
  array(result) *= scenario_->persons_per_agent;
  return result;
}

Feedback::Values Feedback::foreign_born(const RegionState& state) const {
  Values result(scenario_->region_count());
  const std::size_t births = scenario_->birth_count();
  const std::span<const std::int64_t> all = state.diaspora.all();
  for (std::size_t i = 0; i < all.size(); ++i) result[i / births] += static_cast<double>(all[i]);
  array(result) *= scenario_->persons_per_agent;
  return result;
}

Feedback::Values Feedback::factor(FactorId id, const Numbers& numbers) const {
  const Field& field = numbers.factor(id);
  Values result(scenario_->region_count());
  for (std::size_t r = 0; r < scenario_->region_count(); ++r) {
    result[r] = field.at(Region{r}, Group{});
  }
  return result;
}

/// Persons in the step before.
Feedback::Values Feedback::flow(const FlowInput& input, const RegionState& state) const {
  const std::array<std::span<const std::int64_t>, FlowInput::kinds> flows = {
      state.arrivals, state.departures, state.inflow,      state.outflow,
      state.births,   state.deaths,     state.transitions, state.requests};
  const std::span<const std::int64_t> flow = flows[static_cast<std::size_t>(input.kind)];
  const std::size_t kinds = input.named.size();
  Values result(scenario_->region_count());
  for (std::size_t i = 0; i < flow.size(); ++i) {
    if (input.named[i % kinds]) result[i / kinds] += static_cast<double>(flow[i]);
  }
  array(result) *= scenario_->persons_per_agent;
  return result;
}

/// Over the steps from `step - lag - steps` to before `step - lag`; of those before the run it knows the
/// initial value alone, and takes them to be as long as the first.
Feedback::Values Feedback::mean_flow(const FlowInput& flow, Input& input, Step step) const {
  const std::size_t kept = flow.steps + input.of->lag;
  if (input.past.size() > kept) input.past.pop_front();
  Values sum(scenario_->region_count());
  double years = 0;
  for (std::size_t back = input.of->lag + 1; back <= kept; ++back) {
    if (back > input.past.size()) {
      const double length = scenario_->time.years(Step{});
      array(sum) += flow.initial * length;
      years += length;
    } else {
      array(sum) += array(input.past[input.past.size() - back]);
      years += scenario_->time.years(Step{step.index() - back});
    }
  }
  array(sum) /= years;
  return sum;
}

std::vector<double> Feedback::compute(Derived& derived) const {
  std::vector<double> values(scenario_->region_count());
  for (std::size_t r = 0; r < values.size(); ++r) values[r] = derived.expression.value(variables(derived, r));
  return values;
}

std::vector<double> Feedback::variables(const Derived& derived, std::size_t region) {
  std::vector<double> values;
  values.reserve(derived.inputs.size());
  for (const Input& input : derived.inputs) values.push_back(input.now[region]);
  return values;
}

/// Policies have changed the values by now.
void Feedback::check(const Derived& derived, const std::vector<double>& values, Date from) const {
  for (std::size_t r = 0; r < values.size(); ++r) {
    std::string fault = fault_of_value(values[r], derived.bounds[r]);
    if (fault.empty()) continue;
    const std::string why = derived.expression.fault(variables(derived, r));
    if (!std::isfinite(values[r]) && !why.empty()) fault += fmt::format(" ({})", why);
    const Factor& factor = scenario_->factors[derived.factor.index()];
    throw InputError({{factor.derivation->where,
                       fmt::format("factor '{}' {} in {} in the step from {}", factor.name, fault,
                                   scenario_->regions[r].code, to_string(from)),
                       "an expression whose values suit what it is used for, such as max(0.01, ...)", ""}});
  }
}

}  // namespace sojourn
