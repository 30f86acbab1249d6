#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/simulation.hpp"
#include "tests/reading/reading.hpp"
#include "tests/support/statistics.hpp"

namespace nationality_test {

/// People told apart by citizenship, in whole runs. The plain engine is beside them in
/// tests/plain/nationality_test.cpp.
using namespace sojourn;

namespace {

/// `WHO` and `RATE` stand for themselves.
std::string world(const std::string& who, const std::string& rate) {
  return "sojourn: 1\n"
         "title: Nationality\n"
         "time: {start: 2021-01-01, end: 2023-01-01, step: 1 month}\n"
         "seed: 5\n"
         "regions: [a, b, c]\n"
         "population:\n"
         "  stayers: {includes_movers: false, values: {a: 1000, b: 1000, c: 1000}, age: 20-39}\n"
         "  movers: {table: movers.csv, residence: residence, birth: birth, citizenship: citizenship, count: "
         "persons, age: age}\n"
         "streams:\n"
         "  go: {who: " +
         who +
         ", hazard: {rate: 0.2 per year}, destination: {pull: [{home: 0.5}]}}\n"
         "outflow:\n"
         "  leave: {who: {birth: {not: residence}}, rate: " +
         rate +
         "}\n"
         "output: {every: 1 month, citizenship: 1 month}\n";
}

constexpr const char* movers =
    "residence,birth,citizenship,age,persons\na,b,b,20-39,20000\na,c,none,20-39,20000\na,b,a,20-39,20000\n";

Scenario read_world(const std::string& who, const std::string& rate) {
  const test::Folder folder;
  folder.write("movers.csv", movers);
  return test::read(folder, world(who, rate));
}

std::vector<std::int64_t> citizens_at_end(const Scenario& scenario) {
  Workers workers(2);
  Simulation run(scenario, scenario.variants[0], {scenario.seed, 0}, workers);
  while (!run.finished()) run.advance();
  const DiasporaStock citizens = run.foreign_citizens();
  return {citizens.all().begin(), citizens.all().end()};
}

}  // namespace

TEST_CASE("who lists all citizenships has the numbers of who lists none") {
  const std::string rate = "0.1 per year";
  const Scenario none = read_world("{birth: {not: residence}}", rate);
  const Scenario all = read_world("{birth: {not: residence}, citizenship: [a, b, c, outside, none]}", rate);
  const Scenario three = read_world("{birth: {not: residence}, citizenship: {not: [outside]}}", rate);
  CHECK(none.groups.count() == 1);
  CHECK(all.groups.count() == 1);
  CHECK(three.groups.count() == 2);
  const std::vector<std::int64_t> expected = citizens_at_end(none);
  CHECK(citizens_at_end(all) == expected);
  CHECK(citizens_at_end(three) == expected);
}

TEST_CASE("of each nationality those are left whom its own rate leaves") {
  const Scenario scenario = read_world(
      "{citizenship: c}", "{by: citizenship, b: 0.7 per year, none: 0.1 per year, else: 1.3 per year}");
  CHECK(scenario.warnings.size() <= 2);
  const std::vector<std::int64_t> left = citizens_at_end(scenario);
  const std::size_t citizenships = scenario.citizenship_count();
  REQUIRE(citizenships == 5);
  const double years = scenario.time.elapsed(scenario.time.steps());
  const auto check = [&](std::size_t citizenship, double rate) {
    const double p = std::exp(-rate * years);
    CAPTURE(citizenship);
    CHECK(std::abs(static_cast<double>(left[citizenship]) - 20000 * p) <
          test::five_sigma * std::sqrt(20000 * p * (1 - p)));
  };
  check(1, 0.7);
  check(4, 0.1);
}

TEST_CASE("children inherit a citizenship also where all parents come to wait in the step") {
  const test::Folder folder;
  const Scenario scenario =
      test::read(folder,
                 "sojourn: 1\n"
                 "title: Children of those who wait\n"
                 "time: {start: 2021-01-01, end: 2022-01-01, step: 1 month}\n"
                 "seed: 5\n"
                 "accept: [inflow-above-people]\n"
                 "regions: [a, b]\n"
                 "attributes: {status: [visitor, due]}\n"
                 "population: {stayers: {values: {a: 10, b: 10}, age: 20-39, status: due}}\n"
                 "inflow: {come: {into: a, number: 12000 per year, age: 20-39, born: b, status: visitor}}\n"
                 "transitions: {fall_due: {who: {status: visitor}, becomes: {status: due}, after: 1 year}}\n"
                 "demography: {births: {who: {status: visitor}, rate: 0.15 per year, newborn: "
                 "{status: inherit, citizenship: inherit}}}\n"
                 "output: {every: 1 month, citizenship: 1 month}\n");
  Workers workers(1);
  Simulation run(scenario, scenario.variants[0], {scenario.seed, 0}, workers);
  while (!run.finished()) run.advance();
  std::int64_t born = 0;
  for (std::size_t cell = 0; cell < scenario.cell_count(); ++cell) born += run.population().noted(cell);
  const DiasporaStock citizens = run.foreign_citizens();
  born -= 12000 + 20;
  CHECK(born > 500);
  CHECK(citizens.all()[1] == 12000 + born);
}

}  // namespace nationality_test
