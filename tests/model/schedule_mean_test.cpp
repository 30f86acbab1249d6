#include "sim/model/schedule_mean.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "tests/support/small_scenario.hpp"

namespace schedule_mean_test {

using namespace sojourn;        // NOLINT(google-build-using-namespace)
using namespace sojourn::test;  // NOLINT(google-build-using-namespace)

namespace {

/// The mean of the schedule of Rogers and Castro over [from, to): its parts but one have antiderivatives, and
/// the hump is summed finely.
double exact_mean_of(const RogersCastro& p, double from, double to) {
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

const AgeTable ratios_by_age{{0, 2, 10}, {1, 5, 3}};

double divisor_of(const Scenario& scenario, const Stream& stream) {
  const std::vector<double> divisors = schedule_divisors(scenario, stream.who, stream.hazard);
  REQUIRE(divisors.size() == 1);
  return divisors[0];
}

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
          doctest::Approx(exact_mean_of(standard, age - 0.5, age + 0.5)).epsilon(1e-9));
  }
  CHECK(schedule_mean(standard, 20, 5) == doctest::Approx(exact_mean_of(standard, 17.5, 22.5)).epsilon(1e-5));
  CHECK(schedule_mean(FlatSchedule{}, 33) == 1.0);
}

TEST_CASE("means of a table, across its steps and behind its last one") {
  CHECK(schedule_mean(ratios_by_age, 1) == 1.0);
  CHECK(schedule_mean(ratios_by_age, 2) == doctest::Approx(3.0));     // half at 1, half at 5
  CHECK(schedule_mean(ratios_by_age, 9.75) == doctest::Approx(4.5));  // three quarters at 5, one at 3
  CHECK(schedule_mean(ratios_by_age, 6, 12) == doctest::Approx((2 * 1 + 8 * 5 + 2 * 3) / 12.0));
  CHECK(schedule_mean(ratios_by_age, 500) == doctest::Approx(3.0));
}

TEST_CASE("ages begin at 0") {
  CHECK(schedule_mean(ratios_by_age, 0.25) == doctest::Approx(1.0));
  CHECK(schedule_mean(AgeTable{{0, 0.5}, {1, 3}}, 0.25) == doctest::Approx((0.5 * 1 + 0.25 * 3) / 0.75));
}

TEST_CASE("the divisor makes the mean over those who are named 1") {
  Scenario scenario = small_scenario(2, "2011-01-01", "1 month", {{"sex", {"female", "male"}}}, 12);
  Stream& stream = add_stream(scenario, "labour", 0.01);
  stream.hazard.schedule = ratios_by_age;  // age 0, 1: 1; 2 to 9: 5; 10, 11: 3
  stayers(scenario, 0, 0, 0) = 10;
  stayers(scenario, 0, 0, 5) = 30;
  stayers(scenario, 0, 1, 11) = 20;
  stayers(scenario, 1, 0, 5) = 40;
  add_movers(scenario, 0, 1, 60, 0, 11);
  add_movers(scenario, 1, 1, 100, 1, 5);

  SUBCASE("everybody, where all are named") {
    CHECK(divisor_of(scenario, stream) ==
          doctest::Approx((10 * 1 + 30 * 5 + 20 * 3 + 40 * 5 + 60 * 3 + 100 * 5) / 260.0));
  }
  SUBCASE("residence and group") {
    stream.who.residences = {true, false};
    stream.who.groups = {true, false};
    CHECK(divisor_of(scenario, stream) == doctest::Approx((10 * 1 + 30 * 5 + 60 * 3) / 100.0));
    stream.hazard.schedule_mean = ScheduleMean::everybody;
    CHECK(divisor_of(scenario, stream) == doctest::Approx(1100 / 260.0));
  }
  SUBCASE("ages, by a cohort's middle") {
    stream.who.age_from = 5.5;
    stream.who.age_to = 11.5;
    CHECK(divisor_of(scenario, stream) == doctest::Approx(5.0));
    stream.who.age_to = 11.6;
    CHECK(divisor_of(scenario, stream) ==
          doctest::Approx((30 * 5 + 20 * 3 + 40 * 5 + 60 * 3 + 100 * 5) / 250.0));
  }
  SUBCASE("the foreign-born; a mover who lives where it was born is none") {
    stream.who.foreign_born = true;
    CHECK(divisor_of(scenario, stream) == doctest::Approx(3.0));
    stream.who.foreign_born = false;
    CHECK(divisor_of(scenario, stream) ==
          doctest::Approx((10 * 1 + 30 * 5 + 20 * 3 + 40 * 5 + 100 * 5) / 200.0));
  }
  SUBCASE("as given") {
    stream.hazard.schedule_mean = ScheduleMean::as_given;
    CHECK(divisor_of(scenario, stream) == 1.0);
  }
  SUBCASE("a row of movers is spread over its cohorts") {
    scenario.population.movers[0].cohort_from = Cohort{0};
    scenario.population.movers[0].cohort_to = Cohort{12};
    CHECK(
        divisor_of(scenario, stream) ==
        doctest::Approx((10 * 1 + 30 * 5 + 20 * 3 + 40 * 5 + 100 * 5 + 5 * (2 * 1 + 8 * 5 + 2 * 3)) / 260.0));
  }
}

