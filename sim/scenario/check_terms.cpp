#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/scenario/check.hpp"
#include "sim/scenario/corridors.hpp"
#include "sim/scenario/effective.hpp"
#include "sim/scenario/measure.hpp"
#include "sim/scenario/text.hpp"

namespace sojourn {

namespace {

/// Which places and groups of a factor a term reads: of a push, the origins alone.
struct Scope {
  std::vector<bool> origins;
  std::vector<bool> groups;
  const Corridors* corridors = nullptr;
};

/// Where, and why, a term has no value.
struct Fault {
  std::string what;
  std::string expected;
  std::vector<std::string> places;
};

/// Checks one factor term of a push or pull.
class TermCheck {
 public:
  TermCheck(const Scenario& scenario, const FactorTerm& term, Scope scope, Position where, Mistakes& mistakes)
      : scenario_(scenario),
        term_(term),
        factor_(scenario.factors[term.factor.index()]),
        shape_(shape_of(scenario, factor_)),
        scope_(std::move(scope)),
        where_(std::move(where)),
        mistakes_(mistakes) {}

  void run() {
    // What changes from the start is the same at the start, whatever the factor.
    const bool from_start =
        term_.measure == Measure::ratio_to_start || term_.measure == Measure::change_from_start;
    if (term_.transform == Transform::standardised && from_start) {
      static_cast<void>(check_standard());
      return;
    }
    // What values a derived factor has is seen in the run.
    if (factor_.derivation) return;
    if (has_reference() && scenario_.factors[term_.reference.index()].derivation) return;
    const Variant none;
    Effective start(scenario_, term_.factor, none);
    start.update(scenario_.time.boundary(0), scenario_.time.boundary(1));
    start_ = start.values();
    if (!check_start() || (needs_steps() && !check_variant(none))) return;
    for (const Variant& variant : scenario_.variants) {
      if (!check_variant(variant)) return;
    }
  }

 private:
  [[nodiscard]] bool has_reference() const { return term_.measure == Measure::ratio_to_factor; }
  [[nodiscard]] bool has_domain() const {
    return has_reference() || term_.comparison == Comparison::ratio || term_.transform == Transform::log ||
           term_.transform == Transform::log1p || term_.transform == Transform::sqrt;
  }

  /// Whether, without policies, a step might have no value: never where that holds for no known value of the
  /// factor, because means over steps lie between them.
  [[nodiscard]] bool needs_steps() const {
    if (!has_domain()) return false;
    if (has_reference() || term_.measure != Measure::level) return true;
    const auto fits = [this](double x) {
      return x > 0 || (x == 0 && term_.transform != Transform::log && term_.comparison != Comparison::ratio);
    };
    return !std::all_of(factor_.values.begin(), factor_.values.end(), fits);
  }

  [[nodiscard]] std::string name() const { return fmt::format("factor {}", in_quotes(factor_.name)); }

  [[nodiscard]] std::string label(std::size_t place, std::size_t group) const {
    const std::size_t n = scenario_.region_count();
    std::string text;
    if (factor_.places == FactorPlaces::region) text = scenario_.regions[place].code;
    if (factor_.places == FactorPlaces::pair) {
      text = scenario_.regions[place / n].code + " to " + scenario_.regions[place % n].code;
    }
    if (!factor_.by_group) return text;
    return (text.empty() ? "" : text + ", ") + scenario_.groups.label(Group(group));
  }

  /// Calls `visit` with each place and group that the term reads.
  template <class Visit>
  void for_each(Visit visit) const {
    const std::size_t n = scenario_.region_count();
    const bool as_origin =
        term_.comparison != Comparison::destination && term_.comparison != Comparison::pair;
    const bool as_destination = term_.comparison != Comparison::origin;
    for (std::size_t place = 0; place < shape_.places; ++place) {
      bool used = true;
      if (factor_.places == FactorPlaces::region) {
        used = (as_origin && scope_.origins[place]) ||
               (as_destination && scope_.corridors->destinations()[place]);
      } else if (factor_.places == FactorPlaces::pair) {
        used = reads_pair(place / n, place % n);
      }
      for (std::size_t g = 0; used && g < shape_.groups; ++g) {
        if (!factor_.by_group || scope_.groups[g]) visit(place, g);
      }
    }
  }

  /// Of a factor that is read by citizenship the first is whose citizens they are: taken to be of where they
  /// live.
  [[nodiscard]] bool reads_pair(std::size_t from, std::size_t to) const {
    if (term_.comparison != Comparison::citizenship) return scope_.corridors->has(from, to);
    return from != to && scope_.origins[from] && scope_.corridors->destinations()[to];
  }

