#include "sim/scenario/check_utilities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <variant>

#include "sim/base/digits.hpp"
#include "sim/scenario/corridors.hpp"
#include "sim/scenario/effective.hpp"
#include "sim/scenario/measure.hpp"
#include "sim/scenario/text.hpp"

namespace sojourn {

namespace {

/// exp of a thousandth of it is beyond every number; who writes more has forgotten a logarithm or a unit.
constexpr double most_utility = 1e6;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// Between which numbers values lie; any where they may have none.
struct Range {
  double low = infinity;
  double high = -infinity;

  void add(double x) {
    if (std::isnan(x)) x = infinity;
    low = std::min(low, x);
    high = std::max(high, x);
  }
  [[nodiscard]] double size() const { return std::max(std::abs(low), std::abs(high)); }
};

constexpr Range anything{-infinity, infinity};

Range difference(Range a, Range b) { return {a.low - b.high, a.high - b.low}; }

Range quotient(Range a, Range b) {
  if (b.low <= 0 && b.high >= 0) return anything;
  Range range;
  for (const double x : {a.low, a.high}) {
    for (const double y : {b.low, b.high}) range.add(x / y);
  }
  return range;
}

/// Of all values but those of a region with itself.
Range range_of(const Effective& number, std::size_t regions) {
  Range range;
  const std::vector<double>& values = number.values();
  const std::size_t pairs = number.places() == FactorPlaces::pair ? regions * regions : 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t place = pairs > 0 ? i / (values.size() / pairs) : 0;
    if (pairs > 0 && place / regions == place % regions) continue;
    range.add(values[i]);
  }
  return range;
}

/// The largest part of a utility, and for whom it is.
struct Largest {
  double coefficient = 0;
  double value = 0;
  std::size_t origin = 0;
  std::size_t destination = 0;

  [[nodiscard]] double size() const { return std::abs(coefficient * value); }
};

/// A factor term of a destination choice under a variant, step by step.
class PullSize {
 public:
  PullSize(const Scenario& scenario, const Stream& stream, const FactorTerm& term, const Variant& variant)
      : scenario_(scenario),
        stream_(stream),
        term_(term),
        now_(scenario, term.factor, variant),
        start_(scenario, term.factor, Variant{}),
        coefficient_(scenario, term.coefficient, variant) {
    if (term.measure == Measure::ratio_to_factor) reference_.emplace(scenario, term.reference, variant);
    start_.update(scenario.time.boundary(0), scenario.time.boundary(1));
  }

  [[nodiscard]] bool has_changes() const {
    return now_.has_changes() || coefficient_.has_changes() || (reference_ && reference_->has_changes());
  }
  bool update(Date from, Date to) {
    bool moved = now_.update(from, to);
    moved = coefficient_.update(from, to) || moved;
    if (reference_) moved = reference_->update(from, to) || moved;
    return moved;
  }

  /// No part of a utility is larger: found from the least and largest values alone.
  [[nodiscard]] double bound() {
    if (term_.transform == Transform::standardised && !standard_) standard_ = standard_at_start();
    const std::size_t n = scenario_.region_count();
    const Range now = range_of(now_, n);
    Range x = now;
    if (term_.measure == Measure::change_from_start) x = difference(now, range_of(start_, n));
    if (term_.measure == Measure::ratio_to_start) x = quotient(now, range_of(start_, n));
    if (term_.measure == Measure::ratio_to_factor) x = quotient(now, range_of(*reference_, n));
    if (term_.comparison == Comparison::ratio) x = quotient(x, x);
    Range z;
    z.add(transform(x.low));
    z.add(transform(x.high));
    if (term_.comparison == Comparison::difference) z = difference(z, z);
    if (term_.comparison == Comparison::citizenship) z.add(transformed(term_.transform, term_.own));
    return z.size() * range_of(coefficient_, n).size();
  }

