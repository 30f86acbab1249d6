#include "sim/model/evaluation.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>
#include <variant>

#include "sim/model/cohorts.hpp"

namespace sojourn {

namespace {

/// Persons at the start by region.
std::vector<double> people_at_start(const Scenario& scenario, const Who& who) {
  const StartPopulation& start = scenario.population;
  const Cohorts cohorts(scenario);
  const std::size_t groups = scenario.groups.count();
  std::vector<double> of_age(start.ages);
  for (std::size_t c = 0; c < of_age.size(); ++c) {
    of_age[c] = cohorts.share(Cohort{c}, 0, who.age_from, who.age_to);
  }
  std::vector<double> people(scenario.region_count());
  for (std::size_t i = 0; i < start.stayers.size(); ++i) {
    const std::size_t cell = i / start.ages;
    if (who.groups[cell % groups]) people[cell / groups] += of_age[i % start.ages] * start.stayers[i];
  }
  for (const MoverRow& row : start.movers) {
    if (!who.groups[row.group.index()]) continue;
    const double each = row.persons / static_cast<double>(row.cohort_to.index() - row.cohort_from.index());
    for (std::size_t c = row.cohort_from.index(); c < row.cohort_to.index(); ++c) {
      people[row.residence.index()] += of_age[c] * each;
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

std::vector<double> people_of(const Scenario& scenario, const DerivedInput& input) {
  if (const auto* named = std::get_if<PeopleInput>(&input.of)) return people_at_start(scenario, named->who);
  if (std::holds_alternative<ForeignBornInput>(input.of)) return foreign_born_at_start(scenario);
  return {};
}

}  // namespace

DerivedAtStart::DerivedAtStart(const Scenario& scenario) : scenario_(&scenario) {
  for (const FactorId id : derivation_order(scenario)) {
    const Derivation& derivation = *scenario.factors[id.index()].derivation;
    std::vector<std::string> names;
    std::vector<std::vector<double>> people;
    for (const DerivedInput& input : derivation.inputs) {
      names.push_back(input.name);
      people.push_back(people_of(scenario, input));
    }
    factors_.push_back({id, Expression(derivation.expression, names), std::move(people)});
  }
}

std::optional<UndefinedFactor> DerivedAtStart::derive(Numbers& numbers, Date from, Date to) {
  std::optional<UndefinedFactor> undefined;
  for (Derived& derived : factors_) {
    const Derivation& derivation = *scenario_->factors[derived.factor.index()].derivation;
    std::vector<std::vector<double>> variables(scenario_->region_count());
    std::vector<double> values(scenario_->region_count());
    for (std::size_t r = 0; r < values.size(); ++r) {
      for (std::size_t i = 0; i < derivation.inputs.size(); ++i) {
        variables[r].push_back(value_of(derivation.inputs[i], derived.people[i], Region{r}, numbers));
      }
      values[r] = derived.expression.value(variables[r]);
    }
    numbers.derive(derived.factor, values, from, to);
    const std::vector<double>& changed = numbers.factor(derived.factor).values;
    for (std::size_t r = 0; r < changed.size() && !undefined; ++r) {
      if (std::isfinite(changed[r])) continue;
      // How large it is in the end nobody knows; but it must be a number.
      const std::string why = derived.expression.fault(variables[r]);
      undefined = UndefinedFactor{
          derived.factor, Region{r},
          fault_of_value(changed[r], std::nullopt) + (why.empty() ? "" : fmt::format(" ({})", why))};
    }
  }
  return undefined;
}

double DerivedAtStart::value_of(const DerivedInput& input, const std::vector<double>& people, Region region,
                                const Numbers& numbers) {
  if (!people.empty()) return people[region.index()];
  if (const auto* flow = std::get_if<FlowInput>(&input.of)) return flow->initial;
  const auto& of = std::get<FactorInput>(input.of);
  return of.initial ? *of.initial : numbers.factor(of.factor).at(region, Group{});
}

Evaluation::Evaluation(const Scenario& scenario, const Variant& variant)
    : scenario_(&scenario),
      variant_(&variant),
      derived_(scenario),
      start_(scenario, Variant{}),
      numbers_(scenario, variant),
      factor_versions_(scenario.factors.size()),
      parameter_versions_(scenario.parameters.size()) {
  const Date from = scenario.time.boundary(0);
  const Date to = scenario.time.boundary(1);
  start_.update(from, to);
  (void)derived_.derive(start_, from, to);
}

Date Evaluation::from() const { return scenario_->time.boundary(next_ - 1); }

bool Evaluation::advance() {
  if (next_ == scenario_->time.steps()) return false;
  note_versions();
  const Date from = scenario_->time.boundary(next_);
  const Date to = scenario_->time.boundary(next_ + 1);
  numbers_.update(from, to);
  undefined_ = derived_.derive(numbers_, from, to);
  ++next_;
  return true;
}

bool Evaluation::has_moved(const Number& number) const {
  const auto* factor = std::get_if<FactorId>(&number);
  const std::uint64_t before = factor != nullptr ? factor_versions_[factor->index()]
                                                 : parameter_versions_[std::get<ParameterId>(number).index()];
  return numbers_.field(number).version != before;
}

void Evaluation::note_versions() {
  for (std::size_t i = 0; i < factor_versions_.size(); ++i) {
    factor_versions_[i] = numbers_.factor(FactorId{i}).version;
  }
  for (std::size_t i = 0; i < parameter_versions_.size(); ++i) {
    parameter_versions_[i] = numbers_.parameter(ParameterId{i}).version;
  }
}

}  // namespace sojourn
