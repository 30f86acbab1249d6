#include <fmt/format.h>

#include <cmath>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/digits.hpp"
#include "sim/base/text.hpp"
#include "sim/reading/checks/step_checks.hpp"
#include "sim/reading/checks/values_read.hpp"

namespace sojourn {

namespace {

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

/// The first ages of the classes of a factor by age; empty of other numbers.
const std::vector<double>& ages_of(const Scenario& scenario, const Number& number) {
  static const std::vector<double> none;
  const auto* factor = std::get_if<FactorId>(&number);
  return factor != nullptr ? scenario.factors[factor->index()].age_from : none;
}

std::string range(const HazardToCheck& of) {
  return std::isfinite(of.most) ? fmt::format("0 to {:.0e}", of.most) : "0 or more";
}

}  // namespace

std::string when_and_in_which(const Evaluation& now) {
  return fmt::format(" in the step from {}{}", to_string(now.from()),
                     is_as_written(now) ? "" : fmt::format(" in variant {}", in_quotes(now.variant().name)));
}

RateCheck::RateCheck(const Scenario& scenario, std::vector<HazardToCheck> rates)
    : scenario_(scenario), rates_(std::move(rates)) {
  for (std::size_t i = 0; i < rates_.size(); ++i) {
    const Hazard& hazard = *rates_[i].hazard;
    watched_.push_back({i, hazard.rate});
    if (hazard.rate_factor && !is_derived(scenario, *hazard.rate_factor)) {
      watched_.push_back({i, *hazard.rate_factor});
    }
  }
}

void RateCheck::begin(const Evaluation& /*now*/) {
  for (Watched& watched : watched_) watched.told = false;
}

std::string RateCheck::fault_of(const Watched& watched, const Evaluation& now) const {
  const HazardToCheck& of = rates_[watched.rate];
  const LeastAndLargest read =
      values_read(now.numbers().field(watched.number), ages_of(scenario_, watched.number), *of.who);
  const double value = read.least < 0 ? read.least : read.largest;
  if (!(value < 0 || value > of.most)) return "";
  return fmt::format("{}{} becomes {} {}{}", of.what, of.of, digits_apart(value, of.most, 4), of.unit,
                     when_and_in_which(now));
}

void RateCheck::look(const Evaluation& now, Mistakes& mistakes) {
  for (Watched& watched : watched_) {
    if (watched.told || !now.has_moved(watched.number)) continue;
    if (!is_as_written(now) && !now.numbers().is_changed(watched.number)) continue;
    std::string fault = fault_of(watched, now);
    if (fault.empty()) continue;
    watched.told = true;
    const HazardToCheck& of = rates_[watched.rate];
    mistakes.add(is_as_written(now) ? scenario_.where(of.hazard->rate)
                                    : place_of_change(scenario_, now.variant(), watched.number),
                 std::move(fault), range(of));
  }
}

}  // namespace sojourn
