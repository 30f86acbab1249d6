#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/digits.hpp"
#include "sim/base/math.hpp"
#include "sim/base/text.hpp"
#include "sim/model/run_fault.hpp"
#include "sim/reading/checks/step_checks.hpp"
#include "sim/reading/checks/values_read.hpp"

namespace sojourn {

namespace {

/// No product of a coefficient and a value is larger; infinite where a value is undefined, perhaps where
/// nobody is asked.
double largest_product(const std::vector<double>& coefficients, const std::vector<double>& values) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto is_undefined = [](double x) { return std::isnan(x); };
  if (std::any_of(values.begin(), values.end(), is_undefined)) return infinity;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  double most = -infinity;
  for (const double c : coefficients) most = std::max({most, c * *low, c * *high});
  return std::isnan(most) ? infinity : most;
}

/// The largest ratio by age and by stay: of ages as they are given, while others have the mean 1.
double largest_ratio(const HazardToCheck& one) {
  const Hazard& hazard = *one.hazard;
  double by_age = 1;
  const auto* table = std::get_if<AgeTable>(&hazard.schedule);
  if (table != nullptr && hazard.schedule_mean == ScheduleMean::as_given) {
    by_age = 0;
    for (std::size_t i = 0; i < table->value.size(); ++i) {
      const bool ends_before = i + 1 < table->from_age.size() && table->from_age[i + 1] <= one.who->age_from;
      if (table->from_age[i] < one.who->age_to && !ends_before) by_age = std::max(by_age, table->value[i]);
    }
  }
  double by_stay = 1;
  for (const double ratio : hazard.stay.ratio) by_stay = std::max(by_stay, ratio);
  return by_age * by_stay;
}

/// The factor of a rate, if it has one that is not derived.
std::optional<FactorId> rate_factor(const Scenario& scenario, const Hazard& hazard) {
  if (!hazard.rate_factor || is_derived(scenario, *hazard.rate_factor)) return std::nullopt;
  return hazard.rate_factor;
}

/// Of the rates by table: which age it is of hardly matters where they are beyond any sense.
double largest_factor(const Scenario& scenario, const HazardToCheck& one, const Numbers& numbers,
                      std::optional<RegionAndGroup> only = std::nullopt) {
  const auto factor = rate_factor(scenario, *one.hazard);
  if (!factor) return 1;
  return values_read(numbers.factor(*factor), scenario.factors[factor->index()].age_from, *one.who, only)
      .largest;
}

}  // namespace

HazardCheck::HazardCheck(const Scenario& scenario, std::vector<HazardToCheck> hazards) : scenario_(scenario) {
  for (HazardToCheck& hazard : hazards) watched_.push_back({std::move(hazard)});
}

bool HazardCheck::has_changes(const Watched& watched, const Evaluation& now) const {
  const Numbers& numbers = now.numbers();
  const auto factor = rate_factor(scenario_, *watched.hazard.hazard);
  if (numbers.has_changes(watched.hazard.hazard->rate) || (factor && numbers.has_changes(*factor)))
    return true;
  return std::any_of(watched.push.begin(), watched.push.end(), [&](const Push& push) {
    const bool by_reference = push.term->measure == Measure::ratio_to_factor;
    return numbers.has_changes(push.term->factor) || numbers.has_changes(push.term->coefficient) ||
           (by_reference && numbers.has_changes(push.term->reference));
  });
}

void HazardCheck::begin(const Evaluation& now) {
  for (Watched& watched : watched_) {
    watched.push.clear();
    for (const FactorTerm& term : watched.hazard.hazard->push) {
      if (!is_derived(scenario_, term)) watched.push.push_back({&term, TermValues(term, now.start())});
    }
    watched.looked_at = is_as_written(now) || has_changes(watched, now);
  }
}

/// False if nothing is different from the step before.
bool HazardCheck::update(Watched& watched, const Evaluation& now) {
  const Hazard& hazard = *watched.hazard.hazard;
  bool has_moved = now.has_moved(hazard.rate) || (hazard.rate_factor && now.has_moved(*hazard.rate_factor));
  for (Push& push : watched.push) {
    const std::uint64_t before = push.values.version();
    push.values.update(now.numbers());
    has_moved = has_moved || push.values.version() != before || now.has_moved(push.term->coefficient);
  }
  return has_moved;
}

/// No hazard is larger.
double HazardCheck::bound(const Watched& watched, const Evaluation& now) const {
  double score = 0;
  for (const Push& push : watched.push) {
    score +=
        largest_product(now.numbers().parameter(push.term->coefficient).values, push.values.values().values);
  }
  const Hazard& hazard = *watched.hazard.hazard;
  const std::vector<double>& rates = now.numbers().parameter(hazard.rate).values;
  return *std::max_element(rates.begin(), rates.end()) *
         largest_factor(scenario_, watched.hazard, now.numbers()) * largest_ratio(watched.hazard) *
         math::exp(score);
}

void HazardCheck::look(const Evaluation& now, Mistakes& mistakes) {
  for (Watched& watched : watched_) {
    if (watched.told || !watched.looked_at || !update(watched, now)) continue;
    if (bound(watched, now) <= most_hazard) continue;
    for (std::size_t r = 0; r < scenario_.region_count() && !watched.told; ++r) {
      if (watched.hazard.who->residences[r]) watched.told = tell_fault(watched, Region{r}, now, mistakes);
    }
  }
}

bool HazardCheck::tell_fault(const Watched& watched, Region region, const Evaluation& now,
                             Mistakes& mistakes) const {
  const HazardToCheck& of = watched.hazard;
  const Numbers& numbers = now.numbers();
  const double ratio = largest_ratio(of);
  for (std::size_t g = 0; g < scenario_.groups.count(); ++g) {
    const Group group{g};
    if (!of.who->groups[g]) continue;
    double score = 0;
    double largest = 0;
    const FactorTerm* term = nullptr;
    for (const Push& push : watched.push) {
      const double part =
          numbers.parameter(push.term->coefficient).at(region, group) * push.values.at(region, group);
      score += part;
      if (part <= largest) continue;
      largest = part;
      term = push.term;
    }
    const double hazard = numbers.parameter(of.hazard->rate).at(region, group) *
                          largest_factor(scenario_, of, numbers, RegionAndGroup{region.index(), g}) * ratio *
                          math::exp(score);
    if (hazard <= most_hazard) continue;
    const bool by_group = !scenario_.groups.attributes().empty();
    std::string what =
        fmt::format("the hazard of {} is {} for people of {}{} in the step from {}", of.of,
                    std::isfinite(hazard) ? digits_apart(hazard, most_hazard, 2) + " per year" : "infinite",
                    scenario_.regions[region.index()].code,
                    by_group ? " (" + scenario_.groups.label(group) + ")" : "", to_string(now.from()));
    std::string expected =
        ratio > 1 ? "a smaller rate, or smaller ratios by 'age' and 'stay'" : "a smaller rate";
    if (term != nullptr) {
      what += fmt::format(", of which the term {} makes exp({:.3g})", in_quotes(term->name), largest);
      expected = "a smaller coefficient, or a factor taken 'as: log' or 'as: standardised'";
    }
    if (!is_as_written(now)) what += fmt::format(" in variant {}", in_quotes(now.variant().name));
    mistakes.add(scenario_.where(term != nullptr ? term->coefficient : of.hazard->rate), what, expected);
    return true;
  }
  return false;
}

}  // namespace sojourn
