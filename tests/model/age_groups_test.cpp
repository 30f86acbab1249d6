#include "sim/model/age_groups.hpp"

#include <doctest/doctest.h>

namespace age_groups_test {

using namespace sojourn;

TEST_CASE("an age is in the group that begins last before it") {
  const std::vector<double> from = {0, 15, 65};
  CHECK(age_group(from, 0) == 0);
  CHECK(age_group(from, 14.99) == 0);
  CHECK(age_group(from, 15) == 1);
  CHECK(age_group(from, 200) == 2);
}

TEST_CASE("a cohort is of one group, or of the two whose bound cuts it, by what it has of each") {
  // Cohorts of completed ages 9 ... 0 at the start, and two that are born later.
  AgeGroups groups(Cohorts(10, 2), {0, 1, 5});
  CHECK(groups.count() == 3);
  groups.set_time(0);
  for (std::size_t c = 0; c < 12; ++c) CHECK_FALSE(groups.cuts(Cohort{c}));
  CHECK(groups.of(Cohort{9}) == 0);
  CHECK(groups.of(Cohort{8}) == 1);
  CHECK(groups.of(Cohort{4}) == 2);
  for (const double years : {0.25, 0.75}) {
    groups.set_time(years);
    CHECK(groups.of(Cohort{9}) == 0);  // 0.25 to 1.25, 0.75 to 1.75
    CHECK(groups.older_share(Cohort{9}) == doctest::Approx(years));
    CHECK(groups.bound(Cohort{9}) == 1);
    CHECK(groups.of(Cohort{5}) == 1);
    CHECK(groups.older_share(Cohort{5}) == doctest::Approx(years));
    CHECK(groups.bound(Cohort{5}) == 5);
    CHECK_FALSE(groups.cuts(Cohort{8}));
    CHECK(groups.of(Cohort{8}) == 1);
    CHECK_FALSE(groups.cuts(Cohort{10}));  // being born
    CHECK(groups.of(Cohort{10}) == 0);
    CHECK(groups.of(Cohort{11}) == 0);
  }
  // A year from July to July may lack a day of leap: that cuts nobody.
  groups.set_time(0.9986);
  for (std::size_t c = 0; c < 12; ++c) CHECK_FALSE(groups.cuts(Cohort{c}));
  CHECK(groups.of(Cohort{9}) == 1);
}

TEST_CASE("without bounds all are of one group") {
  AgeGroups groups;
  groups.set_time(0.5);
  CHECK(groups.count() == 1);
  CHECK(groups.of(Cohort{7}) == 0);
  CHECK_FALSE(groups.cuts(Cohort{7}));
}

}  // namespace age_groups_test
