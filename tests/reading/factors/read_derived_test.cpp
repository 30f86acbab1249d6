#include "sim/reading/factors/read_derived.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_derived_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Parts parts_with(const std::string& factors) {
  Parts parts;
  parts.regions = "regions: [north, south]";
  parts.before_population = "attributes: {status: [unaware, aware]}\nfactors:\n" + factors;
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500}, status: unaware, age: 0-79}\n";
  return parts;
}

std::string told(const std::string& factors) {
  const Folder folder;
  return mistakes_of(folder, parts_with(factors).yaml());
}

}  // namespace

TEST_CASE("an expression reads factors by their names, and people, flows and the past under 'where'") {
  const Folder folder;
  const Scenario s =
      read(folder,
           parts_with("  rent:\n"
                      "    expression: base * (people / homes) ^ 0.5 + 0 * (aware + in + abroad + before)\n"
                      "    unit: EUR\n"
                      "    where:\n"
                      "      people: {people: all, lag: 2 months}\n"
                      "      aware: {people: {status: aware, age: 15-64}}\n"
                      "      in: {arrivals: 1 year, streams: work, initial: 100 per year}\n"
                      "      abroad: {foreign_born: all}\n"
                      "      before: {factor: rent, lag: 1 month, initial: 3}\n"
                      "  base: {value: 500}\n"
                      "  homes: {values: {north: 400, south: 300}}\n")
               .yaml());
  REQUIRE(s.factors.size() == 3);
  CHECK(s.factors[0].unit == "EUR");
  REQUIRE(s.factors[0].derivation.has_value());
  const Derivation& rent = *s.factors[0].derivation;
  REQUIRE(rent.inputs.size() == 7);
  CHECK(rent.inputs[0].name == "people");
  CHECK(rent.inputs[0].lag == 2);
  const Who& aware = std::get<PeopleInput>(rent.inputs[1].of).who;
  CHECK(aware.groups == std::vector<bool>{false, true});
  CHECK(aware.age_to == 65);
  const FlowInput& in = std::get<FlowInput>(rent.inputs[2].of);
  CHECK(in.kind == FlowInput::Kind::arrivals);
  CHECK(in.steps == 12);
  CHECK(in.initial == 100);
  CHECK(in.named == std::vector<bool>{true});
  CHECK(std::holds_alternative<ForeignBornInput>(rent.inputs[3].of));
  CHECK(std::get<FactorInput>(rent.inputs[4].of).initial == 3);
  CHECK(rent.inputs[5].name == "base");
  CHECK(std::get<FactorInput>(rent.inputs[6].of).factor == FactorId{2});
}

TEST_CASE("what is wrong with an expression is told") {
  const std::string where = ", unit: \"1\", where: {people: {people: all}}}\n";
  CHECK(contains(told("  r: {expression: 2 * poeple" + where), "the expression names 'poeple'"));
  CHECK(contains(told("  r: {expression: 2 * poeple" + where), "did you mean people?"));
  CHECK(contains(told("  r: {expression: 2 * (people" + where), "the expression cannot be read"));
  CHECK(contains(told("  r: {expression: '', unit: x}\n"), "the expression cannot be read"));
  CHECK(contains(told("  r: {expression: \"1 + 2\"" + where), "the expression does not use 'people'"));
  CHECK(contains(told("  r: {expression: \"1\"}\n"), "needs 'unit'"));
  CHECK(contains(told("  r: {expression: \"1\", unit: x, value: 3}\n"), "has no key 'value'"));
  CHECK(contains(
      told("  r: {expression: x, unit: \"1\", where: {x: {peple: all}}}\n"),
      "one of the keys factor, people, foreign_born, queue, arrivals, departures, inflow, outflow, births, "
      "deaths, transitions, requests"));
  CHECK(contains(told("  r: {expression: x, unit: \"1\", where: {x: {arrivals: 1 year}}}\n"),
                 "needs 'initial'"));
  CHECK(contains(
      told("  r: {expression: x, unit: \"1\", where: {x: {departures: 45 days, initial: 1 per year}}}\n"),
      "a whole number of steps"));
  CHECK(contains(told("  r: {expression: x, unit: \"1\", where: {x: {people: {foreign_born: true}}}}\n"),
                 "not told apart by 'foreign_born'"));
  CHECK(contains(told("  r: {expression: x, unit: \"1\", where: {x: {factor: r, lag: 1 month}}}\n"),
                 "no value before the start"));
  CHECK(contains(told("  b: {value: 1}\n  r: {expression: b, unit: \"1\", where: {b: {people: all}}}\n"),
                 "'b' is the name of a factor, too"));
  CHECK(contains(
      told("  b: {value: 1}\n  r: {expression: x, unit: \"1\", where: {x: {factor: b, initial: 2}}}\n"),
      "'initial' has no meaning without a lag"));
  CHECK(
      contains(told("  b: {by: status, values: {aware: 1, unaware: 2}}\n  r: {expression: b, unit: \"1\"}\n"),
               "factor 'b' varies over groups"));
  CHECK(contains(told("  base-wage: {value: 1}\n  r: {expression: 2 * base-wage, unit: \"1\"}\n"),
                 "the name of factor 'base-wage' cannot stand in an expression"));
  // Names may have any letter; an expression knows few.
  CHECK(contains(told("  gəlir: {value: 1}\n  r: {expression: gəlir * 2, unit: \"1\"}\n"),
                 "the name of factor 'gəlir' cannot stand in an expression; expected names of a-z, A-Z, 0-9 "
                 "and _; give it another one under 'where': {x: {factor: gəlir}}"));
  CHECK(contains(told("  r: {expression: 2 + gəl_ir2*3, unit: \"1\"}\n"),
                 "'gəl_ir2' cannot stand in an expression; expected names of a-z, A-Z, 0-9 and _"));
  CHECK(contains(told("  r: {expression: 2 × 3, unit: \"1\"}\n"), "'×' cannot stand in an expression"));
  CHECK(told("  gəlir: {value: 1}\n  r: {expression: x * 2, unit: \"1\", where: {x: {factor: gəlir}}}\n")
            .empty());
  const std::string flow = "  r: {expression: x, unit: \"1\", where: {x: {arrivals: 1 year, ";
  CHECK(contains(told(flow + "streams: [], initial: 0 per year}}}\n"), "there is no flow in 'streams'"));
  CHECK(contains(told(flow + "initial: -3 per year}}}\n"), "'initial' is negative"));
  CHECK(
      contains(told("  r: {expression: x, unit: \"1\", where: {2x: {people: all}}}\n"), "cannot be a name"));
}

