#include "sim/reading/events/read_capacity.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_capacity_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string yaml_with(const std::string& capacity, const std::string& rest = "",
                      const std::string& factors = "") {
  Parts parts;
  parts.regions = "regions: [north, south]";
  parts.before_population = "attributes: {sex: [f, m], status: [citizen, worker, unregistered]}\n" + factors;
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500}, sex: {f: 0.5, m: 0.5}, status: "
      "unregistered, age: 0-79}\n";
  parts.after_streams =
      "transitions:\n  permit: {who: {status: unregistered}, becomes: {status: worker}, rate: 1 per year,\n"
      "    capacity: " +
      capacity + "}\n" + rest;
  return parts.yaml();
}

std::string told(const std::string& capacity, const std::string& rest = "", const std::string& factors = "") {
  const Folder folder;
  return mistakes_of(folder, yaml_with(capacity, rest, factors));
}

}  // namespace

TEST_CASE("a capacity says how many, how often, where, whom first, and who gives up") {
  const Folder folder;
  const Scenario s = read(
      folder, yaml_with("{limit: 40, every: quarter, office: all, spread: even, priority: [{sex: m, status: "
                        "[unregistered, citizen]}, {sex: f}], give_up: 0.5 per year}"));
  REQUIRE(s.queues.size() == 1);
  const Queue& queue = s.queues[0];
  CHECK(queue.name == "permit");
  CHECK(queue.transition == TransitionId(0));
  CHECK(queue.period == Queue::Period::quarter);
  CHECK(queue.one_office);
  CHECK(queue.spread_evenly);
  // f: citizen, worker, unregistered; m likewise; then those who wait.
  CHECK(queue.priority == std::vector<std::size_t>{1, 1, 1, 0, 2, 0, 1, 1, 1, 0, 2, 0});
  CHECK(s.groups.unqueued() == 6);
  CHECK(s.groups.count() == 12);
  CHECK(queue.who.groups ==
        std::vector<bool>{false, false, false, false, false, false, true, true, true, true, true, true});
  CHECK(queue.served[8] == Group(1));
  CHECK(s.transitions[0].becomes[5] == Group(11));
  const Parameter& limit = s.parameters[queue.limit.rate.index()];
  CHECK(limit.name == "transitions.permit.capacity.limit");
  CHECK(limit.unit == "persons per quarter");
  CHECK(limit.by_group == std::vector<double>{40});
  CHECK(s.parameters[queue.giving_up.rate.index()].by_group == std::vector<double>{0.5});
}

TEST_CASE("people come first by ages, whose bounds make the classes of all") {
  const Folder folder;
  const Scenario s = read(
      folder, yaml_with("{limit: 40, every: month, priority: [{age: 0-17}, {age: 60+, sex: m}, {sex: f}]}"));
  const Queue& queue = s.queues[0];
  CHECK(queue.priority_by_age());
  CHECK(queue.priority_from_age == std::vector<double>{0, 18, 60});
  CHECK(queue.priority_of(Group{0}, 0) == 0);
  CHECK(queue.priority_of(Group{0}, 1) == 2);
  CHECK(queue.priority_of(Group{0}, 2) == 2);
  CHECK(queue.priority_of(Group{3}, 0) == 0);
  CHECK(queue.priority_of(Group{3}, 1) == 3);
  CHECK(queue.priority_of(Group{3}, 2) == 1);
  CHECK(queue.priority.size() == s.groups.count() * 3);
}

TEST_CASE("what is not said: an office in each region, one pot, nobody first, nobody gives up") {
  const Folder folder;
  const Scenario s = read(folder, yaml_with("{limit: 0, every: month}"));
  const Queue& queue = s.queues[0];
  CHECK_FALSE(queue.one_office);
  CHECK_FALSE(queue.spread_evenly);
  CHECK(queue.priority == std::vector<std::size_t>(12, 0));
  CHECK(s.parameters[queue.giving_up.rate.index()].by_group == std::vector<double>{0});
}

