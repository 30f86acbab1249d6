#include "sim/reading/people/read_population.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>
#include <variant>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_population_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Parts parts_with(const std::string& population) {
  Parts parts;
  parts.regions = "regions: [n, s]";
  parts.population = population;
  return parts;
}

double stayers(const Scenario& s, std::size_t region, std::size_t age, std::size_t group = 0) {
  const StartPopulation& p = s.population;
  return p.stayers[(region * s.groups.count() + group) * p.ages + p.ages - 1 - age];
}

}  // namespace

TEST_CASE("people are spread evenly over the years of their ages, the oldest in cohort 0") {
  const Folder folder;
  folder.write("p.csv", "code,age,n\nn,0-4,50\nn,5+,10\ns,0-4,5\ns,5+,0\n");
  const Scenario s = read(
      folder, parts_with("population: {stayers: {table: p.csv, region: code, age: age, count: n}}").yaml());
  CHECK(s.population.ages == 10);
  CHECK(s.population.stayers.size() == 20);
  for (std::size_t age = 0; age < 10; ++age) {
    CHECK(stayers(s, 0, age) == (age < 5 ? 10 : 2));
    CHECK(stayers(s, 1, age) == (age < 5 ? 1 : 0));
  }
}

TEST_CASE("tables add up, also of different ages") {
  const Folder folder;
  folder.write("p.csv", "code,n\nn,100\ns,10\n");
  const Scenario s = read(
      folder, parts_with("population:\n  stayers:\n    - {table: p.csv, region: code, age: 0-9, count: n}\n"
                         "    - {values: {n: 20, s: 0}, age: 5-6}\n")
                  .yaml());
  CHECK(stayers(s, 0, 4) == 10);
  CHECK(stayers(s, 0, 5) == 20);
  CHECK(stayers(s, 1, 5) == 1);
}

TEST_CASE("where nothing looks at ages everybody is put at 0 to 99") {
  const Folder folder;
  const Scenario s = read(folder, parts_with("population: {stayers: {values: {n: 100, s: 0}}}").yaml());
  CHECK(s.population.ages == 100);
  CHECK(stayers(s, 0, 99) == 1);
}

TEST_CASE("movers are rows with cohorts, and rows of one row of a table share its source") {
  const Folder folder;
  folder.write("p.csv", "code,sex,age,n\nn,f,0-9,100\nn,m,0-9,100\ns,f,0-9,60\ns,m,0-9,60\n");
  folder.write("m.csv", "to,from,n\nn,s,30\ns,n,0\nn,x,5\ns,n2,1\n");
  folder.write("one.csv", "to,from,n\ns,n,6\n");
  Parts parts = parts_with(
      "population:\n  stayers: {table: p.csv, region: code, sex: sex, age: age, count: n, includes_movers: "
      "true}\n"
      "  movers:\n    - {table: m.csv, residence: to, birth: from, count: n, sex: {f: 0.5, m: 0.5}, age: "
      "2-4, arrived: {law: uniform, over: 10 years}}\n"
      "    - {table: one.csv, residence: to, birth: from, count: n, sex: f, age: 0-5, arrived: {law: "
      "uniform, over: 10 years}}\n");
  parts.before_population = "attributes: {sex: [f, m]}";
  const Scenario s = read(folder, parts.yaml());
  const auto& movers = s.population.movers;
  REQUIRE(movers.size() == 3);
  CHECK(movers[0].residence == Region(0));
  CHECK(movers[0].birth == Region(1));
  CHECK(movers[0].persons == 15);
  // Of 10 ages, cohort 9 is age 0: ages 2 to 4 are cohorts 5, 6 and 7.
  CHECK(movers[0].cohort_from == Cohort(5));
  CHECK(movers[0].cohort_to == Cohort(8));
  CHECK(movers[1].group == Group(1));
  CHECK(movers[0].source == movers[1].source);
  CHECK(movers[2].source != movers[0].source);
  CHECK(movers[2].cohort_to == Cohort(10));
  CHECK(std::get<UniformArrival>(s.population.arrival).years == 10);
  // Stayers: what is left of each sex and ten years of age, spread evenly.
  CHECK(stayers(s, 0, 7, 0) == doctest::Approx(8.5));
  CHECK(stayers(s, 0, 7, 1) == doctest::Approx(8.5));
  CHECK(stayers(s, 1, 0, 0) == doctest::Approx(5.4));
  CHECK(stayers(s, 1, 0, 1) == doctest::Approx(6));
  double persons = std::accumulate(s.population.stayers.begin(), s.population.stayers.end(), 0.0);
  for (const MoverRow& row : movers) persons += row.persons;
  CHECK(persons == doctest::Approx(320).epsilon(1e-12));
}

TEST_CASE("movers alone are a population") {
  const Folder folder;
  folder.write("m.csv", "to,from,n\nn,s,30\n");
  const Scenario s =
      read(folder,
           parts_with("population: {movers: {table: m.csv, residence: to, birth: from, count: n}}").yaml());
  CHECK(s.population.movers.size() == 1);
  CHECK(std::holds_alternative<NoArrival>(s.population.arrival));
  CHECK(std::count(s.population.stayers.begin(), s.population.stayers.end(), 0.0) == 200);
}

TEST_CASE("what streams and output look at") {
  std::vector<Stream> streams(1);
  OutputRequest output;
  PopulationUses uses = population_uses(streams, {}, {}, {}, {}, output);
  CHECK_FALSE((uses.ages || uses.stay || uses.previous));
  streams[0].who.age_to = 65;
  CHECK(population_uses(streams, {}, {}, {}, {}, output).ages);
  streams[0].who.age_to = std::numeric_limits<double>::infinity();
  streams[0].hazard.schedule = RogersCastro{};
  CHECK(population_uses(streams, {}, {}, {}, {}, output).ages);
  streams[0].hazard.schedule = FlatSchedule{};
  streams[0].hazard.stay.from_years = {0};
  Queue queue;
  queue.priority_from_age = {0, 18};
  CHECK(population_uses({}, {}, {}, {queue}, {}, {}).ages);
  CHECK(population_uses(streams, {}, {}, {}, {}, output).stay);
  streams[0].destination.choice_set = PreviousRegion{};
  CHECK(population_uses(streams, {}, {}, {}, {}, output).previous);
  output.flow_by_age = true;
  CHECK(population_uses(streams, {}, {}, {}, {}, output).ages);
}

}  // namespace read_population_test
