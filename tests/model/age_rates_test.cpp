#include "sim/model/age_rates.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace age_rates_test {

using namespace sojourn;

TEST_CASE("a cohort has the mean of the classes over its ages") {
  const std::vector<double> from = {0, 1, 5};
  const std::vector<double> classes = {8, 4, 2};
  // Cohorts of completed ages 5 ... 0 at the start, and two that are born later.
  AgeRates rates(from, Cohorts(6, 2));
  std::vector<double> by_cohort(8);
  rates.set_time(0);
  rates.by_cohort(classes, by_cohort);
  CHECK(by_cohort[0] == doctest::Approx(2));
  CHECK(by_cohort[1] == doctest::Approx(4));
  CHECK(by_cohort[5] == doctest::Approx(8));
  CHECK(by_cohort[6] == 0);
  rates.set_time(0.25);
  rates.by_cohort(classes, by_cohort);
  CHECK(by_cohort[1] == doctest::Approx(0.75 * 4 + 0.25 * 2));
  CHECK(by_cohort[5] == doctest::Approx(0.75 * 8 + 0.25 * 4));
  CHECK(by_cohort[6] == doctest::Approx(8));  // those born already are younger than a year
  CHECK(by_cohort[7] == 0);
}

TEST_CASE("ages that nobody named have no rate") {
  const std::vector<double> from = {0, 1, 5};
  const std::vector<double> classes = {8, 4, 2};
  AgeRates rates(from, Cohorts(6, 0), {2, 5});
  std::vector<double> by_cohort(6);
  rates.set_time(0.25);
  rates.by_cohort(classes, by_cohort);
  CHECK(by_cohort[0] == 0);                          // 5.25 to 6.25
  CHECK(by_cohort[1] == doctest::Approx(0.75 * 4));  // 4.25 to 5.25
  CHECK(by_cohort[2] == doctest::Approx(4));
  CHECK(by_cohort[4] == doctest::Approx(0.25 * 4));  // 1.25 to 2.25
  CHECK(by_cohort[5] == 0);
}

TEST_CASE("no cohort has more than the largest class that it has a part in") {
  const std::vector<double> from = {0, 1, 5, 80};
  const std::vector<double> classes = {8, 1, 2, 9};
  const AgeRates rates(from, Cohorts(100, 1));
  CHECK(rates.largest(classes, Cohort{99}, 0, 0.5) == 8);
  CHECK(rates.largest(classes, Cohort{98}, 0, 0.99) == 1);
  CHECK(rates.largest(classes, Cohort{95}, 0, 0.99) == 2);
  CHECK(rates.largest(classes, Cohort{20}, 0, 0.99) == 9);  // 79 at the start
  CHECK(rates.largest(classes, Cohort{100}, 0.1, 0.9) == 8);
}

}  // namespace age_rates_test