TEST_CASE("a limit may be a factor, and a policy may change it") {
  const Folder folder;
  const std::string factors =
      "factors: {desks: {values: {north: 4, south: 2}, unit: persons per month}, all: {value: 3, unit: "
      "persons "
      "per year}}\n";
  const Scenario s = read(folder, yaml_with("{limit: {factor: desks}, every: month}", "", factors));
  CHECK(s.queues[0].limit.rate_factor == FactorId(0));
  CHECK(
      contains(told("{limit: {factor: desks}, every: year}", "", factors),
               "factor 'desks' is in 'persons per month'; expected a factor with 'unit: persons per year'"));
  CHECK(contains(told("{limit: {factor: desks}, every: month, office: all}", "", factors),
                 "factor 'desks' varies over regions, and there is one office"));
  CHECK(told("{limit: {factor: all}, every: year, office: all}", "", factors).empty());
  const std::string policy =
      "policies: {more: {from: 2010-01-01, change: [{what: transitions.permit.capacity.limit, set: 60, "
      "regions: [north]}]}}\nvariants: {baseline: [], more: [more]}\n";
  CHECK(told("{limit: 5, every: month}", policy).empty());
  CHECK(contains(
      told("{limit: 5, every: month, office: all}", policy),
      "the one office of 'permit' has one limit for all regions; expected a change without 'regions'"));
  const std::string less =
      "policies: {less: {from: 2010-01-01, change: [{what: transitions.permit.capacity.limit, add: -6}]}}\n"
      "variants: {baseline: [], less: [less]}\n";
  CHECK(contains(
      told("{limit: 5, every: month}", less),
      "'transitions.permit.capacity.limit' becomes -1 persons per month in the step from 2010-01-01 in "
      "variant 'less'; expected 0 or more"));
}

TEST_CASE("what is wrong with a capacity is told") {
  CHECK(contains(told("5"), "the capacity is '5'"));
  CHECK(contains(told("{every: month}"), "the capacity needs 'limit'"));
  CHECK(contains(told("{limit: 5}"), "the capacity needs 'every'"));
  CHECK(contains(told("{order: 1}"), "the capacity needs 'limit'; expected 'limit' and 'every', or 'draws'"));
  const std::string limits =
      "limits: {clerks: {amount: 5, every: month}, pairs: {amount: 5, every: year, "
      "for_each: pair}}\n";
  CHECK(contains(told("{draws: {clerks: 1}, limit: 5, office: all}", limits),
                 "a capacity with 'draws' has no 'limit' of its own"));
  CHECK(contains(told("{draws: {clerks: 1}, spread: even}", limits),
                 "a capacity with 'draws' has no 'spread' of its own"));
  CHECK(contains(told("{draws: {clarks: 1}}", limits), "did you mean clerks?"));
  CHECK(contains(told("{draws: {pairs: 1}}", limits),
                 "limit 'pairs' is for each pair, and an office is of a region or of all"));
  CHECK(contains(told("{limit: -1, every: month}"),
                 "the limit is negative; expected 0 or more persons per month"));
  CHECK(
      contains(told("{limit: 5 per month, every: month}"), "the limit is '5 per month'; expected a number"));
  CHECK(
      contains(told("{limit: 5, every: week}"), "'every' is 'week'; expected step, month, quarter or year"));
  CHECK(contains(told("{limit: 5, every: month, office: one}"), "'office' is 'one'; expected region or all"));
  CHECK(contains(told("{limit: 5, every: month, spread: odd}"), "'spread' is 'odd'; expected pot or even"));
  CHECK(contains(told("{limit: 5, every: month, give_up: -1 per year}"), "'give_up' is negative"));
  CHECK(contains(told("{limit: 5, every: month, priority: f}"), "there is no name of people 'f'"));
  CHECK(
      contains(told("{limit: 5, every: month, priority: {residence: north}}"),
               "the people of a priority are not told apart by 'residence'; expected attributes and 'age'"));
  CHECK(contains(told("{limit: 5, every: month, give_up: 1e7 per year}"),
                 "the hazard of giving up in transition 'permit' is 1e+07 per year"));
  CHECK(contains(told("{limit: 5, every: month, priority: [{sex: x}]}"), "there is no value of sex 'x'"));
  CHECK(contains(told("{limit: 5, evry: month}"), "the capacity has no key 'evry'"));
}

