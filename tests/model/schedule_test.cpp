#include "sim/model/schedule.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <optional>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace schedule_test {

using namespace sojourn;
using namespace sojourn::test;

namespace {

/// The mean of the schedule of Rogers and Castro over [from, to): its parts but one have antiderivatives, and
/// the hump is summed finely.
double exact_mean(const RogersCastro& p, double from, double to) {
  constexpr int pieces = 20000;
  long double hump = 0;
  for (int i = 0; i < pieces; ++i) {
    const long double x = from + (to - from) * (i + 0.5L) / pieces - p.mu2;
    hump += p.a2 * std::exp(-p.alpha2 * x - std::exp(-p.lambda2 * x)) / pieces;
  }
  const long double childhood =
      p.a1 / p.alpha1 * (std::exp(-p.alpha1 * from) - std::exp(-p.alpha1 * to)) / (to - from);
  return static_cast<double>(childhood + hump + p.c);
}

const AgeTable steps{{0, 2, 10}, {1, 5, 3}};

}  // namespace

TEST_CASE("the standard schedule is that of Rogers and Castro (1981)") {
  const RogersCastro standard;
  CHECK(rogers_castro(standard, 0) == doctest::Approx(0.023).epsilon(1e-6));
  CHECK(rogers_castro(standard, 1) == doctest::Approx(0.0210967).epsilon(5e-6));
  CHECK(rogers_castro(standard, 10) == doctest::Approx(0.0103576).epsilon(5e-6));
  CHECK(rogers_castro(standard, 20) == doctest::Approx(0.0277795).epsilon(5e-6));
  CHECK(rogers_castro(standard, 30) == doctest::Approx(0.0256679).epsilon(5e-6));
  CHECK(rogers_castro(standard, 50) == doctest::Approx(0.006122).epsilon(1e-5));
  CHECK(rogers_castro(standard, 100) == doctest::Approx(0.003021).epsilon(1e-5));
}

TEST_CASE("the schedule with other parameters: high dependency, female (UN 1992)") {
  const RogersCastro high{0.0318, 0.107, 0.0632, 0.1436, 20.04, 0.4003, 0.0036};
  CHECK(rogers_castro(high, 0) == doctest::Approx(0.0354).epsilon(5e-6));
  CHECK(rogers_castro(high, 15) == doctest::Approx(0.010059).epsilon(1e-5));
  CHECK(rogers_castro(high, 20) == doctest::Approx(0.0303509).epsilon(5e-6));
}

TEST_CASE("means over a cohort's ages") {
  const RogersCastro standard;
  for (double age = 0.5; age < 101; ++age) {
    CAPTURE(age);
    CHECK(schedule_mean(standard, age) ==
          doctest::Approx(exact_mean(standard, age - 0.5, age + 0.5)).epsilon(1e-9));
  }
  CHECK(schedule_mean(standard, 20, 5) == doctest::Approx(exact_mean(standard, 17.5, 22.5)).epsilon(1e-5));
  CHECK(schedule_mean(FlatSchedule{}, 33) == 1.0);
}

TEST_CASE("means of a table, across its steps and behind its last one") {
  CHECK(schedule_mean(steps, 1) == 1.0);
  CHECK(schedule_mean(steps, 2) == doctest::Approx(3.0));     // half at 1, half at 5
  CHECK(schedule_mean(steps, 9.75) == doctest::Approx(4.5));  // three quarters at 5, one at 3
  CHECK(schedule_mean(steps, 6, 12) == doctest::Approx((2 * 1 + 8 * 5 + 2 * 3) / 12.0));
  CHECK(schedule_mean(steps, 500) == doctest::Approx(3.0));
}

TEST_CASE("ages begin at 0") {
  CHECK(schedule_mean(steps, 0.25) == doctest::Approx(1.0));
  CHECK(schedule_mean(AgeTable{{0, 0.5}, {1, 3}}, 0.25) == doctest::Approx((0.5 * 1 + 0.25 * 3) / 0.75));
}

