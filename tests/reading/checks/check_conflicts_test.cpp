#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace check_conflicts_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

/// Two policies of one change each, with their days, in this order.
std::string told(const std::string& a, const std::string& b, const std::string& variants = "{v: [a, b]}") {
  Parts parts;
  parts.before_population = "factors: {wage: {values: {north: 3, south: 2, east: 1}}, price: {value: 2}}";
  parts.streams =
      "streams:\n  work:\n    hazard: {rate: 0.01 per year}\n    destination: {pull: [{factor: wage, "
      "coefficient: 1}]}";
  parts.after_streams = "policies:\n  a: {" + a + "}\n  b: {" + b + "}\nvariants: " + variants;
  const Folder folder;
  return mistakes_of(folder, parts.yaml());
}

const std::string first = "from: 2010-03-01, until: 2010-06-01, change: [{what: factors.price, set: 1}]";
std::string second(const std::string& from, const std::string& change = "{what: factors.price, set: 3}") {
  return "from: " + from + ", change: [" + change + "]";
}

}  // namespace

TEST_CASE("two policies that set the same number on the same days are a mistake that names both") {
  const std::string text = told(first, second("2010-03-01"));
  CHECK(contains(text, "policy 'b' sets 'factors.price', which policy 'a' sets in line"));
  CHECK(contains(text, "on the same days from 2010-03-01 to 2010-06-01, in variant 'v'"));
  CHECK(contains(told(first, second("2010-02-01")), "from 2010-03-01 to 2010-06-01"));
  // The one that begins first acts after the other: of this nothing is left.
  CHECK(contains(told(first, second("2010-05-01"), "{v: [b, a]}"),
                 "policy 'a' sets 'factors.price', which policy 'b' sets"));
}

TEST_CASE("one that begins later and stands later takes over; other days, numbers and kinds do not meet") {
  CHECK(told(first, second("2010-03-02")).empty());
  CHECK(told(first, second("2010-06-01")).empty());
  CHECK(told(first, second("2010-03-01"), "{v: [a], w: [b]}").empty());
  CHECK(told(first, second("2010-03-01", "{what: factors.price, add: 3}")).empty());
  CHECK(told(first, second("2010-03-01", "{what: factors.price, set: 1}")).empty());
  CHECK(told(first, second("2010-03-01", "{what: factors.wage, set: 1}")).empty());
}

TEST_CASE("who sets all and then one place besides says so by the order") {
  const std::string all = "from: 2010-03-01, change: [{what: factors.wage, set: 1}]";
  const std::string north = "from: 2010-03-01, change: [{what: factors.wage, set: 2, regions: [north]}]";
  CHECK(told(all, north).empty());
  CHECK(contains(told(all, north, "{v: [b, a]}"), "policy 'a' sets 'factors.wage'"));
}

TEST_CASE("of doors, where one closes what the other opens") {
  const std::string shut = "from: 2010-03-01, change: [{close: {destinations: [south]}}]";
  const auto open = [](const std::string& from, const std::string& keys) {
    return "from: " + from + ", change: [{open: {" + keys + "}}]";
  };
  CHECK(contains(told(shut, open("2010-03-01", "destinations: [south, east]")),
                 "policy 'b' opens what policy 'a' closes in line"));
  CHECK(told(shut, open("2010-04-01", "destinations: [south]")).empty());
  CHECK(told(shut, open("2010-03-01", "destinations: [south], origins: [east]")).empty());
  CHECK(told(shut, "from: 2010-03-01, change: [{close: {streams: work}}]").empty());
}

}  // namespace check_conflicts_test
