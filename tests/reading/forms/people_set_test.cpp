#include "sim/reading/forms/people_set.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

namespace people_set_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

constexpr std::size_t groups = 3;
constexpr std::size_t regions = 2;
constexpr int ages = 4;

/// Whether each possible person is in the set, one by one.
std::vector<bool> persons(const PeopleSet& set) {
  std::vector<bool> in;
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t r = 0; r < regions; ++r) {
      for (int age = 0; age < ages; ++age) {
        const bool by_others =
            set.groups[g] && set.residences[r] && age + 0.5 > set.age_from && age + 0.5 < set.age_to;
        for (const bool born_here : {set.native, set.foreign}) {
          in.push_back(by_others && born_here && set.citizens);
          in.push_back(by_others && born_here && set.aliens);
        }
      }
    }
  }
  return in;
}

class SetsByChance {
 public:
  PeopleSet next() {
    PeopleSet set = everybody(groups, regions);
    const auto thin_out = [&](std::vector<bool>& flags) {
      for (std::size_t i = 0; i < flags.size(); ++i) flags[i] = below(4) != 0;
    };
    if (below(2) == 0) thin_out(set.groups);
    if (below(2) == 0) thin_out(set.residences);
    if (below(2) == 0) set.age_from = below(ages);
    if (below(2) == 0) set.age_to = 1 + below(ages);
    if (below(3) == 0) set.native = false;
    if (below(3) == 0) set.foreign = false;
    if (below(4) == 0) set.citizens = false;
    if (below(4) == 0) set.aliens = false;
    return set;
  }

 private:
  int below(int end) { return static_cast<int>(random_() % static_cast<std::uint32_t>(end)); }

  std::mt19937 random_{7};
};

}  // namespace

TEST_CASE("an intersection and a rest have the persons that they should have, or there is no such rest") {
  SetsByChance sets;
  std::size_t rests = 0;
  for (int i = 0; i < 4000; ++i) {
    const PeopleSet one = sets.next();
    const PeopleSet other = sets.next();
    const std::vector<bool> in_one = persons(one);
    const std::vector<bool> in_other = persons(other);
    std::vector<bool> in_both(in_one.size());
    std::vector<bool> in_rest(in_one.size());
    for (std::size_t p = 0; p < in_one.size(); ++p) {
      in_both[p] = in_one[p] && in_other[p];
      in_rest[p] = in_one[p] && !in_other[p];
    }
    CHECK(persons(intersection(one, other)) == in_both);
    CHECK(is_empty(intersection(one, other)) == (in_both == std::vector<bool>(in_both.size(), false)));
    PeopleSet rest = one;
    const std::vector<std::string_view> keys = subtract(rest, other);
    CHECK(persons(rest) == (keys.empty() ? in_rest : in_one));
    rests += keys.empty() ? 1 : 0;
  }
  CHECK(rests > 1000);
  CHECK(rests < 3900);
}

TEST_CASE("what tells apart a rest that is no set is named") {
  PeopleSet set = everybody(groups, regions);
  PeopleSet others = everybody(groups, regions);
  others.groups[0] = false;
  others.native = false;
  CHECK(subtract(set, others) == std::vector<std::string_view>{"attributes", "foreign_born"});
  others = everybody(groups, regions);
  others.age_from = 15;
  others.age_to = 65;
  CHECK(subtract(set, others) == std::vector<std::string_view>{"age"});
  others.residences[1] = false;
  CHECK(subtract(set, others) == std::vector<std::string_view>{"age", "residence"});
  CHECK(persons(set) == persons(everybody(groups, regions)));
}

TEST_CASE("nobody is nobody, whatever makes the set empty") {
  PeopleSet set = everybody(groups, regions);
  CHECK(who_of(set).groups == std::vector<bool>(groups, true));
  CHECK_FALSE(who_of(set).foreign_born.has_value());
  set.native = false;
  CHECK(who_of(set).foreign_born == true);
  set.foreign = false;
  CHECK(who_of(set).groups == std::vector<bool>(groups, false));
  set = everybody(groups, regions);
  set.age_from = set.age_to = 5;
  CHECK(who_of(set).groups == std::vector<bool>(groups, false));
}

}  // namespace people_set_test
