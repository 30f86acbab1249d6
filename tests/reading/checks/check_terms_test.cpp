// What must not be told wrongly, and when and where exactly a term has no value; more stands in
// tests/reading/broken.

#include <doctest/doctest.h>

#include <string>

#include "sim/reading/checks/check.hpp"
#include "tests/reading/reading.hpp"

namespace check_terms_test {

using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

/// Told of a scenario with a factor `x` and a stream that reads it.
std::string told(const std::string& factors, const std::string& stream, const std::string& policies = "",
                 const std::string& csv = "") {
  const Folder folder;
  folder.write("t.csv", csv);
  Parts parts;
  parts.before_population = "attributes: {sex: [f, m]}\nfactors: {" + factors + "}";
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500, east: 20}, sex: {f: 0.5, m: 0.5}}";
  parts.streams = "streams: {a: {" + stream + "}}";
  parts.after_streams = policies;
  return mistakes_of(folder, parts.yaml());
}

const std::string zero_south = "x: {values: {north: 1, south: 0, east: 2}}";
const std::string log_push =
    "hazard: {rate: 1 per year, push: [{factor: x, as: log, coefficient: 1}]}, destination: {}";

}  // namespace

TEST_CASE("only the regions that a stream is about count") {
  CHECK(contains(told(zero_south, log_push), "(south)"));
  CHECK(told(zero_south, "who: {residence: [north, east]}, " + log_push).empty());
  const std::string pull =
      "hazard: {rate: 1 per year}, destination: {choose: %, pull: [{factor: x, as: log, coefficient: 1}]}";
  const auto choosing = [&](const std::string& set) {
    std::string stream = pull;
    return stream.replace(stream.find('%'), 1, set);
  };
  CHECK(contains(told(zero_south, choosing("all")), "(south)"));
  CHECK(told(zero_south, choosing("[north, east]")).empty());
  // Who lives in the one region that is listed goes nowhere.
  CHECK(told(zero_south, "who: {residence: south}, " + choosing("[south, east]")).empty());
}

TEST_CASE("only the pairs along which people can go count") {
  const std::string csv =
      "a,b,v\nnorth,south,1\nsouth,north,1\nnorth,east,2\neast,north,2\nsouth,east,0\neast,south,0\n";
  const std::string factor = "x: {table: t.csv, origin: a, destination: b, value: v}";
  const auto pulled = [](const std::string& set) {
    return "hazard: {rate: 1 per year}, destination: {choose: " + set +
           ", pull: [{factor: x, as: log, coefficient: 1}]}";
  };
  const std::string links =
      "links: [{from: north, to: south, length: 1 km}, {from: north, to: east, length: 1 km}]";
  CHECK(contains(told(factor, pulled("all"), "", csv), "(south to east and east to south)"));
  CHECK(told(factor, pulled("neighbours"), links, csv) == "");
  CHECK(contains(told(factor, pulled("neighbours"), "links: [{from: south, to: east, length: 1 km}]", csv),
                 "(south to east and east to south)"));
}

TEST_CASE("only the groups that a stream is about count") {
  const std::string by_sex = "x: {by: sex, values: {f: 1, m: 0}}";
  CHECK(contains(told(by_sex, log_push), "(m)"));
  CHECK(told(by_sex, "who: {sex: f}, " + log_push).empty());
}

TEST_CASE("a line that only touches 0 has a mean above it") {
  // 0 on one day in the middle of a month.
  const std::string csv = "day,v\n2009-01-01,5\n2010-06-15,0\n2013-01-01,5\n";
  CHECK(told("x: {table: t.csv, time: day, value: v, between: linear}", log_push, "", csv).empty());
  CHECK(contains(told("x: {table: t.csv, time: day, value: v}", log_push, "", csv),
                 "in the step from 2010-07-01"));
}

TEST_CASE("policies count under the variants that have them, by the days they act") {
  const std::string factors = "x: {values: {north: 10, south: 5, east: 2}}";
  const auto policy = [](const std::string& change, const std::string& dates = "from: 2010-06-16") {
    return "policies: {p: {" + dates + ", change: [{what: factors.x, " + change + "}]}}\nvariants: {v: [p]}";
  };
  CHECK(told(factors, log_push, policy("add: -1")).empty());
  CHECK(contains(told(factors, log_push, policy("add: -2")),
                 "in the step from 2010-07-01 in variant 'v' (east)"));
  CHECK(contains(told(factors, log_push, policy("add: -3")),
                 "in the step from 2010-07-01 in variant 'v' (east)"));
  CHECK(contains(told(factors, log_push, policy("add: -5")),
                 "in the step from 2010-06-01 in variant 'v' (east)"));
  CHECK(told(factors, log_push, policy("add: -2, regions: [north, south]")).empty());
  CHECK(told(factors, log_push, policy("add: -2, ramp: 10 years")).empty());
  CHECK(told(factors, log_push, policy("add: -3", "from: 2010-06-16, until: 2010-07-01")).empty());
  CHECK(told(factors, log_push, policy("set: 1")).empty());
  CHECK(contains(told(factors, log_push, policy("scale: 0")), "north, south and east"));
}

