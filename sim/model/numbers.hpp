#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "sim/base/calendar.hpp"
#include "sim/model/doors.hpp"
#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// The values of a factor or parameter in one step, over places and groups.
struct Field {
  FactorPlaces places = FactorPlaces::everywhere;
  bool by_group = false;
  std::size_t regions = 1;
  std::size_t groups = 1;
  /// Classes of age; 1 where the field does not vary by age.
  std::size_t ages = 1;
  /// values[(place * (by_group ? groups : 1) + group) * ages + age class].
  std::vector<double> values;
  /// Counts up whenever a value has changed, so that what was computed from it can be kept until then.
  std::uint64_t version = 0;

  /// Values by class of age in a region. Not for fields over pairs.
  [[nodiscard]] std::span<const double> by_age(Region region, Group group) const {
    const std::size_t place = places == FactorPlaces::region ? region.index() : 0;
    return std::span(values).subspan((by_group ? place * groups + group.index() : place) * ages, ages);
  }
  /// Value in a region, or of the region as origin. Not for fields over pairs or by age.
  [[nodiscard]] double at(Region region, Group group) const {
    const std::size_t place = places == FactorPlaces::region ? region.index() : 0;
    return values[by_group ? place * groups + group.index() : place];
  }
  /// Value for a corridor: of the pair itself, or of its destination where the field varies over regions.
  [[nodiscard]] double at(Region origin, Region destination, Group group) const {
    std::size_t place = 0;
    if (places == FactorPlaces::pair) place = origin.index() * regions + destination.index();
    if (places == FactorPlaces::region) place = destination.index();
    return values[by_group ? place * groups + group.index() : place];
  }
};

/// What policies change.
using Number = std::variant<FactorId, ParameterId>;

/// Every factor and parameter as it is in one step, under one variant: the mean over the step of what the
/// scenario says, changed by the policies in force; and which doors are closed.
class Numbers {
 public:
  /// `variant` empty: as if there were no policies.
  Numbers(const Scenario& scenario, const Variant& variant);

  /// Moves on to the step that lasts from `from` to `to`. Derived factors keep their values until `derive`.
  void update(Date from, Date to);

  /// Gives a derived factor its values in that step, by region; policies then change them.
  void derive(FactorId id, std::span<const double> values, Date from, Date to);

  [[nodiscard]] const Field& factor(FactorId id) const { return source(id).field; }
  [[nodiscard]] const Field& parameter(ParameterId id) const { return source(id).field; }
  [[nodiscard]] const Field& field(const Number& number) const { return source(number).field; }
  /// Whether a policy of the variant changes the number at some time.
  [[nodiscard]] bool has_changes(const Number& number) const { return !source(number).changes.empty(); }
  /// Whether one is in force in this step.
  [[nodiscard]] bool is_changed(const Number& number) const;
  /// As they stand in this step.
  [[nodiscard]] const Doors& doors() const { return doors_; }
  /// Nothing is closed until the next `update`.
  void open_all_doors() { doors_.open_all(); }

 private:
  struct TimedChange {
    const Policy* policy;
    const Change* change;
  };
  /// A field with all that determines its values in a step: if neither weights nor shares have changed since
  /// the last step, neither have the values.
  struct Source {
    Field field;
    std::vector<TimedChange> changes;
    std::vector<KnotWeight> weights;
    std::vector<double> shares;
  };

  [[nodiscard]] const Source& source(const Number& number) const {
    const auto* factor = std::get_if<FactorId>(&number);
    return factor != nullptr ? factors_[factor->index()] : parameters_[std::get<ParameterId>(number).index()];
  }
  [[nodiscard]] static std::vector<double> shares_in_force(const Source& source, Date from, Date to);
  void update_source(Source& source, const std::vector<double>& knots, std::size_t knot_count,
                     std::vector<KnotWeight> weights, Date from, Date to);
  [[nodiscard]] Source make_source(FactorPlaces places, bool by_group, std::size_t ages) const;

  const Scenario* scenario_;
  std::vector<Source> factors_;
  std::vector<Source> parameters_;
  Doors doors_;
};

}  // namespace sojourn
