#include <fmt/format.h>

#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/digits.hpp"
#include "sim/scenario/check.hpp"
#include "sim/scenario/effective.hpp"
#include "sim/scenario/text.hpp"
#include "sim/scenario/values_read.hpp"

namespace sojourn {

namespace {

using Number = std::variant<FactorId, ParameterId>;

/// The last change of a number by a variant's policies.
Position place_of_change(const Scenario& scenario, const Variant& variant, const Number& number) {
  Position where;
  for (const PolicyId id : variant.policies) {
    for (const Change& change : scenario.policies[id.index()].changes) {
      if (change.target == number) where = change.where;
    }
  }
  return where;
}

/// The first step in which a number has a value below 0 or above the most it may be, for anybody whom it
/// concerns: what it is, and when. Nothing if it never has.
std::string find_fault(const Scenario& scenario, Effective& number, const HazardToCheck& of,
                       bool if_changed) {
  for (std::size_t s = 0; s < scenario.time.steps(); ++s) {
    const Date from = scenario.time.boundary(s);
    if (!number.update(from, scenario.time.boundary(s + 1)) || (if_changed && !number.is_changed())) continue;
    const LeastAndLargest read = values_read(number, *of.who);
    const double value = read.least < 0 ? read.least : read.largest;
    if (value < 0 || value > of.most) {
      return fmt::format("becomes {} {} in the step from {}", digits_apart(value, of.most, 4), of.unit,
                         to_string(from));
    }
  }
  return "";
}

std::string range(const HazardToCheck& of) {
  return std::isfinite(of.most) ? fmt::format("0 to {:.0e}", of.most) : "0 or more";
}

/// What values a derived factor has is seen in the run.
bool is_derived(const Scenario& scenario, FactorId factor) {
  return scenario.factors[factor.index()].derivation.has_value();
}

}  // namespace

void check_rates(const Scenario& scenario, const std::vector<HazardToCheck>& hazards, Mistakes& mistakes) {
  for (const HazardToCheck& one : hazards) {
    if (!one.hazard->rate_factor || is_derived(scenario, *one.hazard->rate_factor)) continue;
    Effective factor(scenario, *one.hazard->rate_factor, Variant{});
    const std::string fault = find_fault(scenario, factor, one, false);
    if (!fault.empty())
      mistakes.add(one.places->rate, fmt::format("{}{} {}", one.what, one.of, fault), range(one));
  }
  for (const Variant& variant : scenario.variants) {
    for (const HazardToCheck& one : hazards) {
      const auto check = [&](auto id) {
        Effective number(scenario, id, variant);
        if (!number.has_changes()) return;
        const std::string fault = find_fault(scenario, number, one, true);
        if (fault.empty()) return;
        mistakes.add(place_of_change(scenario, variant, Number(id)),
                     fmt::format("{}{} {} in variant {}", one.what, one.of, fault, in_quotes(variant.name)),
                     range(one));
      };
      check(one.hazard->rate);
      if (one.hazard->rate_factor && !is_derived(scenario, *one.hazard->rate_factor)) {
        check(*one.hazard->rate_factor);
      }
    }
  }
}

}  // namespace sojourn