TEST_CASE("a policy may also mend what is wrong from then on, but not before") {
  const std::string mend =
      "policies: {p: {from: 2010-01-01, change: [{what: factors.x, add: 1}]}}\nvariants: {v: [p]}";
  CHECK(contains(told(zero_south, log_push, mend), "(south)"));
}

TEST_CASE("log1p, roots and ratios at their borders") {
  const auto push = [](const std::string& as) {
    return "hazard: {rate: 1 per year, push: [{factor: x, " + as + ", coefficient: 1}]}, destination: {}";
  };
  const auto values = [](const std::string& v) {
    return "x: {values: {north: 1, south: " + v + ", east: 2}}, one: {value: 0}";
  };
  CHECK(told(values("-0.999"), push("as: log1p")).empty());
  CHECK_FALSE(told(values("-1"), push("as: log1p")).empty());
  CHECK(told(values("0"), push("as: sqrt")).empty());
  CHECK_FALSE(told(values("-1e-9"), push("as: sqrt")).empty());
  CHECK(told(values("-3"), push("measure: ratio_to_start")).empty());
  CHECK_FALSE(told(values("0"), push("measure: ratio_to_start")).empty());
  CHECK(told(values("-3"), push("measure: ratio_to_start, as: log")).empty());
  CHECK(contains(told(values("3"), push("measure: {ratio_to: one}")), "factor 'one' is 0"));
  CHECK(told(values("3"), push("measure: change_from_start, as: log1p")).empty());
  CHECK(told(values("1"), push("as: standardised")).empty());
}

TEST_CASE("standardised is checked on what is standardised") {
  // Of 'wage' over 'price' by region: what counts is the ratio, not whether the wage differs.
  const auto told_of_ratio = [](const std::string& wages, const std::string& prices, const std::string& more,
                                bool push) {
    const std::string term =
        "{factor: wage, measure: {ratio_to: price}, as: standardised" + more + ", coefficient: -0.4}";
    return told("wage: {values: {" + wages + "}}, price: {values: {" + prices + "}}",
                push ? "hazard: {rate: 0.01 per year, push: [" + term + "]}, destination: {}"
                     : "hazard: {rate: 0.01 per year}, destination: {pull: [" + term + "]}");
  };
  const std::string same = "north: 1, south: 2, east: 3";
  for (const bool push : {false, true}) {
    CAPTURE(push);
    CHECK(contains(
        told_of_ratio(same, "north: 2, south: 4, east: 6", "", push),
        "factor 'wage' cannot be standardised: at the start the ratio of factor 'wage' to 'price' is the "
        "same everywhere; expected a ratio that differs between regions"));
    CHECK(contains(told_of_ratio(same, "north: 0.3, south: 0.6, east: 0.9", "", push),
                   "is the same everywhere"));
    CHECK(told_of_ratio(same, "north: 2, south: 4, east: 6.0001", "", push).empty());
    CHECK(told_of_ratio("north: 2, south: 2, east: 2", "north: 2, south: 4, east: 6", "", push).empty());
    CHECK(told_of_ratio("north: 100000, south: 101000, east: 99000",
                        "north: 50000, south: 60000, east: 55000", "", push)
              .empty());
  }
  // A ratio of ratios between regions differs wherever any does.
  CHECK(told_of_ratio(same, "north: 2, south: 4, east: 7", ", compare: ratio", false).empty());
  CHECK(contains(told_of_ratio(same, "north: 2, south: 4, east: 6", ", compare: ratio", false),
                 "is the same everywhere"));
}

TEST_CASE("ratios of destination to origin") {
  const auto pull = [](const std::string& as) {
    return "hazard: {rate: 1 per year}, destination: {pull: [{factor: x, compare: ratio, " + as +
           "coefficient: 1}]}";
  };
  const auto values = [](const std::string& v) {
    return "x: {values: {north: 1, south: " + v + ", east: 2}}";
  };
  CHECK(told(values("0.1"), pull("as: log, ")).empty());
  CHECK(told(values("-1"), pull("")).empty());
  CHECK_FALSE(told(values("-1"), pull("as: log, ")).empty());
  CHECK_FALSE(told(values("0"), pull("")).empty());
  // Nobody leaves the south: a ratio to it is never taken, and 0 over something is 0.
  CHECK(told(values("0"), "who: {residence: [north, east]}, " + pull("")).empty());
  CHECK_FALSE(told(values("0"), "who: {residence: [north, east]}, " + pull("as: log, ")).empty());
  const std::string difference =
      "hazard: {rate: 1 per year}, destination: {pull: [{factor: x, compare: difference, as: sqrt, "
      "coefficient: 1}]}";
  CHECK(told(values("0"), difference).empty());
}

TEST_CASE("rates may not become negative") {
  const auto policy = [](const std::string& change) {
    return "policies: {p: {from: 2010-06-16, change: [{what: streams.a.hazard.rate, " + change +
           "}]}}\nvariants: {v: [p]}";
  };
  const std::string stream = "hazard: {rate: 1 per year}, destination: {}";
  CHECK(told(zero_south, stream, policy("add: -1 per year")).empty());
  CHECK(contains(told(zero_south, stream, policy("add: -1.1 per year")),
                 "becomes -0.1 per year in the step from 2010-07-01"));
  CHECK(contains(told(zero_south, stream, policy("scale: -1, regions: [east]")), "in variant 'v'"));
}

}  // namespace check_terms_test
