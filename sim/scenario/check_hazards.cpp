#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/effective.hpp"
#include "sim/scenario/text.hpp"

namespace sojourn {

namespace {

/// Nobody moves more often; who writes more has forgotten a logarithm or a zero.
constexpr double most_per_year = 1e6;

double value_in(const Effective& effective, std::size_t region, std::size_t group) {
  return effective.at(effective.places() == FactorPlaces::everywhere ? 0 : region, group);
}

/// A push term, step by step: coefficient times transformed factor.
class PushValue {
 public:
  PushValue(const Scenario& scenario, const FactorTerm& term, const Variant& variant)
      : term_(term),
        now_(scenario, term.factor, variant),
        start_(scenario, term.factor, Variant{}),
        coefficient_(scenario, term.coefficient, variant) {
    if (term.measure == Measure::ratio_to_factor) reference_.emplace(scenario, term.reference, variant);
    start_.update(scenario.time.boundary(0), scenario.time.boundary(1));
    const std::vector<double>& values = start_.values();
    for (const double x : values) mean_ += x / static_cast<double>(values.size());
    double variance = 0;
    for (const double x : values) variance += (x - mean_) * (x - mean_) / static_cast<double>(values.size());
    spread_ = std::sqrt(variance);
  }

  [[nodiscard]] bool has_changes() const {
    return now_.has_changes() || coefficient_.has_changes() || (reference_ && reference_->has_changes());
  }
  /// False if nothing is different from the step before.
  bool update(Date from, Date to) {
    bool moved = now_.update(from, to);
    moved = coefficient_.update(from, to) || moved;
    if (reference_) moved = reference_->update(from, to) || moved;
    return moved;
  }
  [[nodiscard]] double at(std::size_t region, std::size_t group) const {
    return value_in(coefficient_, region, group) * transformed(measured(region, group));
  }
  /// No value of the term is larger, whatever the region and group: found without going through all groups
  /// for each region where the factor does not vary over them.
  [[nodiscard]] double bound(std::size_t regions, std::size_t groups) const {
    const bool by_group = now_.by_group() || (reference_ && reference_->by_group());
    const bool by_region = now_.places() != FactorPlaces::everywhere ||
                           (reference_ && reference_->places() != FactorPlaces::everywhere);
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (std::size_t region = 0; region < (by_region ? regions : 1); ++region) {
      for (std::size_t group = 0; group < (by_group ? groups : 1); ++group) {
        const double x = transformed(measured(region, group));
        if (std::isnan(x)) return std::numeric_limits<double>::infinity();  // where nobody is asked
        low = std::min(low, x);
        high = std::max(high, x);
      }
    }
    double most = -std::numeric_limits<double>::infinity();
    for (const double c : coefficient_.values()) most = std::max({most, c * low, c * high});
    return std::isnan(most) ? std::numeric_limits<double>::infinity() : most;
  }

 private:
  [[nodiscard]] double measured(std::size_t region, std::size_t group) const {
    const double x = value_in(now_, region, group);
    switch (term_.measure) {
      case Measure::change_from_start:
        return x - value_in(start_, region, group);
      case Measure::ratio_to_start:
        return x / value_in(start_, region, group);
      case Measure::ratio_to_factor:
        return x / value_in(*reference_, region, group);
      case Measure::level:
        break;
    }
    return x;
  }

  [[nodiscard]] double transformed(double x) const {
    switch (term_.transform) {
      case Transform::log:
        return math::log(x);
      case Transform::log1p:
        return math::log1p(x);
      case Transform::sqrt:
        return std::sqrt(x);
      case Transform::standardised:
        return (x - mean_) / spread_;
      case Transform::identity:
        break;
    }
    return x;
  }

  const FactorTerm& term_;
  Effective now_;
  Effective start_;
  Effective coefficient_;
  std::optional<Effective> reference_;
  double mean_ = 0;
  double spread_ = 1;
};

/// A hazard without schedule, stay and attraction, step by step.
class HazardCheck {
 public:
  HazardCheck(const Scenario& scenario, const HazardToCheck& hazard, const Variant& variant)
      : scenario_(scenario), hazard_(hazard), rate_(scenario, hazard.hazard->rate, variant) {
    // What is derived has values in the run alone.
    const auto derived = [&](FactorId id) { return scenario.factors[id.index()].derivation.has_value(); };
    const auto& rate = hazard.hazard->rate_factor;
    if (rate && !derived(*rate)) factor_.emplace(scenario, *rate, variant);
    for (const FactorTerm& term : hazard.hazard->push) {
      const bool by_reference = term.measure == Measure::ratio_to_factor;
      if (derived(term.factor) || (by_reference && derived(term.reference))) continue;
      push_.emplace_back(scenario, term, variant);
    }
  }

  [[nodiscard]] bool has_changes() const {
    return rate_.has_changes() || (factor_ && factor_->has_changes()) ||
           std::any_of(push_.begin(), push_.end(), [](const PushValue& push) { return push.has_changes(); });
  }