  /// After `bound`.
  [[nodiscard]] Largest largest() const {
    Largest largest;
    const std::size_t n = scenario_.region_count();
    const Corridors corridors(scenario_, stream_);
    for (std::size_t o = 0; o < n; ++o) {
      for (std::size_t d = 0; d < n; ++d) {
        if (!corridors.has(o, d)) continue;
        for (std::size_t g = 0; g < scenario_.groups.count(); ++g) {
          if (!stream_.who.groups[g]) continue;
          const Largest here{at(coefficient_, o, d, g), value(now_, reference_, o, d, g), o, d};
          if (!(here.size() <= largest.size())) largest = here;
          if (std::isnan(here.size())) return here;
        }
      }
    }
    return largest;
  }

 private:
  /// Of a number over regions, that of the destination.
  [[nodiscard]] double at(const Effective& number, std::size_t o, std::size_t d, std::size_t group) const {
    if (number.places() == FactorPlaces::everywhere) return number.at(0, group);
    return number.at(number.places() == FactorPlaces::pair ? o * scenario_.region_count() + d : d, group);
  }
  [[nodiscard]] double measured_at(const Effective& now, const std::optional<Effective>& reference,
                                   std::size_t o, std::size_t d, std::size_t group) const {
    return measured(term_.measure, at(now, o, d, group), at(start_, o, d, group),
                    reference ? at(*reference, o, d, group) : 1);
  }
  /// Before it is transformed. A difference is one of transformed values.
  [[nodiscard]] double compared(const Effective& now, const std::optional<Effective>& reference,
                                std::size_t o, std::size_t d, std::size_t group) const {
    const double x = measured_at(now, reference, o, d, group);
    return term_.comparison == Comparison::ratio ? x / measured_at(now, reference, d, o, group) : x;
  }
  [[nodiscard]] double transform(double x) const {
    return standard_ ? standard_->of(x) : transformed(term_.transform, x);
  }
  [[nodiscard]] double value(const Effective& now, const std::optional<Effective>& reference, std::size_t o,
                             std::size_t d, std::size_t group) const {
    const double z = transform(compared(now, reference, o, d, group));
    if (term_.comparison != Comparison::difference) return z;
    return z - transform(compared(now, reference, d, o, group));
  }

  [[nodiscard]] Standard standard_at_start() const {
    std::optional<Effective> reference;
    if (reference_) reference.emplace(scenario_, term_.reference, Variant{});
    if (reference) reference->update(scenario_.time.boundary(0), scenario_.time.boundary(1));
    const bool by_pair = term_.comparison == Comparison::ratio || now_.places() == FactorPlaces::pair ||
                         (reference && reference->places() == FactorPlaces::pair);
    std::vector<double> values;
    const std::size_t n = scenario_.region_count();
    for (std::size_t o = 0; o < n; ++o) {
      for (std::size_t d = 0; d < (by_pair ? n : 1); ++d) {
        if (by_pair && d == o) continue;
        for (std::size_t g = 0; g < scenario_.groups.count(); ++g) {
          values.push_back(by_pair ? compared(start_, reference, o, d, g)
                                   : compared(start_, reference, o, o, g));
        }
      }
    }
    return standard_of(values);
  }

  const Scenario& scenario_;
  const Stream& stream_;
  const FactorTerm& term_;
  Effective now_;
  Effective start_;
  Effective coefficient_;
  std::optional<Effective> reference_;
  std::optional<Standard> standard_;
};

/// Checks the pull terms of one stream under one variant.
class PullCheck {
 public:
  PullCheck(const Scenario& scenario, const Stream& stream, const Variant& variant)
      : scenario_(scenario), stream_(stream), variant_(variant) {
    for (const double count : scenario.population.stayers) persons_ += count;
    for (const MoverRow& row : scenario.population.movers) persons_ += row.persons;
  }

