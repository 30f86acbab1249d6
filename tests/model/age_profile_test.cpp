#include "sim/model/age_profile.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <functional>
#include <vector>

#include "sim/model/schedule.hpp"
#include "tests/support/vital_world.hpp"

namespace age_profile_test {

using namespace sojourn;

namespace {

constexpr std::size_t ages = 60;
constexpr YearOfSteps first_year{0, 12};

Scenario two_regions() { return test::small_scenario(2, "2013-01-01", "1 month", {}, ages); }

/// The numbers of a step.
Numbers numbers_of(const Scenario& scenario, std::size_t step, std::vector<PolicyId> policies = {}) {
  Numbers numbers(scenario, Variant{"v", std::move(policies)});
  numbers.update(scenario.time.boundary(step), scenario.time.boundary(step + 1));
  return numbers;
}

}  // namespace

TEST_CASE("a schedule is the same in all cells, and bounded for the year") {
  Scenario scenario = two_regions();
  Stream& stream = test::add_stream(scenario, "work", 1);
  stream.hazard.schedule = AgeTable{{0, 20, 40}, {1, 3, 2}};
  AgeProfile profile(scenario, {std::cref(stream)}, 2.0);
  CHECK_FALSE(profile.differs_between_cells());
  for (std::size_t step = 0; step < 12; ++step) {
    CHECK(profile.update(numbers_of(scenario, step), Step{step}, first_year, step == 0) == (step == 0));
    const std::vector<double> schedule = schedule_by_cohort(stream.who, stream.hazard, 2.0, Cohorts(scenario),
                                                            scenario.time.middle(Step{step}));
    for (std::size_t c = 0; c < schedule.size(); ++c) {
      CHECK(profile.values(0)[c] == schedule[c]);
      CHECK(profile.values(1)[c] == schedule[c]);
      CHECK(profile.bounds(1)[c] >= schedule[c]);
    }
  }
}

TEST_CASE("a factor by age is each cell's own, and new bounds are made only where it rises beyond them") {
  Scenario scenario = two_regions();
  const FactorId factor =
      test::add_age_factor(scenario, "m", FactorPlaces::region, false, {0, 20}, {1, 4, 10, 40});
  const Deaths& deaths = test::add_deaths(scenario, factor);
  const auto rise = [&](const char* name, double by) {
    Policy policy;
    policy.name = name;
    policy.from = *parse_date("2010-02-01");
    Change change;
    change.target = factor;
    change.kind = Change::Kind::scale;
    change.amount = by;
    policy.changes.push_back(change);
    scenario.policies.push_back(policy);
  };
  rise("a little", 1.04);
  rise("much", 1.5);
  AgeProfile profile(scenario, {std::cref(deaths)}, 1.0);
  CHECK(profile.differs_between_cells());
  CHECK(profile.update(numbers_of(scenario, 0), Step{0}, first_year, true));
  const std::size_t child = ages - 1 - 5;
  const std::size_t adult = ages - 1 - 30;
  CHECK(profile.values(0)[child] == doctest::Approx(1));
  CHECK(profile.values(0)[adult] == doctest::Approx(4));
  CHECK(profile.values(1)[child] == doctest::Approx(10));
  CHECK(profile.values(1)[adult] == doctest::Approx(40));
  CHECK(profile.bounds(1)[adult] == doctest::Approx(42));
  CHECK_FALSE(profile.update(numbers_of(scenario, 2, {PolicyId{0}}), Step{2}, first_year, false));
  CHECK(profile.values(1)[adult] == doctest::Approx(41.6));
  CHECK(profile.update(numbers_of(scenario, 2, {PolicyId{1}}), Step{2}, first_year, false));
  CHECK(profile.bounds(1)[adult] == doctest::Approx(63));
}

}  // namespace age_profile_test
