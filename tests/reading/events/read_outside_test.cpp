#include "sim/reading/events/read_outside.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_outside_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Parts parts_with(const std::string& sections, const std::string& factors = "") {
  Parts parts;
  parts.regions = "regions: [north, south]";
  parts.before_population = "attributes: {sex: [f, m], status: [citizen, worker]}\n" + factors;
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500}, sex: {f: 0.5, m: 0.5}, status: citizen, "
      "age: 0-79}\n";
  parts.after_streams = sections;
  return parts;
}

Scenario with(const std::string& sections, const std::string& factors = "") {
  const Folder folder;
  return read(folder, parts_with(sections, factors).yaml());
}

std::string told(const std::string& sections, const std::string& factors = "") {
  const Folder folder;
  return mistakes_of(folder, parts_with(sections, factors).yaml());
}

}  // namespace

TEST_CASE("an inflow says how many, of what ages and groups, into which regions, and where they were born") {
  const Scenario s = with(
      "inflow:\n"
      "  come: {rate: 10 per month, into: south, age: {0-14: 1, 15-64: 3}, sex: {f: 1, m: 3}, status: "
      "worker}\n"
      "  home: {number: {factor: back}, age: 20-39, sex: f, status: citizen, born: north}\n",
      "factors: {back: {values: {north: 5, south: 0}, unit: persons per year}}\n");
  REQUIRE(s.inflows.size() == 2);
  const Inflow& come = s.inflows[0];
  CHECK(come.is_random);
  CHECK(come.into.residences == std::vector<bool>{false, true});
  CHECK(s.parameters[come.number.rate.index()].name == "inflow.come.rate");
  CHECK(s.parameters[come.number.rate.index()].by_group == std::vector<double>{120});
  REQUIRE(come.ages.size() == 2);
  CHECK(come.ages[1].to == 65);
  CHECK(come.ages[1].weight == 3);
  REQUIRE(come.groups.size() == 2);
  CHECK(come.groups[1].group == Group{3});
  CHECK(come.groups[1].probability == doctest::Approx(0.75));
  CHECK_FALSE(come.birth.has_value());
  CHECK(s.birth_count() == 3);
  const Inflow& home = s.inflows[1];
  CHECK_FALSE(home.is_random);
  CHECK(home.number.rate_factor == FactorId{0});
  CHECK(home.birth == Region{0});
  CHECK(s.cohort_count() == 82);
}

TEST_CASE("an inflow may name persons in its unit") {
  const Scenario s = with("inflow: {a: {rate: 100 persons per month, age: 20-39, sex: f, status: worker}}\n");
  CHECK(s.parameters[s.inflows[0].number.rate.index()].by_group == std::vector<double>{1200});
}

TEST_CASE("an outflow is a hazard of those it names") {
  const Scenario s = with(
      "outflow: {go: {who: {sex: m, age: 15-64}, rate: 0.1 per year, stay: [{from: 0 years, ratio: 2}]}}\n");
  REQUIRE(s.outflows.size() == 1);
  CHECK(s.outflows[0].who.groups == std::vector<bool>{false, false, true, true});
  CHECK(s.parameters[s.outflows[0].hazard.rate.index()].name == "outflow.go.rate");
  CHECK(s.outflows[0].hazard.stay.ratio == std::vector<double>{2});
  CHECK(s.birth_count() == 2);
  CHECK(s.cohort_count() == 80);
}

TEST_CASE("where people come from outside, nobody need live anywhere at the start") {
  Parts parts = parts_with("");
  parts.population =
      "population:\n  stayers: {values: {north: 0, south: 0}, sex: f, status: citizen, age: 0-79}\n";
  const Folder folder;
  CHECK(contains(mistakes_of(folder, parts.yaml()), "nobody lives anywhere"));
  parts.after_streams = "inflow: {a: {rate: 1 per year, age: 20-39, sex: f, status: worker}}\n";
  CHECK(mistakes_of(folder, parts.yaml()).empty());
}