TEST_CASE("births, deaths, transitions and requests are read where the scenario has them") {
  const auto with = [](const std::string& input, const std::string& sections) {
    Parts parts = parts_with("  r: {expression: x, unit: \"1\", where: {x: {" + input + "}}}\n");
    parts.after_streams = sections;
    return parts.yaml();
  };
  const std::string vital =
      "demography:\n  births: {rate: 0.01 per year, newborn: {status: inherit}}\n  deaths: {rate: 0.01 per "
      "year}\n";
  const std::string changes =
      "transitions:\n  tell: {becomes: {status: aware}, rate: 1 per year}\n  forget: {becomes: {status: "
      "unaware}, rate: 1 per year, capacity: {limit: 5, every: month}}\n";
  const std::string all = vital + changes;
  const Folder folder;
  const auto input = [&](const std::string& text) {
    const Scenario s = read(folder, with(text, all));
    return std::get<FlowInput>(s.factors[0].derivation->inputs[0].of);
  };
  CHECK(input("births: 1 year, initial: 5 per year").kind == FlowInput::Kind::births);
  CHECK(input("births: 1 year, initial: 5 per year").named == std::vector<bool>{true});
  CHECK(input("deaths: 1 month, initial: 5 per year").kind == FlowInput::Kind::deaths);
  const FlowInput told_of = input("transitions: 1 year, named: forget, initial: 5 per year");
  CHECK(told_of.kind == FlowInput::Kind::transitions);
  CHECK(told_of.named == std::vector<bool>{false, true});
  CHECK(told_of.steps == 12);
  CHECK(told_of.initial == 5);
  CHECK(input("requests: 1 year, initial: 5 per year").named == std::vector<bool>{true});
  const auto mistakes = [&](const std::string& text, const std::string& sections) {
    return mistakes_of(folder, with(text, sections));
  };
  CHECK(contains(mistakes("births: 1 year, initial: 5 per year", changes),
                 "the scenario has no births; expected 'births' in a section 'demography'"));
  CHECK(contains(mistakes("deaths: 1 year, initial: 5 per year", ""), "the scenario has no deaths"));
  CHECK(contains(mistakes("transitions: 1 year, initial: 5 per year", vital),
                 "the scenario has no transitions; expected a section 'transitions'"));
  CHECK(contains(mistakes("requests: 1 year, initial: 5 per year", vital),
                 "the scenario has no requests; expected a transition with a 'capacity'"));
  CHECK(contains(mistakes("requests: 1 year, named: tell, initial: 5 per year", all),
                 "there is no transition with a capacity 'tell'"));
  CHECK(contains(mistakes("transitions: 1 year, named: forgt, initial: 5 per year", all),
                 "did you mean forget?"));
  CHECK(contains(mistakes("births: 1 year", all), "needs 'initial'"));
}

TEST_CASE("a derived factor cannot be standardised, nor its change have a logarithm") {
  const auto with_push = [](const std::string& push) {
    Parts parts = parts_with("  r: {expression: x, unit: \"1\", where: {x: {people: all}}}\n");
    parts.streams =
        "streams:\n  work:\n    hazard: {rate: 0.01 per year, push: [{factor: r, coefficient: 1, " + push +
        "}]}\n    destination: {choose: all}";
    const Folder folder;
    return mistakes_of(folder, parts.yaml());
  };
  CHECK(contains(with_push("as: standardised"), "cannot be standardised"));
  CHECK(contains(with_push("as: log, measure: change_from_start"), "may be negative"));
  CHECK(with_push("as: log").empty());
  CHECK(with_push("measure: change_from_start").empty());
}

}  // namespace read_derived_test
