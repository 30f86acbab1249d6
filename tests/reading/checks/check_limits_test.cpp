#include <doctest/doctest.h>

#include <string>

#include "sim/reading/checks/check.hpp"
#include "tests/support/small_scenario.hpp"

namespace check_limits_test {

using namespace sojourn;

/// What is a mistake is told in tests/reading/broken/limits_checks.yaml.

TEST_CASE("places of which more than a tenth become free in a step get a warning") {
  const auto warned = [](const char* step, double release, double leave) {
    Scenario scenario = test::small_scenario(2, "2012-01-01", step, {{"status", {"free", "detained"}}});
    test::add_transition(scenario, "release", release, 0, 0);
    test::add_outflow(scenario, "leave", leave);
    Limit& centre = test::add_limit(scenario, "centre", 150);
    centre.occupants = test::everybody(scenario);
    centre.occupants->groups = {false, true};
    Mistakes mistakes("small.yaml");
    check_limits(scenario, mistakes);
    CHECK(mistakes.none());
    return mistakes.warnings().empty() ? std::string() : mistakes.warnings()[0].what;
  };
  CHECK(warned("1 day", 4, 0).empty());
  CHECK(warned("1 month", 4, 0) == "29 % of the places of 'centre' become free in a step of 1 month");
  CHECK(warned("1 month", 0.6, 0.6).empty());
  CHECK_FALSE(warned("1 month", 0.7, 0.7).empty());
}

}  // namespace check_limits_test
