#include "sim/model/cohorts.hpp"

#include <doctest/doctest.h>

namespace cohorts_test {

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

TEST_CASE("a cohort that is being born has the ages of those born already; one of the future has none") {
  const Cohorts cohorts(3, 2);
  CHECK(cohorts.count() == 5);
  CHECK(cohorts.ages(Cohort{3}, 0.5).from == 0);
  CHECK(cohorts.ages(Cohort{3}, 0.5).to == doctest::Approx(0.5));
  CHECK(cohorts.age(Cohort{3}, 0.5) == doctest::Approx(0.25));
  CHECK(cohorts.age(Cohort{3}, 1) == doctest::Approx(0.5));
  CHECK(cohorts.age(Cohort{3}, 4.25) == doctest::Approx(3.75));
  CHECK(cohorts.ages(Cohort{4}, 0.5).to == 0);
  CHECK(cohorts.newborn(0) == Cohort{3});
  CHECK(cohorts.newborn(1) == Cohort{4});
  CHECK(cohorts.newborn(2) == Cohort{4});  // the run ends there
  CHECK(cohorts.first_born_after(0) == 3);
  CHECK(cohorts.first_born_after(1) == 4);
}

TEST_CASE("ages are spread evenly over a cohort, and a bound beside its end does not cut it") {
  const Cohorts cohorts(3, 2);
  CHECK(cohorts.share(Cohort{2}, 0, 0, 1) == 1);
  CHECK(cohorts.share(Cohort{2}, 0, 1, 9) == 0);
  CHECK(cohorts.share(Cohort{2}, 0.25, 0, 1) == doctest::Approx(0.75));
  CHECK(cohorts.share(Cohort{2}, 0.25, 1, 9) == doctest::Approx(0.25));
  CHECK(cohorts.share(Cohort{2}, 0.9986, 1, 9) == 1);
  CHECK(cohorts.share(Cohort{2}, 0.9986, 0, 1) == 0);
  CHECK(cohorts.share(Cohort{3}, 0.001, 0, 1) == 1);  // being born for some hours
  CHECK(cohorts.share(Cohort{3}, 0.001, 1, 9) == 0);
  CHECK(cohorts.share(Cohort{4}, 0.5, 0, 1) == 1);  // not born yet
}

}  // namespace cohorts_test
