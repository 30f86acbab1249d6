#pragma once

#include <cstddef>
#include <stdexcept>

#include "sim/scenario/scenario.hpp"

namespace sojourn {

/// A table of a scenario has more or fewer values than there are groups, regions or ages: whoever went on
/// would read beyond its end. A mistake of who built the scenario, be it the reader or code.
class SizeFault : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// How the values of a factor or parameter at one instant lie in memory: by place, then by group, then by
/// class of age. The one home of how many values there are; whoever reads a table of values asks it where
/// they lie.
struct Shape {
  std::size_t places = 1;
  /// All groups of the scenario, those that wait among them; 1 where the values do not differ by group.
  std::size_t groups = 1;
  std::size_t ages = 1;

  [[nodiscard]] std::size_t size() const { return places * groups * ages; }
  /// The group is not looked at where the values do not differ by group.
  [[nodiscard]] std::size_t index(std::size_t place, std::size_t group, std::size_t age = 0) const {
    return (place * groups + (groups > 1 ? group : 0)) * ages + age;
  }
  [[nodiscard]] std::size_t place_of(std::size_t index) const { return index / (groups * ages); }
  [[nodiscard]] std::size_t group_of(std::size_t index) const { return index / ages % groups; }
};

/// The shape of the values of a factor at each of its knots. Throws `SizeFault` where the factor has
/// not as many values as that: it was read wrongly, and whoever went on would read beyond them.
[[nodiscard]] Shape shape_of(const Scenario& scenario, const Factor& factor);
/// The shape of a parameter that has the places of `places`; likewise.
[[nodiscard]] Shape shape_of(const Scenario& scenario, const Parameter& parameter, FactorPlaces places);

/// Groups told apart by one more attribute, the last: the group of a group and a value of it has the number
/// group * values + value, for groups that wait as for others.
[[nodiscard]] Groups refined(const Groups& groups, Attribute last);

/// Throws `SizeFault`, which names the table, unless every table of the scenario that is indexed by
/// group, by region or by both has a value for each of them. Nothing in a run looks beyond their ends after
/// that.
void check_sizes(const Scenario& scenario);

}  // namespace sojourn
