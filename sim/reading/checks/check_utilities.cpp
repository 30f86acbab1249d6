#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/digits.hpp"
#include "sim/base/text.hpp"
#include "sim/reading/checks/step_checks.hpp"
#include "sim/scenario/corridors.hpp"

namespace sojourn {

namespace {

/// exp of a thousandth of it is beyond every number; who writes more has forgotten a logarithm or a unit.
constexpr double most_utility = 1e6;

/// The largest value but for its sign, of all but those of a region with itself; infinite where one is
/// undefined.
double largest_size(const Field& field) {
  double most = 0;
  const std::size_t of_place = (field.by_group ? field.groups : 1) * field.ages;
  for (std::size_t i = 0; i < field.values.size(); ++i) {
    const std::size_t place = i / of_place;
    if (field.places == FactorPlaces::pair && place / field.regions == place % field.regions) continue;
    const double size = std::abs(field.values[i]);
    most = std::isnan(size) ? std::numeric_limits<double>::infinity() : std::max(most, size);
  }
  return most;
}

}  // namespace

double UtilityCheck::Largest::size() const { return std::abs(coefficient * value); }

UtilityCheck::UtilityCheck(const Scenario& scenario) : scenario_(scenario) {
  const Persons persons = scenario.population.persons();
  persons_ = persons.stayers + persons.movers;
  for (const Stream& stream : scenario.streams) {
    for (const PullTerm& pull : stream.destination.pull) watch(stream, pull);
  }
}

void UtilityCheck::watch(const Stream& stream, const PullTerm& pull) {
  if (const auto* term = std::get_if<FactorTerm>(&pull)) {
    if (is_derived(scenario_, *term)) return;
    watched_.push_back(
        {.stream = &stream, .name = term->name, .coefficient = term->coefficient, .term = term});
  } else if (const auto* diaspora = std::get_if<DiasporaTerm>(&pull)) {
    // How many of them live in the destinations where the factor is small is not known before the run.
    if (diaspora->ratio_to) return;
    watched_.push_back({.stream = &stream,
                        .name = diaspora->name,
                        .coefficient = diaspora->coefficient,
                        .most = transformed(diaspora->transform, persons_)});
  } else {
    const auto& home = std::get<HomeTerm>(pull);
    watched_.push_back({.stream = &stream, .name = home.name, .coefficient = home.coefficient, .most = 1});
  }
}

void UtilityCheck::begin(const Evaluation& now) {
  const Numbers& numbers = now.numbers();
  for (Watched& watched : watched_) {
    bool has_changes = numbers.has_changes(watched.coefficient);
    if (const FactorTerm* term = watched.term) {
      watched.values.emplace(*term, now.start());
      const bool by_reference = term->measure == Measure::ratio_to_factor;
      has_changes = has_changes || numbers.has_changes(term->factor) ||
                    (by_reference && numbers.has_changes(term->reference));
    }
    watched.looked_at = is_as_written(now) || has_changes;
  }
}

/// No part of a utility is larger: found from the largest values alone.
double UtilityCheck::bound(const Watched& watched, const Evaluation& now) {
  const double coefficient = largest_size(now.numbers().parameter(watched.coefficient));
  if (watched.term == nullptr) return coefficient * watched.most;
  const bool is_difference = watched.term->comparison == Comparison::difference;
  const bool by_citizenship = watched.term->comparison == Comparison::citizenship;
  const double own = by_citizenship ? std::abs(transformed(watched.term->transform, watched.term->own)) : 0;
  return coefficient * std::max(own, (is_difference ? 2 : 1) * largest_size(watched.values->values()));
}

UtilityCheck::Largest UtilityCheck::largest(const Watched& watched, const Evaluation& now) const {
  const Field& coefficients = now.numbers().parameter(watched.coefficient);
  Largest largest;
  if (watched.term == nullptr) {
    for (std::size_t i = 0; i < coefficients.values.size(); ++i) {
      if (coefficients.by_group && !watched.stream->who.groups[i % coefficients.groups]) continue;
      const Largest here{coefficients.values[i], watched.most, ""};
      if (!(here.size() <= largest.size())) largest = here;
    }
    return largest;
  }
  const Corridors corridors(scenario_, *watched.stream);
  for (std::size_t o = 0; o < scenario_.region_count(); ++o) {
    for (std::size_t d = 0; d < scenario_.region_count(); ++d) {
      if (!corridors.has(o, d)) continue;
      for (std::size_t g = 0; g < scenario_.groups.count(); ++g) {
        if (!watched.stream->who.groups[g]) continue;
        Largest here{coefficients.at(Region{o}, Region{d}, Group{g}),
                     watched.values->at(Region{o}, Region{d}, Group{g}), ""};
        if (here.size() <= largest.size()) continue;
        here.whom = fmt::format(" for people of {} who go to {}", scenario_.regions[o].code,
                                scenario_.regions[d].code);
        largest = here;
        if (std::isnan(here.size())) return here;
      }
    }
  }
  return largest;
}

void UtilityCheck::look(const Evaluation& now, Mistakes& mistakes) {
  for (Watched& watched : watched_) {
    if (watched.told || !watched.looked_at) continue;
    bool has_moved = now.has_moved(watched.coefficient);
    if (watched.values) {
      const std::uint64_t before = watched.values->version();
      watched.values->update(now.numbers());
      has_moved = has_moved || watched.values->version() != before;
    }
    if (!has_moved || bound(watched, now) <= most_utility) continue;
    const Largest worst = largest(watched, now);
    if (worst.size() <= most_utility) continue;
    watched.told = true;
    const double product = worst.coefficient * worst.value;
    mistakes.add(
        scenario_.where(watched.coefficient),
        fmt::format("the term {} of stream {} is {} ({:.3g} times {:.3g}){}{}", in_quotes(watched.name),
                    in_quotes(watched.stream->name),
                    std::isfinite(product) ? digits_apart(product, std::copysign(most_utility, product), 3)
                                           : "beyond any number",
                    worst.coefficient, worst.value, worst.whom, when_and_in_which(now)),
        fmt::format("at most {:.0e}: a smaller coefficient, or a factor taken 'as: log' or 'as: "
                    "standardised'",
                    most_utility));
  }
}

}  // namespace sojourn
