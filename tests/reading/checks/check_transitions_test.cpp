#include <doctest/doctest.h>

#include <string>

#include "sim/reading/checks/check.hpp"
#include "tests/reading/reading.hpp"

namespace check_transitions_test {

using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string told(const std::string& transitions, const std::string& movers = "") {
  Parts parts;
  parts.before_population = "attributes: {status: [citizen, worker, unregistered]}\n";
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500, east: 1}, status: unregistered, age: "
      "0-79}\n" +
      movers;
  parts.streams = "streams:\n  back:\n    hazard: {rate: 0 per year}\n    destination: {choose: birth}\n";
  parts.after_streams = "transitions:\n" + transitions;
  if (movers.empty()) {
    parts.streams =
        "streams:\n  work:\n    who: {foreign_born: false}\n    hazard: {rate: 0.01 per year}\n"
        "    destination: {choose: all}\n";
  }
  const Folder folder;
  return mistakes_of(folder, parts.yaml());
}

}  // namespace

TEST_CASE("a transition that can happen to somebody is right") {
  CHECK(told("  a: {becomes: {status: worker}, rate: 1 per year}\n"
             "  b: {who: {status: worker}, becomes: {status: citizen}, rate: 1 per year}\n")
            .empty());
}

TEST_CASE("one that can happen to nobody is told") {
  CHECK(contains(told("  b: {who: {status: worker}, becomes: {status: citizen}, rate: 1 per year}\n"),
                 "nobody is ever in the groups that transition 'b' names"));
  CHECK(contains(told("  b: {who: {status: worker}, becomes: {status: worker}, rate: 1 per year}\n"),
                 "'who' names nobody"));
  CHECK(contains(told("  b: {who: {age: 120+}, becomes: {status: worker}, rate: 1 per year}\n"),
                 "nobody is ever as old as transition 'b' says"));
}

}  // namespace check_transitions_test
