#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/expression.hpp"
#include "sim/base/text.hpp"
#include "sim/model/effective.hpp"
#include "sim/reading/checks/check.hpp"

namespace sojourn {

namespace {

/// Persons of each region at the start.
std::vector<double> people_at_start(const Scenario& scenario, const PeopleInput& input) {
  const StartPopulation& start = scenario.population;
  const std::size_t groups = scenario.groups.count();
  const Who& who = input.who;
  std::vector<double> people(scenario.region_count());
  const auto counts = [&](std::size_t group, std::size_t cohort) {
    const double age = static_cast<double>(start.ages) - 0.5 - static_cast<double>(cohort);
    return who.groups[group] && age >= who.age_from && age < who.age_to;
  };
  for (std::size_t i = 0; i < start.stayers.size(); ++i) {
    const std::size_t cell = i / start.ages;
    if (counts(cell % groups, i % start.ages)) people[cell / groups] += start.stayers[i];
  }
  for (const MoverRow& row : start.movers) {
    const double each = row.persons / static_cast<double>(row.cohort_to.index() - row.cohort_from.index());
    for (std::size_t c = row.cohort_from.index(); c < row.cohort_to.index(); ++c) {
      if (counts(row.group.index(), c)) people[row.residence.index()] += each;
    }
  }
  return people;
}

std::vector<double> foreign_born_at_start(const Scenario& scenario) {
  std::vector<double> people(scenario.region_count());
  for (const MoverRow& row : scenario.population.movers) {
    if (row.birth != row.residence) people[row.residence.index()] += row.persons;
  }
  return people;
}

/// Derived factors with the people of the start, step by step under a variant's policies.
class StartCheck {
 public:
  StartCheck(const Scenario& scenario, const Variant& variant, const std::vector<FactorId>& order)
      : scenario_(scenario), order_(order) {
    for (const PolicyId id : variant.policies) {
      const Policy& policy = scenario.policies[id.index()];
      for (const Change& change : policy.changes) {
        const auto* factor = std::get_if<FactorId>(&change.target);
        if (factor != nullptr && scenario.factors[factor->index()].derivation)
          changes_[*factor].emplace_back(&policy, &change);
      }
    }
    for (const FactorId id : order_) {
      const Derivation& derivation = *scenario.factors[id.index()].derivation;
      std::vector<std::string> names;
      for (const DerivedInput& input : derivation.inputs) {
        names.push_back(input.name);
        const auto* factor = std::get_if<FactorInput>(&input.of);
        if (factor == nullptr || scenario.factors[factor->factor.index()].derivation) continue;
        factors_.try_emplace(factor->factor, scenario, factor->factor, variant);
      }
      expressions_.emplace_back(derivation.expression, names);
      std::vector<std::vector<double>>& people = people_.emplace_back();
      for (const DerivedInput& input : derivation.inputs) {
        if (const auto* named = std::get_if<PeopleInput>(&input.of)) {
          people.push_back(people_at_start(scenario, *named));
        } else if (std::holds_alternative<ForeignBornInput>(input.of)) {
          people.push_back(foreign_born_at_start(scenario));
        } else {
          people.emplace_back();
        }
      }
    }
  }

  [[nodiscard]] bool has_changes() const {
    return !changes_.empty() || std::any_of(factors_.begin(), factors_.end(),
                                            [](const auto& factor) { return factor.second.has_changes(); });
  }

  /// The first fault: of which factor, and what it is.
  [[nodiscard]] std::optional<std::pair<FactorId, std::string>> find_fault() {
    for (std::size_t s = 0; s < scenario_.time.steps(); ++s) {
      const Date from = scenario_.time.boundary(s);
      bool moved = s == 0 || !changes_.empty();
      for (auto& [id, factor] : factors_)
        moved = factor.update(from, scenario_.time.boundary(s + 1)) || moved;
      for (std::size_t i = 0; moved && i < order_.size(); ++i) {
        std::string fault = fault_of(i, s);
        if (fault.empty()) continue;
        if (s > 0)
          fault += fmt::format(", in the step from {} with the people of the start", to_string(from));
        return std::pair{order_[i], fault};
      }
    }
    return std::nullopt;
  }

