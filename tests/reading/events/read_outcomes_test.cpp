#include "sim/reading/events/read_outcomes.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sim/scenario/outcomes.hpp"
#include "tests/reading/reading.hpp"

namespace read_outcomes_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Parts parts_with(const std::string& transitions, const std::string& factors = "") {
  Parts parts;
  parts.regions = "regions: [north, south]";
  parts.before_population =
      "attributes: {status: [asylum, refugee, refused], paper: [none, valid]}\n" + factors;
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500}, status: asylum, paper: none, age: 0-79}\n";
  parts.after_streams = transitions;
  return parts;
}

std::string told(const std::string& transitions, const std::string& factors = "") {
  const Folder folder;
  return mistakes_of(folder, parts_with(transitions, factors).yaml());
}

const std::string office = "capacity: {limit: 10, every: month, give_up: 1 per year}";

}  // namespace

TEST_CASE("a decision has outcomes with weights, which may differ by attribute or be a factor") {
  const Folder folder;
  const Scenario s =
      read(folder,
           parts_with("transitions:\n"
                      "  decide:\n"
                      "    who: {status: asylum}\n"
                      "    rate: 2 per year\n"
                      "    " +
                          office +
                          "\n"
                          "    outcomes:\n"
                          "      recognised: {weight: {by: paper, none: 0.2, valid: 0.4}, becomes: {status: "
                          "refugee, paper: valid}, citizenship: residence}\n"
                          "      refused: {weight: {factor: strict}, becomes: {status: refused}}\n"
                          "      closed: {weight: 0.1, leaves: outside}\n"
                          "    given_up: {becomes: {status: refused}}\n",
                      "factors: {strict: {values: {north: 1, south: 2}}}\n")
               .yaml());
  const Transition& decide = s.transitions[0];
  REQUIRE(decide.outcomes.size() == 3);
  CHECK(decide.outcomes[0].name == "decide/recognised");
  CHECK(decide.outcomes[0].naturalises);
  CHECK(decide.outcomes[0].becomes[6] == Group{3});
  CHECK(decide.outcomes[2].leaves);
  const auto weight = [&](std::size_t o) { return s.parameters[decide.outcomes[o].weight.rate.index()]; };
  CHECK(weight(0).name == "transitions.decide.outcomes.recognised.weight");
  CHECK(weight(0).by_group[0] == 0.2);
  CHECK(weight(0).by_group[1] == 0.4);
  CHECK(decide.outcomes[1].weight.rate_factor == FactorId{0});
  CHECK(decide.given_up->name == "decide/given_up");
  CHECK(exit_count(s) == 1);
}

TEST_CASE("a transition may change several attributes: of those who have not all the values") {
  const Folder folder;
  const Scenario s = read(
      folder,
      parts_with("transitions: {a: {becomes: {status: refugee, paper: valid}, rate: 1 per year}}\n").yaml());
  CHECK(s.transitions[0].who.groups == std::vector<bool>{true, true, true, false, true, true});
}

TEST_CASE("policies change weights") {
  const Folder folder;
  Parts parts = parts_with(
      "transitions: {a: {who: {status: asylum}, rate: 1 per year, outcomes: {yes: {weight: 1, becomes: "
      "{status: refugee}}, "
      "no: {weight: 3, becomes: {status: refused}}}}}\n"
      "policies: {p: {from: 2010-07-01, change: [{what: transitions.a.outcomes.yes.weight, set: 2}]}}\n"
      "variants: {open: [p]}\n");
  CHECK(read(folder, parts.yaml()).policies.size() == 1);
}

TEST_CASE("what is wrong with outcomes is told where it is") {
  const auto outcomes = [](const std::string& list) {
    return told("transitions: {a: {rate: 1 per year, outcomes: " + list + "}}\n");
  };
  CHECK(contains(told("transitions: {a: {rate: 1 per year}}\n"), "transition 'a' needs 'becomes'"));
  CHECK(contains(outcomes("{}"), "there is no outcome"));
  CHECK(contains(outcomes("{x: {becomes: {status: refugee}}}"), "outcome 'x' needs 'weight'"));
  CHECK(contains(outcomes("{x: {weight: -1, becomes: {status: refugee}}}"), "the weight is negative"));
  CHECK(contains(outcomes("{x: {weight: 1}}"), "no outcome changes anything"));
  CHECK(contains(outcomes("{x: {weight: 1, leaves: home}}"), "'leaves' is 'home'; expected outside"));
  CHECK(contains(outcomes("{x: {weight: 1, leaves: outside, becomes: {status: refugee}}}"),
                 "who leaves all regions gets no values"));
  CHECK(contains(outcomes("{x: {weight: 1, leaves: outside, citizenship: residence}}"),
                 "who leaves all regions gets no citizenship"));
  CHECK(contains(outcomes("{x: {weight: 0, leaves: outside}, y: {weight: 0}}"),
                 "north, asylum, none: the weights of the outcomes of transition 'a' are all 0"));
  CHECK(contains(
      told("transitions: {a: {rate: 1 per year, becomes: {status: refugee}, outcomes: {x: {weight: 1, "
           "leaves: outside}}}}\n"),
      "transition 'a' has outcomes"));
  CHECK(contains(told("transitions: {a: {rate: 1 per year, becomes: {status: refugee}, given_up: {leaves: "
                      "outside}}}\n"),
                 "nobody waits for a transition without a 'capacity'"));
  CHECK(contains(told("transitions: {a: {rate: 1 per year, becomes: {status: refugee}, " + office +
                      ", given_up: {}}}\n"),
                 "'given_up' changes nothing"));
  CHECK(
      contains(told("transitions: {a: {rate: 1 per year, " + office +
                    ", outcomes: {given_up: {weight: 1, leaves: outside}}, given_up: {leaves: outside}}}\n"),
               "two things are counted as 'a/given_up'"));
}

TEST_CASE("a policy may not leave somebody without an outcome") {
  const std::string text = told(
      "transitions: {a: {rate: 1 per year, outcomes: {x: {weight: 1, leaves: outside}}}}\n"
      "policies: {p: {from: 2010-07-01, change: [{what: transitions.a.outcomes.x.weight, set: 0}]}}\n"
      "variants: {shut: [p]}\n");
  CHECK(contains(text, "are all 0 in the step from"));
  CHECK(contains(text, "in variant 'shut'"));
}

TEST_CASE("derived factors read single outcomes, all of a transition, and ways out") {
  const Folder folder;
  const auto named = [&](const std::string& input) {
    const Scenario s = read(
        folder,
        parts_with(
            "transitions: {a: {rate: 1 per year, " + office +
                ", outcomes: {x: {weight: 1, leaves: outside}, y: {weight: 1, becomes: {status: refugee}}}, "
                "given_up: {leaves: outside}}, b: {becomes: {paper: valid}, rate: {factor: f}}}\n",
            "factors: {f: {expression: 0.001 * n, unit: per year, where: {n: {" + input +
                ", initial: 0 per year}}}}\n")
            .yaml());
    return std::get<FlowInput>(s.factors[0].derivation->inputs[0].of).named;
  };
  CHECK(named("transitions: 1 month") == std::vector<bool>{true, true, false, true});
  CHECK(named("transitions: 1 month, named: a") == std::vector<bool>{true, true, false, false});
  CHECK(named("transitions: 1 month, named: a/y") == std::vector<bool>{false, true, false, false});
  CHECK(named("transitions: 1 month, named: [a/given_up, b]") == std::vector<bool>{false, false, true, true});
  CHECK(named("outflow: 1 month, named: a/x") == std::vector<bool>{true, false});
}

}  // namespace read_outcomes_test
