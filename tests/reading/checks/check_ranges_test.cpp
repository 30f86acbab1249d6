#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace check_ranges_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string told(const std::string& policies, bool with_status = false) {
  const Folder folder;
  Parts parts;
  parts.regions = "regions: [north, south]";
  parts.before_population = "factors: {m: {values: {north: 0.01, south: 0.02}, unit: per year}}";
  const std::string status = with_status ? ", status: {none: 1, worker: 0}" : "";
  parts.population = "population: {stayers: {values: {north: 1000, south: 500}, age: 0-79" + status +
                     "}}\ndemography: {deaths: {rate: {factor: m}}, births: {rate: 0.02 per year" +
                     (with_status ? ", newborn: {status: none}" : "") + "}}";
  parts.streams = "streams: {a: {hazard: {rate: 0.01 per year}, destination: {}}}\n" + policies;
  return mistakes_of(folder, parts.yaml());
}

std::string policy(const std::string& change) {
  return "policies: {p: {from: 2010-06-01, change: [{" + change + "}]}}\nvariants: {with: [p]}";
}

}  // namespace

TEST_CASE("rates that a policy makes negative are told, of streams, births and deaths") {
  CHECK(told("").empty());
  CHECK(told(policy("what: demography.deaths.rate, scale: 0.5")).empty());
  CHECK(told(policy("what: demography.births.rate, set: 0.03 per year")).empty());
  CHECK(contains(
      told(policy("what: streams.a.hazard.rate, add: -0.02 per year")),
      "'streams.a.hazard.rate' becomes -0.01 per year in the step from 2010-06-01 in variant 'with'; "
      "expected 0 or more"));
  CHECK(contains(told(policy("what: demography.births.rate, add: -0.03 per year")),
                 "'demography.births.rate' becomes -0.01 per year"));
  CHECK(contains(told(policy("what: factors.m, add: -0.015")),
                 "'factors.m', the rate of deaths, becomes -0.005 per year"));
  CHECK(contains(told(policy("what: demography.deaths.rate, scale: -1")),
                 "'demography.deaths.rate' becomes -1 in the step from 2010-06-01 in variant 'with'"));
}

TEST_CASE("numbers of persons are told too: what comes in, and the limits of offices") {
  const auto office = [](const std::string& change) {
    return told(
        "attributes: {status: [none, worker]}\n"
        "transitions: {permit: {who: {status: none}, becomes: {status: worker}, rate: 1 per year, capacity: "
        "{limit: 5, every: month}}}\n"
        "inflow: {abroad: {rate: 10 per year, age: 20-39, status: none}}\n" +
            policy(change),
        true);
  };
  CHECK(contains(
      office("what: transitions.permit.capacity.limit, add: -7"),
      "'transitions.permit.capacity.limit' becomes -2 persons per month in the step from 2010-06-01"));
  CHECK(contains(office("what: transitions.permit.capacity.give_up, add: -1 per year"),
                 "'transitions.permit.capacity.give_up' becomes -1 per year"));
  CHECK(contains(office("what: inflow.abroad.rate, add: -11 per year"),
                 "'inflow.abroad.rate' becomes -1 persons per year"));
  CHECK(contains(office("what: inflow.abroad.rate, scale: 1e10"), "expected 0 to 1e+09"));
}

TEST_CASE("a number that is only just too large is told with the digits that are too many") {
  const std::string inflow = "inflow: {a: {rate: %, age: 20-39}}";
  const auto with = [&](const std::string& rate) {
    std::string text = inflow;
    return told(policy("what: inflow.a.rate, scale: 1.00000001") + '\n' +
                text.replace(text.find('%'), 1, rate));
  };
  CHECK(contains(with("1000000001 per year"),
                 "'rate' is 1000000001 persons per year; expected 0 to 1e+09 persons per year"));
  CHECK(contains(with("1e9 per year"), "becomes 1.00000001e+09 persons per year"));
}

TEST_CASE("what a rate is where it concerns nobody is nobody's fault") {
  const Folder folder;
  folder.write("ages.csv", "code,age,v\nnorth,0-9,0.1\nnorth,10+,0.2\nsouth,0-9,0.1\nsouth,10+,-1\n");
  const auto mistakes = [&](const std::string& events) {
    Parts parts;
    parts.regions = "regions: [north, south]";
    parts.before_population =
        "attributes: {sex: [f, m]}\n"
        "factors: {f: {values: {north: 0.1, south: -3}, unit: per year},\n"
        "  sexes: {by: sex, values: {f: 0.1, m: -3}, unit: per year},\n"
        "  ages: {table: ages.csv, region: code, age: age, value: v, unit: per year},\n"
        "  persons: {values: {north: 5, south: -3}, unit: persons per year},\n"
        "  places: {values: {north: 5, south: -3}, unit: persons per month}}";
    parts.population =
        "population: {stayers: {values: {north: 1000, south: 500}, age: 0-79, sex: {f: 0.5, m: 0.5}}}\n";
    parts.streams = "streams: {}\n" + events;
    return mistakes_of(folder, parts.yaml());
  };
  // Each as it stands and with a `who` (or `into`) that leaves out what is negative.
  const auto asks_only = [&](std::string events, const std::string& who) {
    const std::size_t at = events.find('@');
    CHECK(contains(mistakes(events.replace(at, 1, "")), "becomes -"));
    CHECK(mistakes(events.insert(at, who)) == "");
  };
  const std::string north = "who: {residence: north}, ";
  const std::string newcomers = "age: 20-39, sex: f}}";
  asks_only("inflow: {a: {rate: {factor: persons}, @" + newcomers, "into: [north], ");
  asks_only("inflow: {a: {number: {factor: persons}, @" + newcomers, "into: [north], ");
  asks_only("outflow: {a: {@rate: {factor: f}}}", north);
  asks_only("outflow: {a: {@rate: {factor: sexes}}}", "who: {sex: f}, ");
  asks_only("outflow: {a: {@rate: {factor: ages}}}", north);
  asks_only("outflow: {a: {@rate: {factor: ages}}}", "who: {age: 0-9}, ");
  asks_only("transitions: {a: {@becomes: {sex: f}, rate: {factor: f}}}", north);
  const std::string capacity = "rate: 1 per year, capacity: {every: month, limit: {factor: places}}}}";
  asks_only("transitions: {a: {@becomes: {sex: f}, " + capacity, north);
  asks_only("demography: {births: {@rate: {factor: f}, newborn: {sex: {f: 0.5, m: 0.5}}}}",
            "who: {residence: north}, ");
}

