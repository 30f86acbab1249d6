#include "sim/output/start_table.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/support/small_scenario.hpp"

namespace start_table_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)

namespace {

std::string table_of(const Scenario& scenario) {
  Workers workers(1);
  return format_start_table(scenario, start_rates(StartSketch(scenario, scenario.variants[0], workers)));
}

}  // namespace

TEST_CASE("rates at the start are a table: a row for everybody and for each group, a column for each rate") {
  Scenario scenario = test::small_scenario(2, "2011-01-01", "1 month", {{"sex", {"f", "m"}}});
  Stream& go = test::add_stream(scenario, "go", 0.1);
  go.who.groups[1] = false;
  test::add_inflow(scenario, "in", 150);
  test::stayers(scenario, 0, 0) = 1500;
  test::stayers(scenario, 1, 1) = 500;
  CHECK(table_of(scenario) ==
        "  at the start:\n"
        "  a year for each person  persons     go\n"
        "  all                       2,000  0.075\n"
        "  f                         1,500    0.1\n"
        "  m                           500      0\n"
        "  inflow in: 300 persons a year, 0.15 for each person\n");
}

TEST_CASE("without groups there is one row, and without people none") {
  Scenario scenario = test::small_scenario(2);
  test::add_stream(scenario, "go", 0.1);
  CHECK(table_of(scenario).empty());
  test::stayers(scenario, 0) = 10;
  CHECK(table_of(scenario) ==
        "  at the start:\n"
        "  a year for each person  persons   go\n"
        "  all                          10  0.1\n");
}

}  // namespace start_table_test
