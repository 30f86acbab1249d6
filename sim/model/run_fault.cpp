#include "sim/model/run_fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <variant>

namespace sojourn {

namespace {

std::string in_words(double value) {
  if (std::isnan(value)) return "no number";
  if (std::isinf(value)) return value > 0 ? "infinite" : "minus infinite";
  return fmt::format("{:.3g}", value);
}

/// `-0.4 times -39.3`.
std::string in_words(const Summand& summand) {
  return fmt::format("{} times {}", in_words(summand.coefficient), in_words(summand.value));
}

const std::string& name_of(const Scenario& scenario, ParameterId id) {
  return scenario.parameters[id.index()].name;
}

/// The factor of a term among those of a hazard or a choice; null for other parameters.
const FactorTerm* find_term(const Scenario& scenario, ParameterId id) {
  const auto among = [&](const std::vector<FactorTerm>& terms) -> const FactorTerm* {
    const auto found = std::find_if(terms.begin(), terms.end(),
                                    [&](const FactorTerm& term) { return term.coefficient == id; });
    return found == terms.end() ? nullptr : &*found;
  };
  for (const EventKind& kind : event_kinds(scenario)) {
    if (const FactorTerm* found = among(kind.hazard().push)) return found;
  }
  if (const auto& births = scenario.demography.births) {
    if (const FactorTerm* found = among(births->hazard.push)) return found;
  }
  for (const Stream& stream : scenario.streams) {
    for (const PullTerm& pull : stream.destination.pull) {
      const auto* term = std::get_if<FactorTerm>(&pull);
      if (term != nullptr && term->coefficient == id) return term;
    }
  }
  return nullptr;
}

/// The expression of a derived factor; null of others.
const Derivation* derivation_of(const Scenario& scenario, FactorId id) {
  const auto& derivation = scenario.factors[id.index()].derivation;
  return derivation ? &*derivation : nullptr;
}

/// At the expression, if a derived factor is what changes; else at the term itself.
Position position_of_term(const Scenario& scenario, ParameterId id) {
  const FactorTerm* const term = find_term(scenario, id);
  const Derivation* const derived = term != nullptr ? derivation_of(scenario, term->factor) : nullptr;
  return derived != nullptr ? derived->where : scenario.where(id);
}

std::string date_of(const Scenario& scenario, Step step) {
  return to_string(scenario.time.boundary(step.index()));
}

/// What would be a number, by what the term does with its factor.
std::string wanted_of(const FactorTerm* term) {
  if (term != nullptr && term->transform == Transform::standardised) {
    return "a factor that differs between places at the start, or no 'as: standardised'";
  }
  if (term != nullptr && (term->transform == Transform::log || term->measure == Measure::ratio_to_factor ||
                          term->measure == Measure::ratio_to_start)) {
    return "values whose logarithm and ratio exist, such as those of max(0.01, ...)";
  }
  return "a smaller coefficient, or smaller values";
}

/// What an event is called, and where it stands if nothing closer does.
struct Called {
  std::string of;
  Position where;
};

class Caller {
 public:
  explicit Caller(const Scenario& scenario) : scenario_(&scenario) {}

  Called operator()(const Stream& stream) const { return {"stream '" + stream.name + "'", stream.where}; }
  Called operator()(const Transition& transition) const {
    return {"transition '" + transition.name + "'", transition.where};
  }
  Called operator()(const GivingUp& giving_up) const {
    const Queue& queue = giving_up.queue;
    return {"giving up in transition '" + queue.name + "'",
            scenario_->transitions[queue.transition.index()].where};
  }
  Called operator()(const Outflow& outflow) const {
    return {"outflow '" + outflow.name + "'", outflow.where};
  }
  Called operator()(const Deaths& /*deaths*/) const { return {"deaths", {scenario_->path}}; }
  Called operator()(const Births& /*births*/) const { return {"births", {scenario_->path}}; }

 private:
  const Scenario* scenario_;
};

}  // namespace

const Summand* to_blame(const std::vector<Summand>& summands) {
  const Summand* worst = nullptr;
  for (const Summand& summand : summands) {
    if (!std::isfinite(summand.product())) return &summand;
    if (worst == nullptr || summand.product() > worst->product()) worst = &summand;
  }
  return worst;
}

InputError utility_error(const Scenario& scenario, const UndefinedUtility& fault, Step step) {
  const std::string& name = name_of(scenario, fault.blamed.parameter);
  const FactorTerm* const term = find_term(scenario, fault.blamed.parameter);
  return InputError(
      {{position_of_term(scenario, fault.blamed.parameter),
        fmt::format("{} to {}, {}: the utility has no value in the step from {}, because of '{}', "
                    "which is {}",
                    scenario.regions[fault.origin.index()].code,
                    scenario.regions[fault.destination.index()].code, scenario.groups.label(fault.group),
                    date_of(scenario, step), name, in_words(fault.blamed)),
        wanted_of(term), ""}});
}

InputError hazard_error(const Scenario& scenario, const EventKind& kind, Region region, Group group,
                        Step step, double hazard, const std::vector<Summand>& summands) {
  const auto [of, where_it_stands] = kind.visit(Caller(scenario));
  std::string what =
      fmt::format("{}, {}: the hazard of {} is {}{} in the step from {}",
                  scenario.regions[region.index()].code, scenario.groups.label(group), of, in_words(hazard),
                  std::isfinite(hazard) ? " per year" : "", date_of(scenario, step));
  std::string wanted = fmt::format("at most {:.0e} per year: ", most_hazard);
  Position where;
  const Summand* const worst = to_blame(summands);
  if (worst != nullptr && !(worst->product() <= 0)) {
    const std::string& name = name_of(scenario, worst->parameter);
    const bool is_attraction = kind.hazard().attraction == worst->parameter;
    what += fmt::format(", mostly because of '{}', which is {}", name, in_words(*worst));
    where = position_of_term(scenario, worst->parameter);
    wanted += is_attraction ? "a smaller attraction, or smaller coefficients in 'pull'"
                            : fmt::format("a smaller coefficient of '{}', or smaller values of its factor",
                                          name.substr(name.rfind('.') + 1));
  } else {
    const auto& factor = kind.hazard().rate_factor;
    const Derivation* const derived = factor ? derivation_of(scenario, *factor) : nullptr;
    where = derived != nullptr ? derived->where : scenario.where(kind.hazard().rate);
    const bool has_ratios =
        !std::holds_alternative<FlatSchedule>(kind.hazard().schedule) || !kind.hazard().stay.ratio.empty();
    wanted += has_ratios ? "a smaller rate, or smaller ratios by 'age' and 'stay'" : "a smaller rate";
  }
  return InputError({{where.line > 0 ? where : where_it_stands, std::move(what), std::move(wanted), ""}});
}

}  // namespace sojourn
