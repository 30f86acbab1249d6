#include "sim/engine/later_warnings.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "tests/reading/reading.hpp"

namespace later_warnings_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

const char* const rates =
    "demography: {deaths: {rate: 0.01 per year}, births: {rate: 0.02 per year, newborn: {}}}\n"
    "inflow: {w: {rate: 10 per year, age: 20-39}}\noutflow: {out: {rate: 0.01 per year}}\n";

Parts with_policy(const std::string& policy) {
  Parts parts;
  parts.after_streams = rates + ("policies: {p: {" + policy + "}}\nvariants: {baseline: [], v: [p]}");
  return parts;
}

std::string change(const std::string& what) { return "from: 2011-01-01, change: [{what: " + what + "}]"; }

std::string told(const Folder& folder, const Parts& parts) {
  const Scenario scenario = read(folder, parts.yaml());
  Workers workers(1);
  const StartRates at_start = start_rates(StartSketch(scenario, scenario.variants[0], workers));
  std::vector<const Variant*> variants;
  for (const Variant& variant : scenario.variants) variants.push_back(&variant);
  std::string text;
  for (const Warning& warning : warnings_of_later(scenario, variants, at_start, workers))
    text += folder.shortened(warning.id + ' ' + to_string(warning.where) + ' ' + warning.what) + '\n';
  return text;
}

std::string told(const Parts& parts) { return told(Folder(), parts); }

}  // namespace

TEST_CASE("a policy that makes a rate improbable later is told with date, policy and variant") {
  CHECK(told(with_policy(change("demography.deaths.rate, set: 8.3 per year"))) ==
        "births-or-deaths-unheard-of s.yaml:15:43 deaths: 8.3 a year in the step from 2011-01-01 (policy 'p' "
        "of "
        "variant 'v') for each person\n");
  for (const auto& [what, id] :
       {std::pair("demography.births.rate, scale: 20", "unheard-of s.yaml:15:43 births"),
        std::pair("streams.work.hazard.rate, scale: 200", "rate-above-one s.yaml:15:43 stream 'work': 2 a"),
        std::pair("outflow.out.rate, add: 2 per year", "rate-above-one s.yaml:15:43 outflow 'out'"),
        std::pair("inflow.w.rate, scale: 1000", "inflow-above-people s.yaml:15:43 inflow 'w'")}) {
    CHECK_MESSAGE(contains(told(with_policy(change(what))), id), told(with_policy(change(what))));
  }
}

TEST_CASE("what people have, and what stays, is not told") {
  CHECK(told(with_policy(change("demography.deaths.rate, scale: 1.2"))).empty());
  Parts parts = with_policy(change("demography.deaths.rate, scale: 0.9"));
  parts.streams = "streams: {work: {hazard: {rate: 2 per year}, destination: {}}}";
  CHECK(told(parts).empty());  // of the start, told there
  parts.after_streams = rates;
  CHECK(told(parts).empty());
}

TEST_CASE("ramps, ends, parts of a step and policies from the start on are seen") {
  const std::string scale = "change: [{what: streams.work.hazard.rate, scale: 200";
  CHECK(contains(told(with_policy("from: 2010-06-10, " + scale + "}]")),
                 "2 a year in the step from 2010-07-01"));
  CHECK(contains(told(with_policy("from: 2010-06-10, until: 2010-06-30, " + scale + "}]")),
                 "a year in the step from 2010-06-01"));
  CHECK(contains(told(with_policy("from: 2010-06-01, " + scale + ", ramp: 6 months}]")),
                 "2 a year in the step from 2010-12-01"));
  CHECK(contains(told(with_policy("from: 2010-01-01, " + scale + "}]")),
                 "2 a year in the step from 2010-01-01"));
}

TEST_CASE("a later row of a table is told with its date, at the factor, and once for all variants") {
  const Folder folder;
  folder.write("m.csv", "date,m\n2010-01-01,0.0083\n2011-01-01,8.3\n2011-06-01,9.3\n");
  Parts parts;
  parts.before_population =
      "factors: {m: {table: m.csv, time: date, value: m, unit: per year}, x: {value: 0}}";
  parts.streams =
      "streams: {work: {hazard: {rate: 0.01 per year, push: [{factor: x, coefficient: 1}]}, destination: "
      "{}}}";
  parts.after_streams =
      "demography: {deaths: {rate: {factor: m}}}\npolicies: {p: {from: 2010-03-01, change: [{what: "
      "factors.x, set: "
      "1}]}}\nvariants: {baseline: [], v: [p]}";
  const std::string text = told(folder, parts);
  CHECK(contains(
      text,
      "unheard-of s.yaml:5:11 deaths: 8.3 a year in the step from 2011-01-01 for each person (factor 'm')"));
  CHECK(text.find("unheard-of") == text.rfind("unheard-of"));
}

TEST_CASE("a factor of a term is seen, and a derived one with its policies") {
  Parts parts = with_policy(change("factors.x, set: 9"));
  parts.before_population = "factors: {x: {value: 0}}";
  parts.streams =
      "streams: {work: {hazard: {rate: 0.01 per year, push: [{factor: x, coefficient: 1}]}, destination: "
      "{}}}";
  CHECK(contains(told(parts),
                 "stream 'work': 81 a year in the step from 2011-01-01 (policy 'p' of variant 'v')"));
  parts.before_population =
      "factors: {x: {expression: people / 1000000, unit: '1', where: {people: {people: {}}}}}";
  CHECK(contains(told(parts),
                 "stream 'work': 81 a year in the step from 2011-01-01 (policy 'p' of variant 'v')"));
}

TEST_CASE("of a table with very many dates only the largest values are looked at") {
  const Folder folder;
  std::string csv = "date,m\n";
  for (int day = 0; day < 365; ++day)
    csv += to_string(Date(std::chrono::sys_days(std::chrono::year{2010} / 1 / 1) + std::chrono::days(day))) +
           (day == 200 ? ",3\n" : ",0.01\n");
  folder.write("m.csv", csv);
  Parts parts;
  parts.time = "time: {start: 2010-01-01, end: 2010-12-31, step: 1 day}";
  parts.before_population = "factors: {m: {table: m.csv, time: date, value: m, unit: per year}}";
  parts.after_streams = "demography: {deaths: {rate: {factor: m}}}";
  const Scenario scenario = read(folder, parts.yaml());
  CHECK(steps_of_changes(scenario, scenario.variants[0]) == std::vector<Step>{Step{200}});
  CHECK(contains(told(folder, parts), "deaths: 3 a year in the step from 2010-07-20"));
}

}  // namespace later_warnings_test