TEST_CASE("the divisor makes the mean over those who are named 1") {
  Scenario scenario = small_scenario(2, "2011-01-01", "1 month", {{"sex", {"female", "male"}}}, 12);
  Stream& stream = add_stream(scenario, "labour", 0.01);
  stream.hazard.schedule = steps;  // age 0, 1: 1; 2 to 9: 5; 10, 11: 3
  stayers(scenario, 0, 0, 0) = 10;
  stayers(scenario, 0, 0, 5) = 30;
  stayers(scenario, 0, 1, 11) = 20;
  stayers(scenario, 1, 0, 5) = 40;
  add_movers(scenario, 0, 1, 60, 0, 11);
  add_movers(scenario, 1, 1, 100, 1, 5);

  SUBCASE("everybody, where all are named") {
    CHECK(schedule_divisor(scenario, stream.who, stream.hazard) ==
          doctest::Approx((10 * 1 + 30 * 5 + 20 * 3 + 40 * 5 + 60 * 3 + 100 * 5) / 260.0));
  }
  SUBCASE("residence and group") {
    stream.who.residences = {true, false};
    stream.who.groups = {true, false};
    CHECK(schedule_divisor(scenario, stream.who, stream.hazard) ==
          doctest::Approx((10 * 1 + 30 * 5 + 60 * 3) / 100.0));
    stream.hazard.schedule_mean = ScheduleMean::everybody;
    CHECK(schedule_divisor(scenario, stream.who, stream.hazard) == doctest::Approx(1100 / 260.0));
  }
  SUBCASE("ages, by a cohort's middle") {
    stream.who.age_from = 5.5;
    stream.who.age_to = 11.5;
    CHECK(schedule_divisor(scenario, stream.who, stream.hazard) == doctest::Approx(5.0));
    stream.who.age_to = 11.6;
    CHECK(schedule_divisor(scenario, stream.who, stream.hazard) ==
          doctest::Approx((30 * 5 + 20 * 3 + 40 * 5 + 60 * 3 + 100 * 5) / 250.0));
  }
  SUBCASE("the foreign-born; a mover who lives where it was born is none") {
    stream.who.foreign_born = true;
    CHECK(schedule_divisor(scenario, stream.who, stream.hazard) == doctest::Approx(3.0));
    stream.who.foreign_born = false;
    CHECK(schedule_divisor(scenario, stream.who, stream.hazard) ==
          doctest::Approx((10 * 1 + 30 * 5 + 20 * 3 + 40 * 5 + 100 * 5) / 200.0));
  }
  SUBCASE("as given") {
    stream.hazard.schedule_mean = ScheduleMean::as_given;
    CHECK(schedule_divisor(scenario, stream.who, stream.hazard) == 1.0);
  }
  SUBCASE("a row of movers is spread over its cohorts") {
    scenario.population.movers[0].cohort_from = Cohort{0};
    scenario.population.movers[0].cohort_to = Cohort{12};
    CHECK(
        schedule_divisor(scenario, stream.who, stream.hazard) ==
        doctest::Approx((10 * 1 + 30 * 5 + 20 * 3 + 40 * 5 + 100 * 5 + 5 * (2 * 1 + 8 * 5 + 2 * 3)) / 260.0));
  }
}

TEST_CASE("where nobody is named at the start, all ages that the stream names weigh the same") {
  Scenario scenario = small_scenario(1, "2011-01-01", "1 month", {}, 12);
  Stream& stream = add_stream(scenario, "labour", 0.01);
  stream.hazard.schedule = steps;
  stream.who.age_from = 8;
  stream.who.age_to = 14;
  CHECK(schedule_divisor(scenario, stream.who, stream.hazard) == doctest::Approx((2 * 5 + 4 * 3) / 6.0));
}

TEST_CASE("the mean hazard of those who are named is the rate") {
  Scenario scenario = small_scenario(1, "2011-01-01", "1 month", {}, 101);
  Stream& stream = add_stream(scenario, "labour", 0.01);
  stream.hazard.schedule = RogersCastro{};
  stream.who.age_from = 15;
  stream.who.age_to = 65;
  for (std::size_t age = 0; age < 101; ++age)
    stayers(scenario, 0, 0, age) = 1000 - 9.0 * static_cast<double>(age);
  const std::vector<double> values = schedule_by_cohort(
      stream.who, stream.hazard, schedule_divisor(scenario, stream.who, stream.hazard), Cohorts(101), 0);
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
