#include "sim/reading/policies/read_change.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <variant>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_change_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string yaml_with(const std::string& policies) {
  Parts parts;
  parts.regions =
      "regions: {north: {latitude: 60, longitude: 25}, south: {latitude: 50, longitude: 25}, east: "
      "{latitude: 60, longitude: 35}}";
  parts.before_population =
      "factors: {wage: {values: {north: 3, south: 2, east: 1}}, price: {value: 2}, distance: {pairs: "
      "great_circle}}";
  parts.streams =
      "streams:\n  work:\n    hazard: {rate: 0.01 per year}\n    destination: {pull: [{factor: wage, "
      "coefficient: 1}]}";
  parts.after_streams = policies;
  return parts.yaml();
}

Change only_change(const std::string& change) {
  const Folder folder;
  const Scenario s = read(
      folder, yaml_with("policies: {p: {from: 2010-03-01, change: [" + change + "]}}\nvariants: {p: [p]}"));
  return s.policies.at(0).changes.at(0);
}

}  // namespace

TEST_CASE("changes of factors and parameters") {
  const Change set = only_change("{what: factors.wage, set: 7, ramp: 6 months}");
  CHECK(std::get<FactorId>(set.target) == FactorId(0));
  CHECK(set.kind == Change::Kind::set);
  CHECK(set.amount == 7);
  CHECK(set.ramp == Duration{6, Duration::Unit::months});
  CHECK(set.places.empty());
  const Change rate = only_change("{what: streams.work.hazard.rate, add: 0.5 per month}");
  CHECK(rate.kind == Change::Kind::add);
  CHECK(rate.amount == 6);
  const Change scaled = only_change("{what: streams.work.hazard.rate, scale: 0.5}");
  CHECK(scaled.kind == Change::Kind::scale);
  CHECK(scaled.amount == 0.5);
  const Change coefficient = only_change("{what: streams.work.destination.pull.wage, set: -1}");
  CHECK(std::holds_alternative<ParameterId>(coefficient.target));
}

TEST_CASE("changes narrowed to places") {
  CHECK(only_change("{what: factors.wage, set: 7, regions: [south]}").places ==
        std::vector<bool>{false, true, false});
  CHECK(only_change("{what: streams.work.hazard.rate, scale: 7, regions: south}").places ==
        std::vector<bool>{false, true, false});
  const std::vector<bool> to_south = {false, true, false, false, false, false, false, true, false};
  CHECK(only_change("{what: factors.distance, scale: 7, regions: [south]}").places == to_south);
  CHECK(only_change("{what: factors.distance, scale: 7, destinations: [south]}").places == to_south);
  CHECK(only_change("{what: streams.work.destination.pull.wage, scale: 7, regions: [south]}").places ==
        to_south);
  CHECK(only_change("{what: factors.distance, scale: 7, origins: [north]}").places ==
        std::vector<bool>{false, true, true, false, false, false, false, false, false});
  CHECK(only_change("{what: factors.distance, scale: 7, origins: [north, south], destinations: [south]}")
            .places == std::vector<bool>{false, true, false, false, false, false, false, false, false});
  CHECK(only_change("{what: factors.distance, scale: 7, corridors: [{origin: east, destination: north}]}")
            .places == std::vector<bool>{false, false, false, false, false, false, true, false, false});
}

namespace {

/// The amount of the one change, as text; or what is wrong.
std::string amount(const std::string& what, const std::string& how) {
  Parts parts;
  parts.before_population =
      "factors: {income: {values: {north: 3, south: 2, east: 1}, unit: USD per month}, bare: {value: 2}, "
      "deaths: {value: 0.1, unit: per month}}\nattributes: {status: [none, worker]}";
  parts.population =
      "population: {stayers: {values: {north: 9, south: 9, east: 9}, age: 0-79, status: none}}";
  parts.streams =
      "streams: {work: {hazard: {rate: 0.1 per year, push: [{factor: bare, coefficient: 1}]}, destination: "
      "{}}}\n"
      "inflow: {abroad: {rate: 10 per year, age: 20-39, status: none}}\n"
      "transitions: {permit: {becomes: {status: worker}, rate: 1 per year, capacity: {limit: 5, every: "
      "month}}}";
  parts.after_streams =
      "policies: {p: {from: 2010-03-01, change: [{what: " + what + ", " + how + "}]}}\nvariants: {p: [p]}";
  const Folder folder;
  const std::string mistakes = mistakes_of(folder, parts.yaml());
  return mistakes.empty() ? fmt::format("{}", read(folder, parts.yaml()).policies[0].changes[0].amount)
                          : mistakes;
}

}  // namespace

TEST_CASE("'set' and 'add' take a number in its unit, or with it") {
  CHECK(amount("factors.income", "set: 12") == "12");
  CHECK(amount("factors.income", "set: 12 USD per month") == "12");
  CHECK(amount("factors.income", "add: -3 USD per month") == "-3");
  CHECK(amount("factors.deaths", "set: 0.02") == "0.02");
  CHECK(amount("factors.deaths", "set: 0.02 per month") == "0.02");
  CHECK(amount("factors.deaths", "set: 6 per year") == "0.5");
  CHECK(amount("streams.work.hazard.rate", "set: 0.05 per month") == fmt::format("{}", 0.05 * 12));
  CHECK(amount("inflow.abroad.rate", "set: 400 per year") == "400");
  CHECK(amount("inflow.abroad.rate", "set: 400 persons per year") == "400");
  CHECK(amount("inflow.abroad.rate", "set: 100 persons per month") == "1200");
  CHECK(amount("transitions.permit.capacity.limit", "set: 40 persons per month") == "40");
  CHECK(amount("transitions.permit.capacity.limit", "set: 40") == "40");
  CHECK(amount("streams.work.hazard.push.bare", "set: 0.5") == "0.5");
}

TEST_CASE("another unit than a number's is a mistake that says which it is") {
  CHECK(contains(
      amount("factors.income", "set: 12 USD per year"),
      "'set' is '12 USD per year'; expected a number in USD per month, such as 12 or '12 USD per month'"));
  CHECK(contains(amount("factors.income", "set: 12 EUR"), "expected a number in USD per month"));
  CHECK(contains(amount("factors.deaths", "set: 5 deaths"), "expected a number in per month, such as"));
  CHECK(
      contains(amount("factors.bare", "set: 1 EUR"), "expected a number such as 12 or 0.5, without a unit"));
  CHECK(contains(amount("streams.work.hazard.push.bare", "add: 1 per year"), "without a unit"));
  CHECK(contains(amount("streams.work.hazard.rate", "set: 0.1"), "without a unit; expected a rate such as"));
  CHECK(contains(amount("streams.work.hazard.rate", "set: 1 USD"), "expected a rate such as"));
  CHECK(contains(amount("transitions.permit.capacity.limit", "set: 40 persons per year"),
                 "expected a number in persons per month, such as"));
  CHECK(contains(amount("factors.income", "scale: 2 USD per month"),
                 "'scale' is '2 USD per month'; expected a number"));
}

}  // namespace read_change_test
