#include "sim/engine/rate_faults.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/small_scenario.hpp"

namespace rate_faults_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

StartRate rate_of(StartRate::Kind kind, double events, double concerned) {
  StartRate rate;
  rate.kind = kind;
  rate.name = "go";
  rate.events = {events};
  rate.concerned = {concerned};
  return rate;
}

std::string told(const StartRate& rate, const std::string& when = "") {
  const Scenario scenario = test::small_scenario(1);
  StartRates rates;
  rates.persons = {1000};
  std::string text;
  for (const RateFault& fault : faults_of(scenario, rates, rate, Step{0}, when))
    text += fault.id + ' ' + fault.what + '\n';
  return text;
}

}  // namespace

TEST_CASE("births and deaths are held against those of all people, and are then told once") {
  using Kind = StartRate::Kind;
  CHECK(told(rate_of(Kind::births, 199, 100)).find("unheard-of") == std::string::npos);
  CHECK(told(rate_of(Kind::births, 300, 1000)) ==
        "births-or-deaths-unheard-of births: 0.3 a year at the start for each person\n");
  CHECK(told(rate_of(Kind::deaths, 300, 1000)).empty());
  CHECK(told(rate_of(Kind::deaths, 2000, 1000), " then") ==
        "births-or-deaths-unheard-of deaths: 2 a year then for each person\n");
  StartRates rates;
  rates.persons = {1000};
  CHECK_FALSE(unheard_of(rates, rate_of(Kind::stream, 9000, 1000)));
}

TEST_CASE("other rates are held against those concerned, and hazards against the step") {
  using Kind = StartRate::Kind;
  CHECK(told(rate_of(Kind::stream, 90, 100)).empty());
  CHECK(told(rate_of(Kind::stream, 600, 100), " then") ==
        "rate-above-one stream 'go': 6 a year then for each person concerned\n"
        "step-too-long stream 'go': the mean hazard in a step of 1 month is 0.51 (6 a year) then\n");
  CHECK(told(rate_of(Kind::giving_up, 200, 100)).empty());
}

TEST_CASE("an inflow is held against those who are there") {
  StartRates rates;
  rates.persons = {1000};
  CHECK(faults_of(rates, StartInflow{"w", 1000}, "").empty());
  const auto faults = faults_of(rates, StartInflow{"w", 12000}, "");
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].id == "inflow-above-people");
  CHECK(faults[0].what ==
        "inflow 'w': 12,000 persons a year at the start, more than the 1,000 who live in all regions at the "
        "start");
  rates.persons = {0};
  CHECK(faults_of(rates, StartInflow{"w", 12000}, "").empty());
}

}  // namespace rate_faults_test
