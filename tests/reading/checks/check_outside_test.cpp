#include <doctest/doctest.h>

#include <string>

#include "sim/reading/checks/check.hpp"
#include "tests/support/small_scenario.hpp"

namespace check_outside_test {

using namespace sojourn;

TEST_CASE("inflow of ages beyond the cohorts, into no region, and outflow of nobody") {
  Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {{"status", {"a", "b"}}}, 50);
  test::stayers(scenario, 0, 0, 20) = 1;
  Inflow& inflow = test::add_inflow(scenario, "come", 5);
  Outflow& outflow = test::add_outflow(scenario, "go", 0.1);
  const auto told = [&] {
    Mistakes mistakes("small.yaml");
    check_outside(scenario, mistakes);
    return mistakes.none() ? std::string() : mistakes.in_order()[0].what;
  };
  CHECK(told().empty());
  inflow.ages = {{0, 50, 1}};
  CHECK(told().empty());
  inflow.ages = {{0, 51, 1}};
  CHECK(told() == "inflow 'come' is of people older than anybody at the start");
  inflow.ages = {{0, 50, 1}};
  inflow.into.residences = {false, false};
  CHECK(told() == "inflow 'come' comes into no region");
  inflow.into.residences = {false, true};
  outflow.who.groups = {false, true};
  CHECK(told() == "nobody is ever in the groups that outflow 'go' names");
  inflow.groups = {{Group{1}, 1.0}};
  CHECK(told().empty());
}

}  // namespace check_outside_test