TEST_CASE("no more than four transitions have a capacity") {
  std::string more;
  for (const char* name : {"b", "c", "d", "e"}) {
    more += std::string("  ") + name +
            ": {becomes: {status: worker}, rate: 1 per year, capacity: {limit: 1, every: month}}\n";
  }
  CHECK(
      contains(told("{limit: 5, every: month}", more), "5 transitions have a capacity; expected at most 4"));
  more.erase(more.find("  e:"));
  CHECK(told("{limit: 5, every: month}", more).empty());
}

TEST_CASE("steps longer than the period of a limit are told") {
  Parts parts;
  const Folder folder;
  std::string yaml = yaml_with("{limit: 5, every: month}");
  const std::size_t step = yaml.find("step: ");
  REQUIRE(step != std::string::npos);
  yaml.replace(step, yaml.find_first_of(",}\n", step) - step, "step: 3 months");
  CHECK(contains(mistakes_of(folder, yaml), "steps of 3 months are longer than a month"));
}

TEST_CASE("the last step is looked at, too, and the only one") {
  const Folder folder;
  std::string yaml = yaml_with("{limit: 5, every: month}");
  const std::string time = "time: {start: 2010-01-01, end: 2012-01-01, step: 1 month}";
  yaml.replace(yaml.find(time), time.size(), "time: {start: 2010-01-01, end: 2011-01-01, step: 1 year}");
  CHECK(contains(mistakes_of(folder, yaml), "steps of 1 year are longer than a month"));
  yaml.replace(yaml.find("every: month"), 12, "every: year");
  CHECK(mistakes_of(folder, yaml).empty());
}

TEST_CASE("a derived limit may not fall below 0") {
  const Folder folder;
  const Scenario s =
      read(folder, yaml_with("{limit: {factor: d}, every: month}", "",
                             "factors: {d: {expression: 10 - n, unit: persons per month, where: {n: "
                             "{queue: permit}}}}\n"));
  const auto bound = bounds_of_values(s, FactorId(0)).at(0);
  REQUIRE(bound.has_value());
  CHECK(bound->least == 0);
  CHECK_FALSE(bound->admits(-1));
}

TEST_CASE("an expression may read a queue, and no other transition") {
  const std::string factors =
      "factors: {wait: {expression: 1 + n, unit: \"1\", where: {n: {queue: permit}}}}\n";
  const Folder folder;
  const Scenario s = read(folder, yaml_with("{limit: 5, every: month}", "", factors));
  const auto& input = std::get<PeopleInput>(s.factors[0].derivation->inputs[0].of);
  CHECK(input.who.groups ==
        std::vector<bool>{false, false, false, false, false, false, true, true, true, true, true, true});
  const std::string wrong =
      "factors: {wait: {expression: 1 + n, unit: \"1\", where: {n: {queue: permits}}}}\n";
  CHECK(contains(told("{limit: 5, every: month}", "", wrong),
                 "there is no transition with a capacity 'permits'"));
}

TEST_CASE("a pot of which only a part is left at the start is warned of") {
  const auto warned = [](const std::string& start, const std::string& capacity) {
    const Folder folder;
    std::string yaml = yaml_with(capacity);
    const std::string usual = "start: 2010-01-01, end: 2012-01-01";
    yaml.replace(yaml.find(usual), usual.size(), "start: " + start + ", end: 2020-07-01");
    return warnings_of(folder, read(folder, yaml));
  };
  CHECK(contains(
      warned("2010-07-01", "{limit: 40, every: year}"),
      "warning: the run starts on 2010-07-01, within a year, and the pot of what is left of it is the whole "
      "limit; this may mean that too many are served in it ('spread: even' serves as many as fit into the "
      "rest); if it is meant, write 'accept: [part-of-a-period]'"));
  CHECK_FALSE(warned("2010-02-01", "{limit: 40, every: quarter}").empty());
  CHECK(warned("2010-07-01", "{limit: 40, every: quarter}").empty());
  CHECK(warned("2010-07-01", "{limit: 40, every: month}").empty());
  CHECK(warned("2010-07-01", "{limit: 40, every: step}").empty());
  CHECK(warned("2010-01-01", "{limit: 40, every: year}").empty());
  CHECK(warned("2010-07-01", "{limit: 40, every: year, spread: even}").empty());
}

}  // namespace read_capacity_test