 private:
  /// Computes a derived factor.
  [[nodiscard]] std::string fault_of(std::size_t number, std::size_t step) {
    const FactorId id = order_[number];
    const Derivation& derivation = *scenario_.factors[id.index()].derivation;
    std::vector<double>& values = derived_[id];
    values.resize(scenario_.region_count());
    std::vector<double> variables(derivation.inputs.size());
    for (std::size_t r = 0; r < values.size(); ++r) {
      for (std::size_t i = 0; i < variables.size(); ++i) {
        variables[i] = value_of(derivation.inputs[i], people_[number][i], r);
      }
      values[r] = changed_value(id, r, step, expressions_[number].value(variables));
      if (std::isfinite(values[r])) continue;
      // How large it is in the end nobody knows; but it must be a number.
      const std::string why = expressions_[number].fault(variables);
      return fmt::format("{}{} in {}", fault_of_value(values[r], std::nullopt),
                         why.empty() ? "" : fmt::format(" ({})", why), scenario_.regions[r].code);
    }
    return "";
  }

  /// A value after the variant's policies.
  [[nodiscard]] double changed_value(FactorId id, std::size_t region, std::size_t step, double value) const {
    const auto found = changes_.find(id);
    if (found == changes_.end()) return value;
    for (const auto& [policy, change] : found->second) {
      if (!change->places.empty() && !change->places[region]) continue;
      value = changed(
          value, *change,
          share_in_force(*policy, *change, scenario_.time.boundary(step), scenario_.time.boundary(step + 1)));
    }
    return value;
  }

  [[nodiscard]] double value_of(const DerivedInput& input, const std::vector<double>& people,
                                std::size_t region) const {
    if (!people.empty()) return people[region];
    if (const auto* flow = std::get_if<FlowInput>(&input.of)) return flow->initial;
    const auto& of = std::get<FactorInput>(input.of);
    if (of.initial) return *of.initial;
    const auto derived = derived_.find(of.factor);
    if (derived != derived_.end()) return derived->second[region];
    const Effective& factor = factors_.at(of.factor);
    return factor.at(factor.places() == FactorPlaces::everywhere ? 0 : region, 0);
  }

  const Scenario& scenario_;
  const std::vector<FactorId>& order_;
  std::map<FactorId, Effective> factors_;
  /// What policies change of derived factors.
  std::map<FactorId, std::vector<std::pair<const Policy*, const Change*>>> changes_;
  std::vector<Expression> expressions_;
  /// By derived factor and input: people by region, or nothing.
  std::vector<std::vector<std::vector<double>>> people_;
  std::map<FactorId, std::vector<double>> derived_;
};

}  // namespace

void check_derived(const Scenario& scenario, Mistakes& mistakes) {
  const std::vector<FactorId> order = derivation_order(scenario);
  bool circle = false;
  for (std::size_t f = 0; f < scenario.factors.size(); ++f) {
    const Factor& factor = scenario.factors[f];
    if (!factor.derivation || std::find(order.begin(), order.end(), FactorId(f)) != order.end()) continue;
    circle = true;
    mistakes.add(factor.derivation->where,
                 fmt::format("factor {} depends on itself within a step", in_quotes(factor.name)),
                 "a lag: {factor: NAME, lag: 1 month, initial: NUMBER} under 'where'");
  }
  if (circle || order.empty()) return;
  std::vector<const Variant*> variants;
  const Variant none;
  variants.push_back(&none);
  for (const Variant& variant : scenario.variants) variants.push_back(&variant);
  for (const Variant* variant : variants) {
    StartCheck check(scenario, *variant, order);
    if (variant != &none && !check.has_changes()) continue;
    const auto fault = check.find_fault();
    if (!fault) continue;
    const Factor& factor = scenario.factors[fault->first.index()];
    const std::string in_variant =
        variant == &none ? "" : fmt::format(" in variant {}", in_quotes(variant->name));
    mistakes.add(factor.derivation->where,
                 fmt::format("factor {} {}{}", in_quotes(factor.name), fault->second, in_variant),
                 "an expression that has a value everywhere, such as people / max(1, homes)");
    return;
  }
}

}  // namespace sojourn
