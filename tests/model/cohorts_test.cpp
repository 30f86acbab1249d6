#include "sim/model/cohorts.hpp"

#include <doctest/doctest.h>

using namespace sojourn;

TEST_CASE("cohort 0 is the oldest, and the last was born in the year before the start") {
  const Cohorts cohorts(101);
  CHECK(cohorts.count() == 101);
  CHECK(cohorts.age(Cohort{0}, 0) == 100.5);
  CHECK(cohorts.age(Cohort{100}, 0) == 0.5);
}

TEST_CASE("ages follow from the time") {
  const Cohorts cohorts(3);
  CHECK(cohorts.age(Cohort{2}, 0.25) == 0.75);
  CHECK(cohorts.age(Cohort{1}, 10) == 11.5);
}
