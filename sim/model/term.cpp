#include "sim/model/term.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "sim/model/measure.hpp"

namespace sojourn {

namespace {

/// A field over the places and groups of both arguments, each value made by `combine`.
template <class Combine>
Field combined(const Field& a, const Field& b, Combine combine) {
  Field result = a;
  result.places = std::max(a.places, b.places);
  result.by_group = a.by_group || b.by_group;
  const std::size_t places = place_count(result.places, result.regions);
  const std::size_t groups = result.by_group ? result.groups : 1;
  result.values.assign(places * groups, 0.0);
  for (std::size_t place = 0; place < places; ++place) {
    for (std::size_t g = 0; g < groups; ++g) {
      const Group group{g};
      double& value = result.values[place * groups + g];
      if (result.places == FactorPlaces::pair) {
        const Region origin{place / result.regions};
        const Region destination{place % result.regions};
        if (origin == destination) continue;
        value = combine(a.at(origin, destination, group), b.at(origin, destination, group));
      } else {
        value = combine(a.at(Region{place}, group), b.at(Region{place}, group));
      }
    }
  }
  return result;
}

/// Destination over origin, for every corridor.
Field ratio_of_places(const Field& field) {
  Field result = field;
  result.places = FactorPlaces::pair;
  const std::size_t groups = field.by_group ? field.groups : 1;
  result.values.assign(field.regions * field.regions * groups, 1.0);
  for (std::size_t o = 0; o < field.regions; ++o) {
    for (std::size_t d = 0; d < field.regions; ++d) {
      for (std::size_t g = 0; g < groups && o != d; ++g) {
        result.values[(o * field.regions + d) * groups + g] =
            field.at(Region{d}, Group{g}) / field.at(Region{o}, Group{g});
      }
    }
  }
  return result;
}

/// The diagonal of pairs is no corridor; its values are never used and may be outside a transform's domain.
bool is_diagonal(const Field& field, std::size_t i) {
  if (field.places != FactorPlaces::pair) return false;
  const std::size_t place = i / (field.by_group ? field.groups : 1);
  return place / field.regions == place % field.regions;
}

}  // namespace

Field measured_field(const FactorTerm& term, const Numbers& now, const Field& start) {
  Field field = now.factor(term.factor);
  if (term.measure != Measure::level) {
    const bool by_factor = term.measure == Measure::ratio_to_factor;
    field = combined(field, by_factor ? now.factor(term.reference) : start,
                     [&](double x, double other) { return measured(term.measure, x, other, other); });
  }
  return term.comparison == Comparison::ratio ? ratio_of_places(field) : field;
}

Standard standard_at_start(const FactorTerm& term, const Numbers& start) {
  const Field field = measured_field(term, start, start.factor(term.factor));
  std::vector<double> values;
  for (std::size_t i = 0; i < field.values.size(); ++i) {
    if (!is_diagonal(field, i)) values.push_back(field.values[i]);
  }
  return standard_of(values);
}

TermValues::TermValues(const FactorTerm& term, const Numbers& start)
    : term_(&term), start_(start.factor(term.factor)) {
  if (term.transform == Transform::standardised) {
    standard_ = standard_at_start(term, start);
    // What does not differ has no standardised values: 0 / 0 says so wherever one is asked for.
    if (!standard_.differs()) standard_.spread = std::numeric_limits<double>::quiet_NaN();
  }
  if (term.outside) outside_ = transformed(term.transform, *term.outside);
}

void TermValues::update(const Numbers& now) {
  const std::uint64_t factor = now.factor(term_->factor).version;
  const std::uint64_t reference =
      term_->measure == Measure::ratio_to_factor ? now.factor(term_->reference).version : 0;
  if (factor == seen_factor_ && reference == seen_reference_) return;
  seen_factor_ = factor;
  seen_reference_ = reference;
  Field field = measured_field(*term_, now, start_);
  for (std::size_t i = 0; i < field.values.size(); ++i) {
    double& value = field.values[i];
    if (is_diagonal(field, i)) {
      value = by_citizenship() ? transformed(term_->transform, term_->own) : 0;
    } else if (term_->transform == Transform::standardised) {
      value = standard_.of(value);
    } else {
      value = transformed(term_->transform, value);
    }
  }
  const std::uint64_t version = values_.version;
  values_ = std::move(field);
  values_.version = version + 1;
}

}  // namespace sojourn
