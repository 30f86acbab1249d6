#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
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

/// The last change of a number by a variant's policies, in a group or in any.
Position place_of_change(const Scenario& scenario, const Variant& variant, const Number& number,
                         std::optional<std::size_t> group) {
  Position where;
  for (const PolicyId id : variant.policies) {
    for (const Change& change : scenario.policies[id.index()].changes) {
      const bool concerns = !group || change.groups.empty() || change.groups[*group];
      if (concerns && change.target == number) where = change.where;
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

/// Wherever; of a parameter that differs between groups those that somebody reads.
LeastAndLargest values_everywhere(const Field& field, const ByAttribute* by) {
  LeastAndLargest found;
  for (std::size_t i = 0; i < field.values.size(); ++i) {
    if (by != nullptr && !by->groups_read[i % field.groups]) continue;
    found.least = std::min(found.least, field.values[i]);
    found.largest = std::max(found.largest, field.values[i]);
  }
  return found;
}

/// A group that reads this value of a number by an attribute; nothing of others.
std::optional<std::size_t> group_with(double value, const Field& field, const ByAttribute* by) {
  if (by == nullptr) return std::nullopt;
  for (std::size_t i = 0; i < field.values.size(); ++i) {
    if (field.values[i] == value && by->groups_read[i % field.groups]) return i % field.groups;
  }
  return std::nullopt;
}

}  // namespace

std::string when_and_in_which(const Evaluation& now) {
  return fmt::format(" in the step from {}{}", to_string(now.from()),
                     is_as_written(now) ? "" : fmt::format(" in variant {}", in_quotes(now.variant().name)));
}

RangeCheck::RangeCheck(const Scenario& scenario) : scenario_(scenario) {
  std::vector<HazardToCheck> rates = hazards_to_check(scenario);
  for (HazardToCheck& persons : persons_to_check(scenario)) rates.push_back(std::move(persons));
  for (HazardToCheck& weight : weights_to_check(scenario)) rates.push_back(std::move(weight));
  watch_parameters(rates);
  watch_factors(rates);
}

void RangeCheck::watch_parameters(const std::vector<HazardToCheck>& rates) {
  std::vector<const HazardToCheck*> rate_of(scenario_.parameters.size());
  for (const HazardToCheck& rate : rates) rate_of[rate.hazard->rate.index()] = &rate;
  for (std::size_t p = 0; p < rate_of.size(); ++p) {
    const Parameter& parameter = scenario_.parameters[p];
    if (parameter.range.is_everything()) continue;
    const HazardToCheck* rate = rate_of[p];
    const bool is_whole_rate = rate != nullptr && !rate->hazard->rate_factor;
    watched_.push_back({.number = ParameterId(p),
                        .what = parameter.name,
                        .unit = is_whole_rate ? rate->unit : parameter.unit,
                        .range = parameter.range,
                        .where = parameter.where,
                        .who = rate != nullptr ? rate->who : nullptr,
                        .by = parameter.by ? &*parameter.by : nullptr});
  }
}

void RangeCheck::watch_factors(const std::vector<HazardToCheck>& rates) {
  for (const HazardToCheck& rate : rates) {
    const auto& factor = rate.hazard->rate_factor;
    if (!factor || is_derived(scenario_, *factor)) continue;
    const Parameter& parameter = scenario_.parameters[rate.hazard->rate.index()];
    watched_.push_back({.number = *factor,
                        .what = "factors." + scenario_.factors[factor->index()].name,
                        .of = fmt::format(", {}{},", rate.what, rate.of),
                        .unit = rate.unit,
                        .range = parameter.range,
                        .where = parameter.where,
                        .who = rate.who});
  }
}

void RangeCheck::begin(const Evaluation& /*now*/) {
  for (Watched& watched : watched_) watched.told = false;
}

std::optional<double> RangeCheck::outside(const Watched& watched, const Evaluation& now) const {
  const Field& field = now.numbers().field(watched.number);
  const LeastAndLargest found = watched.who != nullptr
                                    ? values_read(field, ages_of(scenario_, watched.number), *watched.who)
                                    : values_everywhere(field, watched.by);
  if (found.least > found.largest) return std::nullopt;
  if (!watched.range.contains(found.least)) return found.least;
  if (!watched.range.contains(found.largest)) return found.largest;
  return std::nullopt;
}

void RangeCheck::look(const Evaluation& now, Mistakes& mistakes) {
  for (Watched& watched : watched_) {
    if (watched.told || !now.has_moved(watched.number)) continue;
    if (!is_as_written(now) && !now.numbers().is_changed(watched.number)) continue;
    const auto value = outside(watched, now);
    if (!value) continue;
    watched.told = true;
    const auto group = group_with(*value, now.numbers().field(watched.number), watched.by);
    std::string name = watched.what;
    if (group) {
      const AttributeId attribute = watched.by->attribute;
      const std::size_t of = scenario_.groups.value(Group{*group}, attribute);
      name += '.' + scenario_.groups.attribute(attribute).values[of];
    }
    mistakes.add(
        is_as_written(now) ? watched.where : place_of_change(scenario_, now.variant(), watched.number, group),
        fmt::format("{}{} becomes {}{}{}", in_quotes(name), watched.of,
                    digits_apart(*value, watched.range.most, 4),
                    watched.unit == "1" ? "" : ' ' + watched.unit, when_and_in_which(now)),
        to_string(watched.range));
  }
}

}  // namespace sojourn
