#include "sim/reading/checks/check_terms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/model/measure.hpp"
#include "sim/model/term.hpp"
#include "sim/reading/checks/hazards_to_check.hpp"
#include "sim/reading/checks/step_checks.hpp"
#include "sim/scenario/corridors.hpp"
#include "sim/scenario/shape.hpp"

namespace sojourn {

namespace {

/// Which places and groups of a factor a term reads: of a push, the origins alone.
struct Scope {
  std::vector<bool> origins;
  std::vector<bool> groups;
  /// Null of a push.
  std::shared_ptr<const Corridors> corridors;
};

/// Where, and why, a term has no value.
struct Fault {
  std::string what;
  std::string expected;
  std::vector<std::string> places;
};

/// The value at one of the places of a factor; another one may be the same everywhere.
double value_at(const Field& field, std::size_t place, std::size_t group) {
  if (field.places == FactorPlaces::everywhere) place = 0;
  return field.values[(field.by_group ? place * field.groups + group : place) * field.ages];
}

}  // namespace

/// Checks one factor term of a push or pull.
class TermCheck {
 public:
  TermCheck(const Scenario& scenario, const FactorTerm& term, Scope scope)
      : scenario_(scenario),
        term_(term),
        factor_(scenario.factors[term.factor.index()]),
        shape_(shape_of(scenario, factor_)),
        scope_(std::move(scope)) {}

  /// The first fault that there is.
  void look(const Evaluation& now, Mistakes& mistakes) {
    if (told_) return;
    const bool at_start = is_as_written(now) && now.is_first_step();
    if (at_start && is_standardised_change()) {
      tell({standardised_fault("its change or ratio from the start is the same everywhere"),
            "a factor that differs between regions",
            {}},
           "", mistakes);
      return;
    }
    if (is_standardised_change() || is_derived(scenario_, term_)) return;
    if (at_start) check_start(now, mistakes);
    if (told_ || !has_domain() || (is_as_written(now) && !needs_steps())) return;
    if (!now.has_moved(term_.factor) && !(has_reference() && now.has_moved(term_.reference))) return;
    const bool acts = now.numbers().is_changed(term_.factor) ||
                      (has_reference() && now.numbers().is_changed(term_.reference));
    if (!is_as_written(now) && !acts) return;
    check_values(now, mistakes);
  }

 private:
  /// What changes from the start is the same at the start, whatever the factor.
  [[nodiscard]] bool is_standardised_change() const {
    const bool from_start =
        term_.measure == Measure::ratio_to_start || term_.measure == Measure::change_from_start;
    return term_.transform == Transform::standardised && from_start;
  }
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
  void check_start(const Evaluation& now, Mistakes& mistakes) {
    if (term_.measure == Measure::ratio_to_start) {
      Fault fault{fmt::format("{} is 0 at the start, so that there is no ratio to it", name()),
                  "a value other than 0, or another measure",
                  {}};
      const Field& start = now.start().factor(term_.factor);
      for_each([&](std::size_t place, std::size_t g) {
        if (value_at(start, place, g) == 0) fault.places.push_back(label(place, g));
      });
      tell_places(fault, "", mistakes);
    }
    if (!told_ && term_.transform == Transform::standardised) check_standard(now, mistakes);
  }

  /// What is standardised must differ: not the factor, but what the term measures of it.
  void check_standard(const Evaluation& now, Mistakes& mistakes) {
    const Standard standard = standard_at_start(term_, now.start());
    if (standard.differs()) return;
    const std::string what = has_reference() || term_.comparison == Comparison::ratio ? subject() : "it";
    tell({standardised_fault(what + (std::isfinite(standard.spread)
                                         ? " is the same everywhere"
                                         : " has no value, or too large a one, somewhere")),
          has_reference() ? "a ratio that differs between regions" : "a factor that differs between regions",
          {}},
         "", mistakes);
  }

  [[nodiscard]] std::string standardised_fault(const std::string& why) const {
    return fmt::format("{} cannot be standardised: at the start {}", name(), why);
  }

