#include "sim/model/schedule.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/support/small_scenario.hpp"

namespace schedule_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

const AgeTable steps{{0, 2, 10}, {1, 5, 3}};

}  // namespace

TEST_CASE("the mean hazard of those who are named is the rate") {
  Scenario scenario = small_scenario(1, "2011-01-01", "1 month", {}, 101);
  Stream& stream = add_stream(scenario, "labour", 0.01);
  stream.hazard.schedule = RogersCastro{};
  stream.who.age_from = 15;
  stream.who.age_to = 65;
  for (std::size_t age = 0; age < 101; ++age)
    stayers(scenario, 0, 0, age) = 1000 - 9.0 * static_cast<double>(age);
  const std::vector<double> values = schedule_by_cohort(
      stream.who, stream.hazard, schedule_divisors(scenario, stream.who, stream.hazard)[0], Cohorts(101), 0);
  double persons = 0;
  double sum = 0;
  for (std::size_t age = 0; age < 101; ++age) {
    const double value = values[100 - age];
    if (age < 15 || age >= 65) {
      CHECK(value == 0);
      continue;
    }
    persons += stayers(scenario, 0, 0, age);
    sum += value * stayers(scenario, 0, 0, age);
  }
  CHECK(sum / persons == doctest::Approx(1.0).epsilon(1e-12));
}

TEST_CASE("the schedule by cohort moves with the time") {
  Scenario scenario = small_scenario(1);
  Stream& stream = add_stream(scenario, "labour", 0.01);
  stream.hazard.schedule = steps;
  stream.who.age_to = 11;
  const Cohorts cohorts(12);
  const std::vector<double> now = schedule_by_cohort(stream.who, stream.hazard, 2.0, cohorts, 0);
  CHECK(now == std::vector<double>{0, 1.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 0.5, 0.5});
  const std::vector<double> later = schedule_by_cohort(stream.who, stream.hazard, 2.0, cohorts, 1.5);
  CHECK(later[0] == 0);                      // 13
  CHECK(later[1] == 0);                      // 12
  CHECK(later[2] == doctest::Approx(0.75));  // 10.5 to 11.5: a half is named
  CHECK(later[3] == doctest::Approx(2.0));   // 10: a half at 5, a half at 3, halved
  CHECK(later[11] == doctest::Approx(1.5));  // 2: a half at 1, a half at 5, halved
}

TEST_CASE("the stay table: constant from each duration to the next, averaged over arrivals and the step") {
  CHECK(stay_ratio({}, 3, 1, 1) == 1.0);
  const StayTable table{{0, 1, 5}, {2, 0.5, 0}};
  constexpr double instant = 1e-6;
  CHECK(stay_ratio(table, 0, instant, instant) == doctest::Approx(2));
  CHECK(stay_ratio(table, 0.999, instant, instant) == doctest::Approx(2));
  CHECK(stay_ratio(table, 1, instant, instant) == doctest::Approx(0.5));
  CHECK(stay_ratio(table, 4.999, instant, instant) == doctest::Approx(0.5));
  CHECK(stay_ratio(table, 5, instant, instant) == doctest::Approx(0));
  CHECK(stay_ratio(table, 500, 1, 1) == doctest::Approx(0));
  CHECK(stay_ratio(table, -1, 0.5, 0.25) == doctest::Approx(2));
  // Durations of 0 to 1 when the step of a year begins: half of all person-time lies below 1.
  CHECK(stay_ratio(table, 0, 1, 1) == doctest::Approx(0.5 * 2 + 0.5 * 0.5));
  // Durations of 0.5 to 1 and a step of a quarter: the share below 1 is 1 - (0.25^2 / 2) / (0.5 * 0.25).
  CHECK(stay_ratio(table, 0.5, 0.5, 0.25) == doctest::Approx(0.5 + 1.5 * 0.75));
  CHECK(stay_ratio(table, 1, 3, 1) == doctest::Approx(0.5));
}

}  // namespace schedule_test
