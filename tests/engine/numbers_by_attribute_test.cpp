#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/reading/parameter_kinds.hpp"
#include "tests/reading/reading.hpp"

namespace numbers_by_attribute_test {

/// Every number that may differ by an attribute may be written in the same ways, and means the same in each.
using namespace sojourn;
using sojourn::test::contains;

namespace {

/// `@NAME@` is where the number of that dotted name stands.
const char* const everything = R"(sojourn: 1
title: Every number that may differ by an attribute
time: {start: 2010-01-01, end: 2010-07-01, step: 1 month}
regions: [n, s, e]
attributes: {sex: [f, m], status: [a, b, c]}
factors:
  wage: {values: {n: 3, s: 2, e: 1}}
  crowd: {expression: people / 200, unit: "1", where: {people: {people: all}}}
population: {stayers: {values: {n: 900, s: 700, e: 500}, age: 20-39, sex: {f: 0.5, m: 0.5}, status: {a: 0.4, b: 0.3, c: 0.3}}}
demography:
  births:
    who: {status: [a, b]}
    rate: @demography.births.rate@
    factors: [{factor: wage, coefficient: @demography.births.factors.wage@}]
    newborn: {sex: {f: 1, m: 1}, status: inherit}
  deaths:
    rate: @demography.deaths.rate@
    factors: [{factor: wage, coefficient: @demography.deaths.factors.wage@}]
streams:
  work:
    who: {status: [a, b]}
    hazard:
      rate: @streams.work.hazard.rate@
      push: [{factor: wage, coefficient: @streams.work.hazard.push.wage@}]
      attraction: @streams.work.hazard.attraction@
    destination:
      pull: [{factor: crowd, coefficient: 1}, {factor: wage, coefficient: @streams.work.destination.pull.wage@}]
      nests: {near: {regions: [s, e], dissimilarity: @streams.work.destination.nests.near@}}
  back:
    who: {status: [a, b]}
    hazard: {rate: 3 per year}
    destination: {pull: [{home: @streams.back.destination.pull.home@}]}
transitions:
  change:
    who: {status: [a, b, c]}
    becomes: {status: c}
    rate: @transitions.change.rate@
    factors: [{factor: wage, coefficient: @transitions.change.factors.wage@}]
  decide:
    who: {status: [a, b]}
    rate: 0.4 per year
    outcomes:
      yes: {weight: @transitions.decide.outcomes.yes.weight@, becomes: {sex: f}}
      no: {weight: 0.5, becomes: {status: a}}
outflow:
  out:
    who: {status: [a, b]}
    rate: @outflow.out.rate@
    factors: [{factor: wage, coefficient: @outflow.out.factors.wage@}]
)";

std::vector<std::string> places() {
  std::vector<std::string> names;
  const std::string_view text = everything;
  for (std::size_t at = text.find('@'); at != std::string_view::npos;) {
    const std::size_t end = text.find('@', at + 1);
    names.emplace_back(text.substr(at + 1, end - at - 1));
    at = text.find('@', end + 1);
  }
  return names;
}

bool is_rate(std::string_view place) { return place.ends_with(".rate"); }

/// Of status c there are those who die, and nobody whom another number concerns.
bool concerns_everybody(std::string_view place) { return place.starts_with("demography.deaths"); }

/// The scenario in which one place has this text, in which numbers have no units, and all others have 0.3.
std::string with(const std::string& place, std::string_view written) {
  std::string text = everything;
  for (const std::string& name : places()) {
    std::string value(name == place ? written : "0.3");
    if (is_rate(name)) {
      for (std::size_t at = value.find("0."); at != std::string::npos; at = value.find("0.", at + 3))
        value.insert(at + 3, " per year");
    }
    const std::string mark = '@' + name + '@';
    text.replace(text.find(mark), mark.size(), value);
  }
  return text;
}

/// What is counted in a run of its last variant; fails where it is not right.
std::vector<std::int64_t> counts(const std::string& yaml) {
  const test::Folder folder;
  const Scenario scenario = test::read(folder, yaml);
  Workers workers{1};
  Simulation simulation(scenario, scenario.variants.back(), RunKey{7, 0}, workers);
  while (!simulation.finished()) simulation.advance();
  std::vector<std::int64_t> all;
  const auto add = [&](const auto& some) { all.insert(all.end(), some.begin(), some.end()); };
  add(simulation.population().residents());
  add(simulation.flows().dense());
  const VitalTally& vitals = simulation.vitals();
  for (const auto* some : {&vitals.births(), &vitals.deaths(), &vitals.transitions(), &vitals.outflow()})
    add(*some);
  return all;
}

std::string mistakes(const std::string& yaml) {
  const test::Folder folder;
  return test::mistakes_of(folder, yaml);
}

std::string warnings(const std::string& yaml) {
  const test::Folder folder;
  return test::warnings_of(folder, test::read(folder, yaml));
}

}  // namespace