  /// The value that the start has to have: a reference for ratios, a spread for standardised values.
  bool check_start() {
    if (term_.measure == Measure::ratio_to_start) {
      Fault fault{fmt::format("{} is 0 at the start, so that there is no ratio to it", name()),
                  "a value other than 0, or another measure",
                  {}};
      for_each([&](std::size_t place, std::size_t g) {
        if (start_[shape_.index(place, g)] == 0) fault.places.push_back(label(place, g));
      });
      if (!tell(fault, "")) return false;
    }
    if (term_.transform != Transform::standardised) return true;
    return check_standard();
  }

  /// What is standardised must differ: not the factor, but what the term measures of it.
  bool check_standard() {
    const std::string cannot = fmt::format("{} cannot be standardised: at the start ", name());
    const bool constant_measure =
        term_.measure == Measure::ratio_to_start || term_.measure == Measure::change_from_start;
    if (constant_measure) {
      mistakes_.add(where_, cannot + "its change or ratio from the start is the same everywhere",
                    "a factor that differs between regions");
      return false;
    }
    const Standard standard = standard_of(measured_at_start());
    if (standard.differs()) return true;
    const std::string what = has_reference() || term_.comparison == Comparison::ratio ? subject() : "it";
    mistakes_.add(
        where_,
        cannot + what +
            (std::isfinite(standard.spread) ? " is the same everywhere"
                                            : " has no value, or too large a one, somewhere"),
        has_reference() ? "a ratio that differs between regions" : "a factor that differs between regions");
    return false;
  }

  /// What the term measures at the start, over all regions or pairs as in the model: it standardises over
  /// them whomever the stream is about.
  [[nodiscard]] std::vector<double> measured_at_start() const {
    const Date from = scenario_.time.boundary(0);
    const Date to = scenario_.time.boundary(1);
    Effective value(scenario_, term_.factor, Variant{});
    value.update(from, to);
    std::optional<Effective> reference;
    if (has_reference()) reference.emplace(scenario_, term_.reference, Variant{});
    if (reference) reference->update(from, to);
    const std::size_t n = scenario_.region_count();
    FactorPlaces over = std::max(value.places(), reference ? reference->places() : FactorPlaces::everywhere);
    const bool by_ratio = term_.comparison == Comparison::ratio;
    if (by_ratio) over = FactorPlaces::pair;
    const auto at = [&](const Effective& number, std::size_t place, std::size_t group) {
      if (number.places() == FactorPlaces::everywhere) return number.at(0, group);
      // Of a number over regions, that of the destination.
      const bool of_pair = over == FactorPlaces::pair && number.places() == FactorPlaces::region && !by_ratio;
      return number.at(of_pair ? place % n : place, group);
    };
    const auto measured_at = [&](std::size_t place, std::size_t group) {
      const double x = at(value, place, group);
      return sojourn::measured(term_.measure, x, x, reference ? at(*reference, place, group) : x);
    };
    const bool by_group = value.by_group() || (reference && reference->by_group());
    std::vector<double> values;
    for (std::size_t place = 0; place < place_count(over, n); ++place) {
      if (over == FactorPlaces::pair && place / n == place % n) continue;
      for (std::size_t g = 0; g < (by_group ? scenario_.groups.count() : 1); ++g) {
        values.push_back(by_ratio ? measured_at(place % n, g) / measured_at(place / n, g)
                                  : measured_at(place, g));
      }
    }
    return values;
  }

  /// False if a fault was told.
  bool check_variant(const Variant& variant) {
    if (!has_domain()) return true;
    Effective value(scenario_, term_.factor, variant);
    std::optional<Effective> reference;
    if (has_reference()) reference.emplace(scenario_, term_.reference, variant);
    const bool changes = value.has_changes() || (reference && reference->has_changes());
    if (!variant.name.empty() && !changes) return true;
    for (std::size_t s = 0; s < scenario_.time.steps(); ++s) {
      const Date from = scenario_.time.boundary(s);
      const Date to = scenario_.time.boundary(s + 1);
      bool moved = value.update(from, to);
      if (reference) moved = reference->update(from, to) || moved;
      if (!moved) continue;
      const bool acts = value.is_changed() || (reference && reference->is_changed());
      if (!variant.name.empty() && !acts) continue;
      std::string when = s == 0 ? "" : fmt::format(" in the step from {}", to_string(from));
      if (acts) when += fmt::format(" in variant {}", in_quotes(variant.name));
      if (!check_values(value, reference ? &*reference : nullptr, when)) return false;
    }
    return true;
  }

