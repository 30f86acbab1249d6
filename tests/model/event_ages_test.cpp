#include "sim/model/event_ages.hpp"

#include <doctest/doctest.h>

#include "tests/support/vital_world.hpp"

namespace event_ages_test {

using namespace sojourn;

namespace {

/// A step of half a year from a quarter of a year after the start on: in its middle, all cohorts that a whole
/// year cuts have half of their ages on each side.
constexpr Step middle_of_year{1};

Scenario scenario_by_age() {
  Scenario scenario = test::small_scenario(2, "2011-01-01", "4 months", {{"sex", {"f", "m"}}}, 70);
  scenario.output.stock_by_age = true;
  scenario.output.flow_by_age = true;
  scenario.output.age_from = {0, 20, 60};
  return scenario;
}

/// The share of those of completed age `age` at the start who are older, of an event in the middle of the
/// year.
double older_of(const Scenario& scenario, std::size_t event, std::size_t age, Region region = Region{0},
                Group group = Group{0}) {
  EventAges ages(scenario);
  Numbers numbers(scenario, scenario.variants[0]);
  numbers.update(scenario.time.boundary(1), scenario.time.boundary(2));
  ages.update(numbers, middle_of_year);
  const Cohort cohort{scenario.population.ages - 1 - age};
  REQUIRE(ages.groups().cuts(cohort));
  return ages.older_share(EventId{event}, region, group, cohort);
}

}  // namespace

TEST_CASE("events are on each side of a bound in proportion to hazard times exposure") {
  Scenario scenario = scenario_by_age();
  const double older = scenario.time.middle(middle_of_year);
  test::add_stream(scenario, "flat", 1);
  test::add_stream(scenario, "table", 1).hazard.schedule = AgeTable{{0, 20}, {1, 3}};
  test::add_stream(scenario, "named", 1).who.age_from = 20;
  test::add_stream(scenario, "named otherwise", 1).who.age_to = 20;
  test::add_deaths(scenario, test::add_age_factor(scenario, "m", FactorPlaces::region, true, {0, 20, 60},
                                                  {1, 1, 0, 1, 3, 0, 2, 2, 7, 0, 0, 1}));
  CHECK(older_of(scenario, 0, 19) == doctest::Approx(older));
  CHECK(older_of(scenario, 1, 19) == doctest::Approx(3 * older / (3 * older + 1 - older)));
  CHECK(older_of(scenario, 2, 19) == 1);
  CHECK(older_of(scenario, 3, 19) == 0);
  // Rates by region and sex.
  CHECK(older_of(scenario, 4, 19, Region{0}, Group{0}) == doctest::Approx(older));
  CHECK(older_of(scenario, 4, 59, Region{0}, Group{0}) == 0);
  CHECK(older_of(scenario, 4, 19, Region{0}, Group{1}) ==
        doctest::Approx(3 * older / (3 * older + 1 - older)));
  CHECK(older_of(scenario, 4, 59, Region{1}, Group{0}) ==
        doctest::Approx(7 * older / (7 * older + 2 * (1 - older))));
  CHECK(older_of(scenario, 4, 59, Region{1}, Group{1}) == 1);
}

TEST_CASE("nothing is cut where nothing is recorded by age") {
  Scenario scenario = scenario_by_age();
  scenario.output.stock_by_age = scenario.output.flow_by_age = false;
  test::add_stream(scenario, "flat", 1);
  EventAges ages(scenario);
  Numbers numbers(scenario, scenario.variants[0]);
  numbers.update(scenario.time.boundary(1), scenario.time.boundary(2));
  ages.update(numbers, middle_of_year);
  for (std::size_t c = 0; c < 70; ++c) CHECK_FALSE(ages.groups().cuts(Cohort{c}));
}

}  // namespace event_ages_test