TEST_CASE("what a policy makes of a rate where it concerns nobody is nobody's fault either") {
  const std::string north =
      policy("what: outflow.a.rate, add: -0.2 per year, regions: [north]") + "\noutflow: {a: {";
  CHECK(contains(told(north + "rate: 0.1 per year}}"), "'outflow.a.rate' becomes -0.1 per year"));
  CHECK(told(north + "who: {residence: south}, rate: 0.1 per year}}").empty());
}

TEST_CASE("a dissimilarity is above 0 and up to 1, as written and under every policy") {
  const auto with = [](const std::string& dissimilarity, const std::string& set) {
    Parts parts;
    parts.streams =
        "streams: {work: {hazard: {rate: 0.1 per year}, destination: {nests: {n: {regions: [south, east], "
        "dissimilarity: " +
        dissimilarity + "}}}}}";
    parts.after_streams =
        "policies: {p: {from: 2010-02-01, change: [{what: streams.work.destination.nests.n, set: " + set +
        "}]}}\nvariants: {v: [p]}";
    const Folder folder;
    return mistakes_of(folder, parts.yaml());
  };
  CHECK(with("0.5", "1").empty());
  CHECK(contains(with("1.2", "1"), "the dissimilarity is 1.2; expected a number above 0 and up to 1"));
  CHECK(contains(with("0", "1"), "the dissimilarity is 0; expected a number above 0 and up to 1"));
  CHECK(contains(with("0.5", "1.5"),
                 "'streams.work.destination.nests.n' becomes 1.5 in the step from 2010-02-01 in variant 'v'; "
                 "expected a number above 0 and up to 1"));
  CHECK(contains(with("0.5", "0"), "'streams.work.destination.nests.n' becomes 0 in"));
  CHECK(contains(with("0.5", "-1"), "'streams.work.destination.nests.n' becomes -1 in"));
}

TEST_CASE("numbers of one value that a policy moves beyond their range are told by the name of that value") {
  const auto with = [](const std::string& changes) {
    Parts parts;
    parts.before_population = "attributes: {status: [citizen, worker, guest]}";
    parts.population =
        "population: {stayers: {values: {north: 9, south: 9, east: 9}, age: 0-79, status: worker}}";
    parts.streams =
        "streams: {work: {who: {status: [citizen, worker]}, hazard: {rate: {by: status, citizen: 0.1 per "
        "year, "
        "worker: 0.2 per year}}, destination: {nests: {n: {regions: [south, east], dissimilarity: {by: "
        "status, "
        "citizen: 0.9, worker: 0.5}}}}}}";
    parts.after_streams =
        "policies: {p: {from: 2010-02-01, change: [\n" + changes + "]}}\nvariants: {v: [p]}";
    const Folder folder;
    return mistakes_of(folder, parts.yaml());
  };
  const std::string rate = "{what: streams.work.hazard.rate";
  CHECK(contains(with(rate + ".worker, add: -0.3 per year}"),
                 "s.yaml:9:1: 'streams.work.hazard.rate.worker' becomes -0.1 per year in the step from "
                 "2010-02-01 in variant 'v'; expected 0 or more"));
  CHECK(contains(with(rate + ", add: -0.15 per year},\n" + rate + ".worker, add: 0.1 per year}"),
                 "s.yaml:9:1: 'streams.work.hazard.rate.citizen' becomes -0.05 per year"));
  CHECK(with(rate + ".worker, add: -0.15 per year}") == "");
  const std::string nest = "{what: streams.work.destination.nests.n";
  CHECK(contains(with(nest + ".worker, scale: 2.1}"),
                 "'streams.work.destination.nests.n.worker' becomes 1.05"));
  CHECK(contains(with(nest + ", scale: 1.2}"), "'streams.work.destination.nests.n.citizen' becomes 1.08"));
  CHECK(with(nest + ".worker, scale: 1.2}") == "");
}

TEST_CASE("coefficients and attractions may be any number under a policy") {
  const auto with = [](const std::string& what) {
    Parts parts;
    parts.before_population = "factors: {wage: {values: {north: 3, south: 2, east: 1}}}";
    parts.streams =
        "streams: {work: {hazard: {rate: 0.1 per year, attraction: 0.5, push: [{factor: wage, coefficient: "
        "1}]}, destination: {pull: [{factor: wage, coefficient: 1}]}}}";
    parts.after_streams = "policies: {p: {from: 2010-02-01, change: [{what: streams.work." + what +
                          ", set: -2}]}}\nvariants: {v: [p]}";
    const Folder folder;
    return mistakes_of(folder, parts.yaml());
  };
  CHECK(with("hazard.attraction").empty());
  CHECK(with("hazard.push.wage").empty());
  CHECK(with("destination.pull.wage").empty());
}

}  // namespace check_ranges_test
