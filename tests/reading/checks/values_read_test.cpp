#include "sim/reading/checks/values_read.hpp"

#include <doctest/doctest.h>

#include "tests/support/small_scenario.hpp"

namespace values_read_test {

using namespace sojourn;

namespace {

/// A rate by two regions, two groups and the ages 0-9, 10-19 and 20+: region, group and class are its digits.
struct ByAge {
  ByAge() {
    const FactorId id = test::add_factor(scenario, "f", FactorPlaces::region,
                                         {0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112});
    scenario.factors[id.index()].by_group = true;
    scenario.factors[id.index()].age_from = {0, 10, 20};
    who.groups = {true, true};
    who.residences = {true, true};
  }

  [[nodiscard]] LeastAndLargest read(std::optional<RegionAndGroup> only = std::nullopt) const {
    Numbers numbers(scenario, Variant{});
    numbers.update(scenario.time.boundary(0), scenario.time.boundary(1));
    return values_read(numbers.factor(FactorId{0}), scenario.factors[0].age_from, who, only);
  }

  Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {{"sex", {"f", "m"}}}, 80);
  Who who;
};

}  // namespace

TEST_CASE("a hazard reads the values of its regions, groups and ages") {
  ByAge rate;
  CHECK(rate.read().least == 0);
  CHECK(rate.read().largest == 112);
  rate.who.residences = {false, true};
  CHECK(rate.read().least == 100);
  rate.who.groups = {true, false};
  CHECK(rate.read().largest == 102);
  rate.who.age_from = 10;
  rate.who.age_to = 20;
  CHECK(rate.read().least == 101);
  CHECK(rate.read().largest == 101);
  rate.who.age_from = 9;
  CHECK(rate.read().least == 100);
  rate.who.age_to = 21;
  CHECK(rate.read().largest == 102);
}

TEST_CASE("one region and group alone; and nothing of nobody") {
  ByAge rate;
  CHECK(rate.read(RegionAndGroup{0, 1}).least == 10);
  CHECK(rate.read(RegionAndGroup{0, 1}).largest == 12);
  rate.who.residences = {false, false};
  CHECK(rate.read().least > rate.read().largest);
}

}  // namespace values_read_test