  /// What is wrong in the first step in which something is.
  [[nodiscard]] std::optional<std::string> find_fault() {
    for (std::size_t s = 0; s < scenario_.time.steps(); ++s) {
      const Date from = scenario_.time.boundary(s);
      bool moved = rate_.update(from, scenario_.time.boundary(s + 1));
      if (factor_) moved = factor_->update(from, scenario_.time.boundary(s + 1)) || moved;
      for (PushValue& push : push_) moved = push.update(from, scenario_.time.boundary(s + 1)) || moved;
      if (!moved || bound() <= most_per_year) continue;
      for (std::size_t region = 0; region < scenario_.region_count(); ++region) {
        if (!hazard_.who->residences[region]) continue;
        if (auto fault = fault_in(region, from)) return fault;
      }
    }
    return std::nullopt;
  }

 private:
  /// No hazard is larger.
  [[nodiscard]] double bound() const {
    double score = 0;
    for (const PushValue& push : push_)
      score += push.bound(scenario_.region_count(), scenario_.groups.count());
    return *std::max_element(rate_.values().begin(), rate_.values().end()) * largest_factor() *
           math::exp(score);
  }

  /// Of the rates by table: which place and age it is of hardly matters where they are beyond any sense.
  [[nodiscard]] double largest_factor() const {
    return factor_ ? *std::max_element(factor_->values().begin(), factor_->values().end()) : 1.0;
  }

  std::optional<std::string> fault_in(std::size_t region, Date from) {
    const bool by_group = !scenario_.groups.attributes().empty();
    for (std::size_t group = 0; group < scenario_.groups.count(); ++group) {
      if (!hazard_.who->groups[group]) continue;
      double score = 0;
      for (const PushValue& push : push_) score += push.at(region, group);
      const double hazard = value_in(rate_, region, group) * largest_factor() * math::exp(score);
      if (hazard <= most_per_year) continue;
      return fmt::format("the hazard of {} is {} for people of {}{} in the step from {}", hazard_.of,
                         std::isfinite(hazard) ? fmt::format("{:.2g} per year", hazard) : "infinite",
                         scenario_.regions[region].code,
                         by_group ? " (" + scenario_.groups.label(Group(group)) + ")" : "", to_string(from));
    }
    return std::nullopt;
  }

  const Scenario& scenario_;
  const HazardToCheck& hazard_;
  Effective rate_;
  std::optional<Effective> factor_;
  std::vector<PushValue> push_;
};

}  // namespace

std::vector<HazardToCheck> hazards_to_check(const Scenario& scenario, const PlacesOfHazards& places) {
  std::vector<HazardToCheck> all;
  for (std::size_t s = 0; s < scenario.streams.size(); ++s) {
    const Stream& stream = scenario.streams[s];
    all.push_back(
        {"stream " + in_quotes(stream.name), &stream.who, &stream.hazard, &places.streams[s].hazard});
  }
  if (const auto& births = scenario.demography.births) {
    all.push_back({"births", &births->who, &births->hazard, &places.demography.births_hazard});
  }
  if (const auto& deaths = scenario.demography.deaths) {
    all.push_back({"deaths", &deaths->who, &deaths->hazard, &places.demography.deaths_hazard});
  }
  for (std::size_t t = 0; t < scenario.transitions.size(); ++t) {
    const Transition& transition = scenario.transitions[t];
    all.push_back({"transition " + in_quotes(transition.name), &transition.who, &transition.hazard,
                   &places.transitions[t].hazard});
  }
  for (std::size_t o = 0; o < scenario.outflows.size(); ++o) {
    const Outflow& outflow = scenario.outflows[o];
    all.push_back({"outflow " + in_quotes(outflow.name), &outflow.who, &outflow.hazard, &places.outflows[o]});
  }
  return all;
}

std::vector<HazardToCheck> inflows_to_check(const Scenario& scenario,
                                            const std::vector<HazardPlaces>& places) {
  std::vector<HazardToCheck> all;
  for (std::size_t i = 0; i < scenario.inflows.size(); ++i) {
    const Inflow& inflow = scenario.inflows[i];
    constexpr double most_persons = 1e9;
    all.push_back({"inflow " + in_quotes(inflow.name), &inflow.into, &inflow.number, &places[i],
                   inflow.is_random ? "the rate of " : "the number of ", "persons per year", most_persons});
  }
  return all;
}

void check_hazards(const Scenario& scenario, const std::vector<HazardToCheck>& hazards, Mistakes& mistakes) {
  for (const HazardToCheck& one : hazards) {
    HazardCheck baseline(scenario, one, Variant{});
    auto fault = baseline.find_fault();
    for (const Variant& variant : scenario.variants) {
      if (fault) break;
      HazardCheck check(scenario, one, variant);
      if (check.has_changes()) fault = check.find_fault();
      if (fault) *fault += fmt::format(" in variant {}", in_quotes(variant.name));
    }
    if (!fault) continue;
    mistakes.add(one.places->rate, *fault,
                 "a smaller rate, smaller coefficients of its factors, or factors taken 'as: log' or 'as: "
                 "standardised'");
  }
}

}  // namespace sojourn