TEST_CASE("with 'region', each region's own people make the mean 1 there") {
  Scenario scenario = small_scenario(3, "2011-01-01", "1 month", {{"sex", {"female", "male"}}}, 12);
  Stream& stream = add_stream(scenario, "labour", 0.01);
  stream.hazard.schedule = ratios_by_age;  // age 0, 1: 1; 2 to 9: 5; 10, 11: 3
  stream.hazard.schedule_mean = ScheduleMean::region;
  stayers(scenario, 0, 0, 0) = 100;
  stayers(scenario, 0, 1, 5) = 300;
  stayers(scenario, 1, 0, 11) = 200;
  add_movers(scenario, 1, 0, 600, 1, 0);
  CHECK(schedule_divisors(scenario, stream.who, stream.hazard) ==
        std::vector<double>{(100 * 1 + 300 * 5) / 400.0, (200 * 3 + 600 * 1) / 800.0, 1.0});
  const std::vector<ScheduleReference> people = schedule_references(scenario, stream.who, stream.hazard);
  REQUIRE(people.size() == 3);
  CHECK(people[1].persons == 800);
  CHECK(people[1].mean_age == doctest::Approx((200 * 11.5 + 600 * 0.5) / 800));
  CHECK(people[2].persons == 0);
  SUBCASE("of those who are named") {
    stream.who.groups = {false, true};
    CHECK(schedule_divisors(scenario, stream.who, stream.hazard) == std::vector<double>{5, 1, 1});
    stream.who.foreign_born = true;
    CHECK(schedule_divisors(scenario, stream.who, stream.hazard) == std::vector<double>{1, 1, 1});
  }
}

TEST_CASE("with a standard population, the mean is over those of it whose age is named, whoever is there") {
  Scenario scenario = small_scenario(1, "2011-01-01", "1 month", {}, 12);
  Stream& stream = add_stream(scenario, "labour", 0.01);
  stream.hazard.schedule = ratios_by_age;
  stream.hazard.schedule_mean = ScheduleMean::standard;
  stream.hazard.standard = std::vector<double>(20, 0.0);
  stream.hazard.standard[1] = 3;
  stream.hazard.standard[4] = 1;
  stream.hazard.standard[15] = 4;
  CHECK(divisor_of(scenario, stream) == doctest::Approx((3 * 1 + 1 * 5 + 4 * 3) / 8.0));
  stayers(scenario, 0, 0, 4) = 1e6;
  CHECK(divisor_of(scenario, stream) == doctest::Approx((3 * 1 + 1 * 5 + 4 * 3) / 8.0));
  stream.who.age_from = 2;
  stream.who.age_to = 15;
  CHECK(divisor_of(scenario, stream) == doctest::Approx(5));
}

TEST_CASE("what is counted are persons, whatever an agent stands for") {
  Scenario scenario = small_scenario(2, "2011-01-01", "1 month", {}, 12);
  Stream& stream = add_stream(scenario, "labour", 0.01);
  stream.hazard.schedule = ratios_by_age;
  stayers(scenario, 0, 0, 0) = 30;
  stayers(scenario, 1, 0, 5) = 10;
  for (const ScheduleMean mean : {ScheduleMean::named, ScheduleMean::everybody, ScheduleMean::region}) {
    stream.hazard.schedule_mean = mean;
    const std::vector<double> by_one = schedule_divisors(scenario, stream.who, stream.hazard);
    Scenario coarse = scenario;
    coarse.persons_per_agent = 100;
    CHECK(schedule_divisors(coarse, stream.who, stream.hazard) == by_one);
  }
}

TEST_CASE("where nobody is, nothing is divided") {
  const Scenario scenario = [] {
    Scenario empty = small_scenario(1, "2011-01-01", "1 month", {}, 12);
    add_stream(empty, "labour", 0.01).hazard.schedule = ratios_by_age;
    return empty;
  }();
  CHECK(divisor_of(scenario, scenario.streams[0]) == 1);
  CHECK(schedule_references(scenario, scenario.streams[0].who, scenario.streams[0].hazard)[0].persons == 0);
}

}  // namespace schedule_mean_test
