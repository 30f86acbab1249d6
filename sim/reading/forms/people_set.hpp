#pragma once

#include <cstddef>
#include <limits>
#include <string_view>
#include <vector>

#include "sim/scenario/hazard.hpp"

namespace sojourn {

/// People by five things, each independent of the others: whoever is of a flagged group (of attributes, and
/// of classes of birth and citizenship), lives in a flagged region, is of the ages from `age_from` to before
/// `age_to`, lives inside (native) or outside (foreign) the region of birth, and is a citizen of where it
/// lives (citizens) or not (aliens).
struct PeopleSet {
  std::vector<bool> groups{};
  std::vector<bool> residences{};
  double age_from = 0;
  double age_to = std::numeric_limits<double>::infinity();
  bool native = true;
  bool foreign = true;
  bool citizens = true;
  bool aliens = true;
};

[[nodiscard]] PeopleSet everybody(std::size_t groups, std::size_t regions);
[[nodiscard]] bool is_empty(const PeopleSet& set);
/// Those who are in both.
[[nodiscard]] PeopleSet intersection(const PeopleSet& one, const PeopleSet& other);
/// Takes those of `others` out of `set`. Where the rest is no such set, `set` is as before, and what tells
/// the rest apart is returned by the names of keys (`attributes` for all of them and for births and
/// citizenships by name): several, or `age` alone
/// where both younger and older people are left.
[[nodiscard]] std::vector<std::string_view> subtract(PeopleSet& set, const PeopleSet& others);
/// Nobody where the set is empty.
[[nodiscard]] Who who_of(const PeopleSet& set);

}  // namespace sojourn