TEST_CASE("what is wrong with inflow and outflow is told") {
  const std::string rest = ", sex: f, status: citizen}}\n";
  CHECK(contains(told("inflow: {a: {age: 20-39" + rest), "needs either 'rate' or 'number'"));
  CHECK(contains(told("inflow: {a: {rate: 1 per year, number: 1 per year, age: 20-39" + rest),
                 "needs either 'rate' or 'number'"));
  CHECK(contains(told("inflow: {a: {rate: 1 per year, age: 20-39, sex: f}}\n"), "needs 'status'"));
  CHECK(contains(told("inflow: {a: {rate: 1 per year" + rest), "needs 'age'"));
  CHECK(contains(told("inflow: {a: {rate: 1 per year, age: 65+" + rest), "ages with an end"));
  CHECK(contains(told("inflow: {a: {rate: 1 per year, age: {20-39: 1, 30-49: 2}" + rest), "overlap"));
  CHECK(contains(told("inflow: {a: {rate: -1 per year, age: 20-39" + rest), "'rate' is negative"));
  CHECK(
      contains(told("inflow: {a: {rate: 1 per year, age: 70-99" + rest), "older than anybody at the start"));
  CHECK(contains(told("inflow: {a: {rate: 1 per year, age: 20-39, born: west" + rest), "no region 'west'"));
  CHECK(contains(told("inflow: {a: {rate: 1 per year, age: 20-39, into: []" + rest), "comes into no region"));
  CHECK(contains(told("inflow: {a: {rate: {factor: x}, age: 20-39" + rest, "factors: {x: {value: 1}}\n"),
                 "'unit: persons per year'"));
  CHECK(contains(told("inflow: {a: {rate: {factor: x}, age: 20-39" + rest,
                      "factors: {x: {value: -1, unit: persons per year}}\n"),
                 "becomes -1 persons per year"));
  CHECK(contains(told("outflow: {a: {who: {status: worker}, rate: 0.1 per year}}\n"),
                 "nobody is ever in the groups that outflow 'a' names"));
  CHECK(contains(told("outflow: {a: {rate: 0.1 per year, push: []}}\n"), "has no key 'push'"));
  CHECK(contains(told("outflow: [a]\n"), "'outflow'"));
  CHECK(told("inflow: {a: {rate: 1 per year, age: 20-39, sex: f, status: worker}}\n"
             "outflow: {a: {who: {status: worker}, rate: 0.1 per year}}\n")
            .empty());
}

TEST_CASE("an inflow beyond any sense is told, be it written, of a factor, or of a policy") {
  const std::string rest = ", age: 20-39, sex: f, status: citizen}}\n";
  CHECK(contains(told("inflow: {come: {rate: 1e12 per year" + rest),
                 "'rate' is 1e+12 persons per year; expected 0 to 1e+09 persons per year"));
  const std::string factors = "factors: {many: {values: {north: 1, south: 2e10}, unit: persons per year}}\n";
  CHECK(contains(told("inflow: {come: {number: {factor: many}" + rest, factors),
                 "'factors.many', the number of inflow 'come', becomes 2e+10 persons per year"));
  CHECK(contains(told("inflow: {come: {rate: {factor: many}" + rest, factors),
                 "'factors.many', the rate of inflow 'come', becomes 2e+10 persons per year"));
  const std::string policy =
      "policies: {open: {from: 2010-01-01, change: [{what: inflow.come.rate, scale: 1e9}]}}\n"
      "variants: {baseline: [], open: [open]}\n";
  CHECK(contains(told("inflow: {come: {rate: 10 per year" + rest + policy),
                 "'inflow.come.rate' becomes 1e+10 persons per year in the step from 2010-01-01 in variant "
                 "'open'; expected 0 to 1e+09"));
}

}  // namespace read_outside_test