  void check_values(const Evaluation& now, Mistakes& mistakes) {
    std::string when = now.is_first_step() ? "" : fmt::format(" in the step from {}", to_string(now.from()));
    if (!is_as_written(now)) when += fmt::format(" in variant {}", in_quotes(now.variant().name));
    check_reference(now, when, mistakes);
    if (told_) return;
    Fault outside = domain_fault();
    std::size_t positive = 0;
    std::size_t negative = 0;
    Fault zero{fmt::format("{} is 0, so that there is no ratio to it", subject()),
               "a value other than 0 in every region that people leave",
               {}};
    for_each([&](std::size_t place, std::size_t g) {
      const double x = measured_at(now, place, g);
      positive += x > 0 ? 1 : 0;
      negative += x < 0 ? 1 : 0;
      if (term_.comparison != Comparison::ratio) {
        if (!in_domain(x)) outside.places.push_back(label(place, g));
      } else if (x == 0 && (term_.transform == Transform::log || scope_.origins[place])) {
        zero.places.push_back(label(place, g));
      }
    });
    tell_places(zero, when, mistakes);
    if (!told_) tell_places(outside, when, mistakes);
    const bool needs_sign =
        term_.transform != Transform::identity && term_.transform != Transform::standardised;
    if (told_ || term_.comparison != Comparison::ratio || !needs_sign || positive == 0 || negative == 0)
      return;
    tell({fmt::format(
              "{} is positive in some regions and negative in others{}, so that some ratios are negative",
              subject(), when),
          "values above 0, or 'compare: difference'",
          {}},
         "", mistakes);
  }

  void check_reference(const Evaluation& now, const std::string& when, Mistakes& mistakes) {
    if (!has_reference()) return;
    Fault zero{fmt::format("factor {} is 0, so that there is no ratio to it",
                           in_quotes(scenario_.factors[term_.reference.index()].name)),
               "a value other than 0",
               {}};
    const Field& reference = now.numbers().factor(term_.reference);
    for_each([&](std::size_t place, std::size_t g) {
      if (value_at(reference, place, g) == 0) zero.places.push_back(label(place, g));
    });
    tell_places(zero, when, mistakes);
  }

  [[nodiscard]] double measured_at(const Evaluation& now, std::size_t place, std::size_t g) const {
    return measured(term_.measure, value_at(now.numbers().factor(term_.factor), place, g),
                    value_at(now.start().factor(term_.factor), place, g),
                    has_reference() ? value_at(now.numbers().factor(term_.reference), place, g) : 1);
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

  /// Tells a fault if there is a place (or group) where it occurs.
  void tell_places(const Fault& fault, const std::string& when, Mistakes& mistakes) {
    if (fault.places.empty()) return;
    const std::string where = in_words(fault.places, 5);
    tell(fault, when + (where.empty() ? "" : " (" + where + ")"), mistakes);
  }

  void tell(const Fault& fault, const std::string& when, Mistakes& mistakes) {
    mistakes.add(scenario_.where(term_.coefficient), fault.what + when, fault.expected);
    told_ = true;
  }

  const Scenario& scenario_;
  const FactorTerm& term_;
  const Factor& factor_;
  Shape shape_;
  Scope scope_;
  bool told_ = false;
};

TermChecks::TermChecks(const Scenario& scenario) {
  for (const HazardToCheck& one : hazards_to_check(scenario)) {
    const Scope scope{one.who->residences, one.who->groups, nullptr};
    for (const FactorTerm& term : one.hazard->push) checks_.emplace_back(scenario, term, scope);
  }
  for (const Stream& stream : scenario.streams) {
    const auto corridors = std::make_shared<const Corridors>(scenario, stream);
    const Scope scope{corridors->origins(), stream.who.groups, corridors};
    for (const PullTerm& pull : stream.destination.pull) {
      if (const auto* term = std::get_if<FactorTerm>(&pull)) checks_.emplace_back(scenario, *term, scope);
    }
  }
}

TermChecks::TermChecks(TermChecks&&) noexcept = default;
TermChecks::~TermChecks() = default;

void TermChecks::begin(const Evaluation& /*now*/) {}

void TermChecks::look(const Evaluation& now, Mistakes& mistakes) {
  for (TermCheck& check : checks_) check.look(now, mistakes);
}

}  // namespace sojourn
