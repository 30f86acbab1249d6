#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/digits.hpp"
#include "sim/base/math.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/effective.hpp"
#include "sim/scenario/measure.hpp"
#include "sim/scenario/text.hpp"
#include "sim/scenario/values_read.hpp"

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
    const Date from = scenario.time.boundary(0);
    const Date to = scenario.time.boundary(1);
    start_.update(from, to);
    if (term.transform != Transform::standardised) return;
    std::optional<Effective> reference;
    if (reference_) reference.emplace(scenario, term.reference, Variant{});
    if (reference) reference->update(from, to);
    std::vector<double> values;
    visit(scenario.region_count(), scenario.groups.count(), [&](std::size_t region, std::size_t group) {
      const double x = value_in(start_, region, group);
      values.push_back(
          sojourn::measured(term.measure, x, x, reference ? value_in(*reference, region, group) : x));
    });
    standard_ = standard_of(values);
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
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    bool undefined = false;  // perhaps where nobody is asked
    visit(regions, groups, [&](std::size_t region, std::size_t group) {
      const double x = transformed(measured(region, group));
      undefined = undefined || std::isnan(x);
      low = std::min(low, x);
      high = std::max(high, x);
    });
    if (undefined) return std::numeric_limits<double>::infinity();
    double most = -std::numeric_limits<double>::infinity();
    for (const double c : coefficient_.values()) most = std::max({most, c * low, c * high});
    return std::isnan(most) ? std::numeric_limits<double>::infinity() : most;
  }

 private:
  /// All places and groups over which what is measured varies, in the order of the model.
  template <class Visit>
  void visit(std::size_t regions, std::size_t groups, Visit visit_one) const {
    const bool by_group = now_.by_group() || (reference_ && reference_->by_group());
    const bool by_region = now_.places() != FactorPlaces::everywhere ||
                           (reference_ && reference_->places() != FactorPlaces::everywhere);
    for (std::size_t region = 0; region < (by_region ? regions : 1); ++region) {
      for (std::size_t group = 0; group < (by_group ? groups : 1); ++group) visit_one(region, group);
    }
  }
  [[nodiscard]] double measured(std::size_t region, std::size_t group) const {
    return sojourn::measured(term_.measure, value_in(now_, region, group), value_in(start_, region, group),
                             reference_ ? value_in(*reference_, region, group) : 1);
  }

  [[nodiscard]] double transformed(double x) const {
    return term_.transform == Transform::standardised ? standard_.of(x)
                                                      : sojourn::transformed(term_.transform, x);
  }

  const FactorTerm& term_;
  Effective now_;
  Effective start_;
  Effective coefficient_;
  std::optional<Effective> reference_;
  Standard standard_;
};

/// What is wrong with a hazard, and where.
struct HazardFault {
  Position where;
  std::string what;
  std::string expected;
};

/// A hazard without attraction, step by step, at the ages and stays where it is largest.
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
      term_.push_back(static_cast<std::size_t>(&term - hazard.hazard->push.data()));
    }
  }

  [[nodiscard]] bool has_changes() const {
    return rate_.has_changes() || (factor_ && factor_->has_changes()) ||
           std::any_of(push_.begin(), push_.end(), [](const PushValue& push) { return push.has_changes(); });
  }

  /// What is wrong in the first step in which something is.
  [[nodiscard]] std::optional<HazardFault> find_fault() {
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
           largest_ratio() * math::exp(score);
  }

  /// Of the rates by table: which age it is of hardly matters where they are beyond any sense.
  [[nodiscard]] double largest_factor(std::optional<RegionAndGroup> only = std::nullopt) const {
    return factor_ ? values_read(*factor_, *hazard_.who, only).largest : 1.0;
  }

  /// The largest ratio by age and by stay: of ages as they are given, while others have the mean 1.
  [[nodiscard]] double largest_ratio() const {
    const Hazard& hazard = *hazard_.hazard;
    const Who& who = *hazard_.who;
    double by_age = 1;
    const auto* table = std::get_if<AgeTable>(&hazard.schedule);
    if (table != nullptr && hazard.schedule_mean == ScheduleMean::as_given) {
      by_age = 0;
      for (std::size_t i = 0; i < table->value.size(); ++i) {
        const bool ends_before = i + 1 < table->from_age.size() && table->from_age[i + 1] <= who.age_from;
        if (table->from_age[i] < who.age_to && !ends_before) by_age = std::max(by_age, table->value[i]);
      }
    }
    double by_stay = 1;
    for (const double ratio : hazard.stay.ratio) by_stay = std::max(by_stay, ratio);
    return by_age * by_stay;
  }

  std::optional<HazardFault> fault_in(std::size_t region, Date from) {
    const bool by_group = !scenario_.groups.attributes().empty();
    for (std::size_t group = 0; group < scenario_.groups.count(); ++group) {
      if (!hazard_.who->groups[group]) continue;
      double score = 0;
      double largest = 0;
      std::optional<std::size_t> term;
      for (std::size_t k = 0; k < push_.size(); ++k) {
        const double part = push_[k].at(region, group);
        score += part;
        if (part <= largest) continue;
        largest = part;
        term = term_[k];
      }
      const double hazard = value_in(rate_, region, group) * largest_factor(RegionAndGroup{region, group}) *
                            largest_ratio() * math::exp(score);
      if (hazard <= most_per_year) continue;
      HazardFault fault{
          hazard_.places->rate,
          fmt::format(
              "the hazard of {} is {} for people of {}{} in the step from {}", hazard_.of,
              std::isfinite(hazard) ? digits_apart(hazard, most_per_year, 2) + " per year" : "infinite",
              scenario_.regions[region].code,
              by_group ? " (" + scenario_.groups.label(Group(group)) + ")" : "", to_string(from)),
          largest_ratio() > 1 ? "a smaller rate, or smaller ratios by 'age' and 'stay'" : "a smaller rate"};
      if (!term) return fault;
      const FactorTerm& of = hazard_.hazard->push[*term];
      fault.where = hazard_.places->push[*term];
      fault.what += fmt::format(", of which the term {} makes exp({:.3g})", in_quotes(of.name), largest);
      fault.expected = "a smaller coefficient, or a factor taken 'as: log' or 'as: standardised'";
      return fault;
    }
    return std::nullopt;
  }

  const Scenario& scenario_;
  const HazardToCheck& hazard_;
  Effective rate_;
  std::optional<Effective> factor_;
  std::vector<PushValue> push_;
  /// Which term of the hazard each of them is.
  std::vector<std::size_t> term_;
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
      if (fault) fault->what += fmt::format(" in variant {}", in_quotes(variant.name));
    }
    if (fault) mistakes.add(fault->where, fault->what, fault->expected);
  }
}

}  // namespace sojourn