  bool check_values(const Effective& value, const Effective* reference, const std::string& when) {
    if (reference != nullptr) {
      const std::string other = scenario_.factors[term_.reference.index()].name;
      Fault zero{fmt::format("factor {} is 0, so that there is no ratio to it", in_quotes(other)),
                 "a value other than 0",
                 {}};
      for_each([&](std::size_t place, std::size_t g) {
        if (reference_at(*reference, place, g) == 0) zero.places.push_back(label(place, g));
      });
      if (!tell(zero, when)) return false;
    }
    Fault outside = domain_fault();
    std::size_t positive = 0;
    std::size_t negative = 0;
    Fault zero{fmt::format("{} is 0, so that there is no ratio to it", subject()),
               "a value other than 0 in every region that people leave",
               {}};
    for_each([&](std::size_t place, std::size_t g) {
      const double x = measured(value, reference, place, g);
      positive += x > 0 ? 1 : 0;
      negative += x < 0 ? 1 : 0;
      if (term_.comparison != Comparison::ratio) {
        if (!in_domain(x)) outside.places.push_back(label(place, g));
      } else if (x == 0 && (term_.transform == Transform::log || scope_.origins[place])) {
        zero.places.push_back(label(place, g));
      }
    });
    if (!tell(zero, when) || !tell(outside, when)) return false;
    const bool needs_sign =
        term_.transform != Transform::identity && term_.transform != Transform::standardised;
    if (term_.comparison != Comparison::ratio || !needs_sign || positive == 0 || negative == 0) return true;
    mistakes_.add(
        where_,
        fmt::format(
            "{} is positive in some regions and negative in others{}, so that some ratios are negative",
            subject(), when),
        "values above 0, or 'compare: difference'");
    return false;
  }

  [[nodiscard]] double reference_at(const Effective& reference, std::size_t place, std::size_t g) const {
    return reference.at(reference.places() == FactorPlaces::everywhere ? 0 : place, g);
  }

  [[nodiscard]] double measured(const Effective& value, const Effective* reference, std::size_t place,
                                std::size_t g) const {
    return sojourn::measured(term_.measure, value.at(place, g), start_[shape_.index(place, g)],
                             reference != nullptr ? reference_at(*reference, place, g) : 1);
  }

  [[nodiscard]] bool in_domain(double x) const {
    switch (term_.transform) {
      case Transform::log:
        return x > 0 && std::isfinite(x);
      case Transform::log1p:
        return x > -1 && std::isfinite(x);
      case Transform::sqrt:
        return x >= 0 && std::isfinite(x);
      case Transform::identity:
      case Transform::standardised:
        break;
    }
    return std::isfinite(x);
  }

  [[nodiscard]] std::string subject() const {
    switch (term_.measure) {
      case Measure::change_from_start:
        return fmt::format("the change of {} from the start", name());
      case Measure::ratio_to_start:
        return fmt::format("the ratio of {} to the start", name());
      case Measure::ratio_to_factor:
        return fmt::format("the ratio of {} to {}", name(),
                           in_quotes(scenario_.factors[term_.reference.index()].name));
      case Measure::level:
        break;
    }
    return name();
  }

  [[nodiscard]] Fault domain_fault() const {
    switch (term_.transform) {
      case Transform::log:
        return {fmt::format("{} is 0 or less, where it has no logarithm", subject()),
                "values above 0, or 'as: log1p'",
                {}};
      case Transform::log1p:
        return {fmt::format("{} is -1 or less, where it has no log1p", subject()), "values above -1", {}};
      case Transform::sqrt:
        return {fmt::format("{} is negative, where it has no square root", subject()), "values from 0", {}};
      case Transform::identity:
      case Transform::standardised:
        break;
    }
    return {fmt::format("{} is too large", subject()), "smaller values", {}};
  }

  /// Tells a fault if it is one, that is, if there is a place (or group) where it occurs. False if it was
  /// told.
  bool tell(const Fault& fault, const std::string& when) {
    if (fault.places.empty()) return true;
    std::string where = in_words(fault.places, 5);
    if (!where.empty()) where = " (" + where + ")";
    mistakes_.add(where_, fault.what + when + where, fault.expected);
    return false;
  }

  const Scenario& scenario_;
  const FactorTerm& term_;
  const Factor& factor_;
  Shape shape_;
  Scope scope_;
  Position where_;
  Mistakes& mistakes_;
  std::vector<double> start_;
};

}  // namespace

void check_terms(const Scenario& scenario, const std::vector<StreamPlaces>& places,
                 const std::vector<HazardToCheck>& hazards, Mistakes& mistakes) {
  for (const HazardToCheck& one : hazards) {
    const Scope scope{one.who->residences, one.who->groups};
    for (std::size_t t = 0; t < one.hazard->push.size(); ++t) {
      TermCheck(scenario, one.hazard->push[t], scope, one.places->push[t], mistakes).run();
    }
  }
  for (std::size_t s = 0; s < scenario.streams.size(); ++s) {
    const Stream& stream = scenario.streams[s];
    const Corridors corridors(scenario, stream);
    const Scope scope{corridors.origins(), stream.who.groups, &corridors};
    for (std::size_t t = 0; t < stream.destination.pull.size(); ++t) {
      const auto* term = std::get_if<FactorTerm>(&stream.destination.pull[t]);
      if (term != nullptr) TermCheck(scenario, *term, scope, places[s].pull[t], mistakes).run();
    }
  }
}

}  // namespace sojourn
