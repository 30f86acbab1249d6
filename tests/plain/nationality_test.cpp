#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/plain/engine.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/output/run_view.hpp"
#include "tests/reading/reading.hpp"
#include "tests/support/both_engines.hpp"
#include "tests/support/statistics.hpp"

namespace nationality_test {

/// Who people are by birth and citizenship, wherever a scenario may say so: our engine beside the plain one.
using namespace sojourn;

namespace {

/// Everything that may tell people apart by birth or citizenship, at once.
const char* const world = R"(sojourn: 1
title: Nationality
time: {start: 2020-01-01, end: 2021-01-01, step: 1 quarter}
regions: [a, b, c]
attributes: {status: [visitor, asylum, refugee, citizen]}
population:
  stayers: {includes_movers: false, values: {a: 300, b: 200, c: 100}, age: 0-39, status: {citizen: 0.5, asylum: 0.5}}
  movers:
    table: movers.csv
    residence: residence
    birth: birth
    citizenship: citizenship
    count: persons
    age: age
    status: asylum
inflow:
  stateless: {into: [a], rate: 60 per year, age: 20-39, born: b, citizenship: none, status: asylum}
  outsiders: {into: [a, b], rate: 60 per year, age: 20-39, status: visitor}
streams:
  go:
    who: {citizenship: {not: residence}, birth: [b, c]}
    hazard: {rate: {by: citizenship, b: 0.9 per year, none: 0.2 per year, else: 0.5 per year}}
    destination: {pull: [{home: 0.7}]}
  back: {who: {birth: {not: residence}, citizenship: residence}, hazard: {rate: 0.4 per year}, destination: {choose: birth}}
transitions:
  decide:
    who: {status: asylum}
    becomes: {status: refugee}
    rate: {by: citizenship, a: 0.1 per year, b: 1.4 per year, none: 0.8 per year, else: 0.6 per year}
    capacity: {limit: 20, every: quarter, priority: [{citizenship: none}, {birth: [c]}]}
  naturalise: {who: {status: refugee, citizenship: {not: residence}}, becomes: {status: citizen}, citizenship: residence, rate: 0.9 per year}
outflow:
  leave: {who: {citizenship: [b, outside]}, rate: {by: birth, a: 0.1 per year, else: 0.3 per year}}
demography:
  births: {who: {age: 20-39}, rate: 0.4 per year, newborn: {status: citizen, citizenship: inherit}}
  deaths: {rate: {by: citizenship, none: 0.3 per year, else: 0.1 per year}}
output: {every: 1 quarter, stocks: [region, status, citizenship, birth], citizenship: 1 quarter}
)";

const char* const movers =
    "residence,birth,citizenship,age,persons\na,b,b,20-39,60\na,c,none,20-39,50\nb,a,b,20-39,40\nb,c,outside,"
    "20-39,30\nc,a,a,20-39,50\n";

using test::view_of;

/// People by region and group, and where citizens of each region, of outside and of none live, at the end.
template <class Engine>
std::vector<test::Moments> run_many(const Scenario& scenario, std::uint32_t seed, std::uint32_t replicates) {
  const std::size_t cells = scenario.cell_count();
  std::vector<test::Moments> seen(cells + scenario.region_count() * scenario.citizenship_count());
  Workers workers(1);
  for (std::uint32_t i = 0; i < replicates; ++i) {
    Engine run(scenario, scenario.variants[0], {seed, i}, workers);
    while (!run.finished()) run.advance();
    const RunView end = view_of(run);
    std::vector<std::int64_t> residents(cells);
    for (std::size_t k = 0; k < end.residents.size(); ++k)
      residents[k / scenario.cohort_count()] += end.residents[k];
    for (std::size_t k = 0; k < cells; ++k) seen[k].add(static_cast<double>(residents[k]));
    const DiasporaStock citizens = end.foreign_citizens();
    REQUIRE(citizens.all().size() + cells == seen.size());
    for (std::size_t k = 0; k < citizens.all().size(); ++k)
      seen[cells + k].add(static_cast<double>(citizens.all()[k]));
  }
  return seen;
}

Scenario read_world() {
  const test::Folder folder;
  folder.write("movers.csv", movers);
  return test::read(folder, world);
}

}  // namespace

TEST_CASE("long: nationality in every place agrees with the plain engine") {
  const Scenario scenario = read_world();
  CHECK(scenario.groups.citizenships().names ==
        std::vector<std::string>{"a", "b", "others", "outside", "none"});
  CHECK(scenario.groups.births().names == std::vector<std::string>{"a", "b", "c", "others"});
  constexpr std::uint32_t replicates = 3000;
  const auto ours = run_many<Simulation>(scenario, 1, replicates);
  const auto plain = run_many<plain::Engine>(scenario, 2, replicates);
  CHECK(test::check_agreement(ours, plain, replicates) > 60);
}

}  // namespace nationality_test