  /// What is wrong with a term; nothing if nothing is, or if no policy of the variant changes it.
  [[nodiscard]] std::optional<std::string> fault_of(const PullTerm& pull) const {
    if (const auto* term = std::get_if<FactorTerm>(&pull)) return fault_of_factor(*term);
    if (const auto* term = std::get_if<DiasporaTerm>(&pull)) {
      return fault_of_constant(term->name, term->coefficient, transformed(term->transform, persons_));
    }
    const auto& home = std::get<HomeTerm>(pull);
    return fault_of_constant(home.name, home.coefficient, 1);
  }

 private:
  [[nodiscard]] bool is_baseline() const { return variant_.policies.empty(); }

  [[nodiscard]] std::optional<std::string> fault_of_factor(const FactorTerm& term) const {
    const auto is_derived = [&](FactorId id) { return scenario_.factors[id.index()].derivation.has_value(); };
    if (is_derived(term.factor)) return std::nullopt;
    if (term.measure == Measure::ratio_to_factor && is_derived(term.reference)) return std::nullopt;
    PullSize size(scenario_, stream_, term, variant_);
    if (!is_baseline() && !size.has_changes()) return std::nullopt;
    for (std::size_t s = 0; s < scenario_.time.steps(); ++s) {
      const Date from = scenario_.time.boundary(s);
      if (!size.update(from, scenario_.time.boundary(s + 1)) || size.bound() <= most_utility) continue;
      const Largest largest = size.largest();
      if (largest.size() <= most_utility) continue;
      return told(term.name, largest.coefficient, largest.value,
                  fmt::format(" for people of {} who go to {}", scenario_.regions[largest.origin].code,
                              scenario_.regions[largest.destination].code),
                  from);
    }
    return std::nullopt;
  }

  /// A coefficient times the most that its value can be.
  [[nodiscard]] std::optional<std::string> fault_of_constant(const std::string& name, ParameterId id,
                                                             double most) const {
    Effective effective(scenario_, id, variant_);
    if (!is_baseline() && !effective.has_changes()) return std::nullopt;
    for (std::size_t s = 0; s < scenario_.time.steps(); ++s) {
      const Date from = scenario_.time.boundary(s);
      if (!effective.update(from, scenario_.time.boundary(s + 1))) continue;
      for (const double coefficient : effective.values()) {
        if (!(std::abs(coefficient * most) <= most_utility)) return told(name, coefficient, most, "", from);
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::string told(const std::string& name, double coefficient, double value,
                                 const std::string& whom, Date from) const {
    const double product = coefficient * value;
    return fmt::format("the term {} of stream {} is {} ({:.3g} times {:.3g}){} in the step from {}{}",
                       in_quotes(name), in_quotes(stream_.name),
                       std::isfinite(product) ? digits_apart(product, std::copysign(most_utility, product), 3)
                                              : "beyond any number",
                       coefficient, value, whom, to_string(from),
                       is_baseline() ? "" : fmt::format(" in variant {}", in_quotes(variant_.name)));
  }

  const Scenario& scenario_;
  const Stream& stream_;
  const Variant& variant_;
  double persons_ = 0;
};

}  // namespace

void check_utilities(const Scenario& scenario, const std::vector<StreamPlaces>& places, Mistakes& mistakes) {
  std::vector<Variant> variants = {Variant{}};
  for (const Variant& variant : scenario.variants) {
    if (!variant.policies.empty()) variants.push_back(variant);
  }
  for (std::size_t s = 0; s < scenario.streams.size(); ++s) {
    const Stream& stream = scenario.streams[s];
    for (std::size_t t = 0; t < stream.destination.pull.size(); ++t) {
      for (const Variant& variant : variants) {
        const auto fault = PullCheck(scenario, stream, variant).fault_of(stream.destination.pull[t]);
        if (!fault) continue;
        mistakes.add(places[s].pull[t], *fault,
                     fmt::format("at most {:.0e}: a smaller coefficient, or a factor taken 'as: log' or 'as: "
                                 "standardised'",
                                 most_utility));
        break;
      }
    }
  }
}

}  // namespace sojourn
