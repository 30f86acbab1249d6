#include "sim/engine/age_draws.hpp"

#include <doctest/doctest.h>

#include "sim/base/random_names.hpp"
#include "tests/support/statistics.hpp"
#include "tests/support/vital_world.hpp"

namespace age_draws_test {

using namespace sojourn;

TEST_CASE(
    "the older of those who die are a binomial number, of one or of many, and nobody else's numbers are "
    "used") {
  Scenario scenario = test::small_scenario(1, "2011-01-01", "4 months", {}, 70);
  scenario.output.stock_by_age = true;
  scenario.output.age_from = {0, 60};
  test::add_deaths(scenario,
                   test::add_age_factor(scenario, "m", FactorPlaces::everywhere, false, {0, 60}, {1, 3}));
  EventAges ages(scenario);
  Numbers numbers(scenario, scenario.variants[0]);
  numbers.update(scenario.time.boundary(1), scenario.time.boundary(2));
  ages.update(numbers, Step{1});
  const double half = scenario.time.middle(Step{1});
  const double share = 3 * half / (3 * half + 1 - half);
  const Cohort cut{10};  // of 59 years at the start
  RandomNameLog names;
  const RunKey key{1, 0, &names};
  test::Moments ones;
  test::Moments many;
  AgeDraws draws(ages, key, {Process::recorded_ages, 1, 0, 0});
  CHECK(draws.older(EventId{0}, Region{0}, Group{0}, Cohort{20}, 7) == 0);
  CHECK(names.size() == 0);
  for (int i = 0; i < 20000; ++i) {
    ones.add(static_cast<double>(draws.older(EventId{0}, Region{0}, Group{0}, cut, 1)));
    many.add(static_cast<double>(draws.older(EventId{0}, Region{0}, Group{0}, cut, 40)));
  }
  CHECK(names.size() == 1);
  CHECK(ones.mean_sigmas(share, share * (1 - share)) < test::five_sigma);
  CHECK(many.mean_sigmas(40 * share, 40 * share * (1 - share)) < test::five_sigma);
  CHECK(many.variance_sigmas(40 * share * (1 - share)) < test::five_sigma);
}

}  // namespace age_draws_test