TEST_CASE("the scenario of these tests has every kind of number that may differ by an attribute") {
  std::set<std::string> kinds;
  for (const std::string& place : places()) kinds.insert(parameter_kinds().at(*parameter_kind(place)).name);
  for (const ParameterName& kind : parameter_kinds()) {
    CAPTURE(kind.name);
    CHECK(kinds.contains(kind.name) == kind.by_attribute);
  }
}

TEST_CASE("a number that nobody reads, none in its place, or 'else' for others: the run is the same") {
  for (const std::string& place : places()) {
    if (concerns_everybody(place)) continue;
    CAPTURE(place);
    const std::string full = with(place, "{by: status, a: 0.2, b: 0.4, c: 0.9}");
    CHECK(contains(warnings(full), "nobody reads the "));
    CHECK(contains(warnings(full), " of 'c': none of those whom it concerns has that status"));
    const std::string left_out = with(place, "{by: status, a: 0.2, b: 0.4}");
    CHECK(warnings(left_out) == "");
    const std::string rest = with(place, "{by: status, a: 0.2, else: 0.4}");
    CHECK(warnings(rest) == "");
    const std::vector<std::int64_t> expected = counts(full);
    CHECK(counts(left_out) == expected);
    CHECK(counts(rest) == expected);
    // It differs between groups, or the equalities say nothing.
    CHECK(counts(with(place, "{by: status, a: 0.2, else: 0.9}")) != expected);
  }
}

TEST_CASE("what is read needs a number, and 'else' somebody who has none") {
  for (const std::string& place : places()) {
    CAPTURE(place);
    CHECK(contains(mistakes(with(place, "{by: status, b: 0.4, c: 0.4}")),
                   " needs 'a'; expected a number for each status"));
    const std::string spare = with(place, "{by: status, a: 0.2, b: 0.4, else: 0.3}");
    const bool is_read = concerns_everybody(place);
    CHECK(contains(warnings(spare), " of 'else': every status of those whom it concerns has its own") !=
          is_read);
    CHECK((mistakes(with(place, "{by: status, a: 0.2, b: 0.4}")) == "") != is_read);
  }
}

TEST_CASE("after a mistake in 'who' nothing is said of the numbers that depend on it") {
  for (const std::string& place : places()) {
    if (concerns_everybody(place)) continue;
    CAPTURE(place);
    std::string yaml = with(place, "{by: status, a: 0.2, b: 0.4, c: 0.1}");
    for (std::size_t at = yaml.find("[a, b"); at != std::string::npos; at = yaml.find("[a, b", at + 1)) {
      if (at > yaml.find("attributes: {sex: [f, m], status: [") + 34) yaml.replace(at, 5, "[a, d");
    }
    const std::string told = mistakes(yaml);
    CHECK(contains(told, "there is no value of status 'd'"));
    CHECK_FALSE(contains(told, "needs"));
    CHECK_FALSE(contains(told, "nobody"));
  }
}

TEST_CASE("a policy may change what a number is for one value, for those of 'else', or for all") {
  for (const std::string& place : places()) {
    CAPTURE(place);
    const std::string base = with(place, "{by: status, a: 0.2, else: 0.4}");
    const auto under = [&](const std::vector<std::pair<std::string, std::string>>& changes) {
      std::string text = base + "policies:\n  p:\n    from: 2010-01-01\n    change:\n";
      for (const auto& [value, number] : changes) {
        text += "      - {what: " + place + value + ", set: " + number + (is_rate(place) ? " per year" : "") +
                "}\n";
      }
      return counts(text + "variants: {v: [p]}\n");
    };
    const std::vector<std::int64_t> others = under({{".else", "0.6"}});
    CHECK(others != counts(base));
    CHECK(others == under({{"", "0.6"}, {".a", "0.2"}}));
    CHECK(others == under({{".a", "0.7"}, {".else", "0.6"}, {".a", "0.2"}}));
    CHECK(under({{".a", "0.6"}, {".else", "0.6"}}) == under({{"", "0.6"}}));
    CHECK(under({{".a", "0.2"}, {".b", "0.4"}}) == counts(base));
  }
}

TEST_CASE("a dissimilarity beyond its range under a policy is told of those who read it") {
  const auto told = [](const std::string& number) {
    return mistakes(
        with("streams.work.destination.nests.near", number) +
        "policies: {p: {from: 2010-02-01, change: [{what: streams.work.destination.nests.near, scale: "
        "1.5}]}}\nvariants: {v: [p]}\n");
  };
  CHECK(contains(told("{by: status, a: 0.2, b: 0.8, c: 0.3}"), "becomes 1.2 in the step from 2010-02-01"));
  CHECK(told("{by: status, a: 0.2, b: 0.3, c: 0.8}") == "");
}

TEST_CASE("a term beyond any sense is told of those who read it") {
  const auto told = [](const std::string& number) {
    return mistakes(with("streams.back.destination.pull.home", number));
  };
  CHECK(contains(told("{by: status, a: 0.2, b: 1e7, c: 0.3}"), "the term 'home' of stream 'back' is 1"));
  CHECK(told("{by: status, a: 0.2, b: 0.3, c: 1e7}") == "");
}

}  // namespace numbers_by_attribute_test
