#include "sim/reading/events/read_transitions.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_transitions_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Parts parts_with(const std::string& transitions, const std::string& factors = "") {
  Parts parts;
  parts.regions = "regions: [north, south]";
  parts.before_population = "attributes: {sex: [f, m], status: [citizen, worker, unregistered]}\n" + factors;
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500}, sex: {f: 0.5, m: 0.5}, status: "
      "unregistered, age: 0-79}\n";
  parts.after_streams = transitions;
  return parts;
}

std::string told(const std::string& transitions, const std::string& factors = "") {
  const Folder folder;
  return mistakes_of(folder, parts_with(transitions, factors).yaml());
}

}  // namespace

TEST_CASE("a transition may give the citizenship of the residence, and no other") {
  const Folder folder;
  const std::string text = "transitions:\n  a: {becomes: {status: citizen}, rate: 1 per year, citizenship: ";
  CHECK(read(folder, parts_with(text + "residence}\n").yaml()).transitions[0].naturalises);
  CHECK(contains(told(text + "birth}\n"), "'citizenship' is 'birth'; expected residence"));
}

TEST_CASE("a transition says who, what they become, and at what rate") {
  const Folder folder;
  const Scenario s = read(
      folder,
      parts_with("transitions:\n"
                 "  registration:\n"
                 "    who: {sex: f, age: 15-64, residence: north}\n"
                 "    becomes: {status: worker}\n"
                 "    rate: {by: sex, f: 0.4 per year, m: 1 per month}\n"
                 "    age: {values: {0: 1, 30: 2}}\n"
                 "    factors: [{factor: campaign, coefficient: 0.7}]\n"
                 "  naturalisation: {who: {status: worker, foreign_born: true}, becomes: {status: citizen}, "
                 "rate: 0.1 per year, stay: [{from: 0 years, ratio: 0}, {from: 5 years, ratio: 1}]}\n",
                 "factors: {campaign: {value: 0}}\n")
          .yaml());
  REQUIRE(s.transitions.size() == 2);
  const Transition& registration = s.transitions[0];
  CHECK(registration.name == "registration");
  // f: citizen, worker, unregistered; m likewise. Workers have the value already.
  CHECK(registration.who.groups == std::vector<bool>{true, false, true, false, false, false});
  CHECK(registration.who.residences == std::vector<bool>{true, false});
  CHECK(registration.who.age_to == 65);
  CHECK(registration.becomes[2] == Group{1});
  CHECK(registration.becomes[5] == Group{4});
  const Parameter& rate = s.parameters[registration.hazard.rate.index()];
  CHECK(rate.name == "transitions.registration.rate");
  CHECK(rate.by_group == std::vector<double>{0.4, 0.4, 0.4, 12, 12, 12});
  REQUIRE(registration.hazard.push.size() == 1);
  CHECK(s.parameters[registration.hazard.push[0].coefficient.index()].name ==
        "transitions.registration.factors.campaign");
  CHECK(s.transitions[1].who.foreign_born == true);
  CHECK(s.transitions[1].hazard.stay.from_years == std::vector<double>{0, 5});
  CHECK(s.transitions[1].where.line > 0);
}

TEST_CASE("what is wrong with a transition is told where it is") {
  CHECK(contains(told("transitions: {a: {becomes: {status: worker}}}\n"), "needs 'rate'"));
  CHECK(contains(told("transitions: {a: {rate: 1 per year}}\n"), "needs 'becomes'"));
  CHECK(
      contains(told("transitions: {a: {becomes: {}, rate: 1 per year}}\n"), "'becomes' names no attribute"));
  CHECK(contains(told("transitions: {a: {becomes: {status: wroker}, rate: 1 per year}}\n"),
                 "did you mean worker?"));
  CHECK(contains(told("transitions: {a: {becomes: {status: worker}, rate: 1 per year, push: []}}\n"),
                 "transition 'a' has no key 'push'"));
  CHECK(contains(told("transitions: {a: {becomes: {status: worker}, rate: -1 per year}}\n"),
                 "the rate is negative"));
  CHECK(contains(told("transitions: [a]\n"), "'transitions'"));
  CHECK(contains(told("transitions: {a: {becomes: {status: worker}, rate: 0.5}}\n"), "per year"));
}

TEST_CASE("a term is a queue that all join at once and that has no limit") {
  const Folder folder;
  const Scenario s =
      read(folder,
           parts_with("transitions: {ends: {who: {status: unregistered}, becomes: {status: worker}, after: 2 "
                      "years}}\n")
               .yaml());
  REQUIRE(s.queues.size() == 1);
  CHECK(s.queues[0].name == "ends");
  CHECK(s.queues[0].joins_at_once);
  CHECK(s.queues[0].is_unlimited);
  CHECK(s.queues[0].stays_on_moves);
  CHECK(s.queues[0].takes == Duration{2, Duration::Unit::years});
  CHECK(s.transitions[0].queue == QueueId{0});
}

TEST_CASE("requests at once, processing time and deadline") {
  const Folder folder;
  const Scenario s = read(
      folder,
      parts_with("transitions: {ask: {who: {status: unregistered}, becomes: {status: worker}, rate: at once, "
                 "capacity: {limit: 5, every: month, takes: 2 months, deadline: 90 days}}}\n")
          .yaml());
  CHECK(s.queues[0].joins_at_once);
  CHECK_FALSE(s.queues[0].stays_on_moves);
  CHECK(s.queues[0].takes == Duration{2, Duration::Unit::months});
  CHECK(s.queues[0].deadline == Duration{90, Duration::Unit::days});
}

TEST_CASE("what is wrong with a term is told where it is") {
  const auto of = [](const std::string& keys) {
    return told("transitions: {a: {becomes: {status: worker}, " + keys + "}}\n");
  };
  const std::string office = "capacity: {limit: 5, every: month}";
  CHECK(contains(of("after: 1 year, rate: 1 per year"), "a term has no 'rate'"));
  CHECK(contains(of("after: 1 year, " + office), "a term has no 'capacity'"));
  CHECK(contains(of("after: 1 year, stay: [{from: 0 years, ratio: 1}]"), "a term has no 'stay'"));
  CHECK(contains(of("after: soon"), "'after' is 'soon'"));
  CHECK(contains(of("after: 201 years"), "'after' is 201 years; expected at most 200 years"));
  CHECK(contains(of("after: 1 year, who: {age: 0-17}"), "a term is of people by attributes alone"));
  CHECK(contains(of("after: 1 year, who: {residence: north}"), "a term is of people by attributes alone"));
  CHECK(contains(of("rate: at once"), "nobody waits for a transition without a 'capacity'"));
  CHECK(contains(of("rate: at once, age: {values: {0: 1, 30: 2}}, " + office), "'at once' has no 'age'"));
  CHECK(contains(of("rate: at once, who: {foreign_born: true}, " + office),
                 "'at once' is of people by attributes and residence"));
}

TEST_CASE("a term shorter than a step is hidden by it, which is told") {
  const Folder folder;
  const Scenario s =
      read(folder,
           parts_with(
               "transitions: {a: {who: {status: unregistered}, becomes: {status: worker}, after: 2 weeks}}\n")
               .yaml());
  CHECK(contains(warnings_of(folder, s), "'after' of 2 weeks is shorter than a step of 1 month"));
}

TEST_CASE("policies cannot make a term a matter of chance") {
  CHECK(contains(
      told("transitions: {a: {who: {status: worker}, becomes: {status: citizen}, after: 1 year}}\n"
           "policies: {p: {from: 2010-07-01, change: [{what: transitions.a.rate, set: 2 per year}]}}\n"
           "variants: {v: [p]}\n"),
      "'transitions.a.rate' becomes 2 per year"));
}

}  // namespace read_transitions_test
