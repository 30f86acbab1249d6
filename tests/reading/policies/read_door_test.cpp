#include "sim/reading/policies/read_door.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_door_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

using Flags = std::vector<bool>;

std::string yaml_with(const std::string& rest) {
  Parts parts;
  parts.before_population =
      "attributes: {status: [free, bound]}\nlinks: [{from: north, to: south, length: 5 km}]\n";
  parts.population =
      "population:\n  stayers: {values: {north: 1000, south: 500, east: 20}, age: 0-79, status: free}";
  parts.streams =
      "streams:\n"
      "  work: {hazard: {rate: 0.01 per year}, destination: {choose: all}}\n"
      "  walk: {hazard: {rate: 0.01 per year}, destination: {choose: neighbours}, who: {residence: [north, "
      "south]}}\n"
      "inflow: {come: {rate: 5 per year, age: {20-29: 1}, status: free}}\n"
      "outflow: {leave: {rate: 0.01 per year}}";
  parts.after_streams = rest;
  return parts.yaml();
}

std::string with_door(const std::string& door, const std::string& closed = "") {
  return yaml_with(closed + "policies: {p: {from: 2010-03-01, until: 2010-04-01, change: [" + door +
                   "]}}\nvariants: {p: [p]}");
}

Door door_of(const std::string& keys) {
  const Folder folder;
  const Scenario s = read(folder, with_door("{close: {" + keys + "}}"));
  REQUIRE(s.policies[0].doors.size() == 1);
  CHECK(s.policies[0].changes.empty());
  return s.policies[0].doors[0];
}

std::string told(const std::string& keys) {
  const Folder folder;
  return mistakes_of(folder, with_door("{close: {" + keys + "}}"));
}

}  // namespace

TEST_CASE("a door is of all streams, unless it says of which") {
  const Door to_east = door_of("destinations: [east]");
  CHECK(to_east.closes);
  CHECK(to_east.streams == Flags{true, true});
  CHECK(to_east.inflows.empty());
  CHECK(to_east.destinations == Flags{false, false, true});
  CHECK(to_east.origins.empty());
  CHECK(to_east.groups.empty());
  CHECK(door_of("streams: work").streams == Flags{true, false});
  const Door entry = door_of("inflow: come, destinations: [east]");
  CHECK(entry.streams == Flags{false, false});
  CHECK(entry.inflows == Flags{true});
  CHECK(door_of("outflow: leave, origins: [north]").outflows == Flags{true});
}

TEST_CASE("corridors lead one way, links both, for those who go along links") {
  const Door corridor =
      door_of("corridors: [{origin: south, destination: east}, {origin: north, destination: east}]");
  CHECK(corridor.corridors == std::vector<Corridor>{{Region{0}, Region{2}}, {Region{1}, Region{2}}});
  CHECK(corridor.streams == Flags{true, true});
  const Door link = door_of("links: [{from: south, to: north}]");
  CHECK(link.corridors == std::vector<Corridor>{{Region{0}, Region{1}}, {Region{1}, Region{0}}});
  CHECK(link.streams == Flags{false, true});
}

TEST_CASE("for whom: attributes are groups, and where they live is an origin") {
  const Door bound = door_of("who: {status: bound, residence: [north, east]}, destinations: [south]");
  CHECK(bound.groups == Flags{false, true});
  CHECK(bound.origins == Flags{true, false, true});
  const Door both = door_of("who: {residence: [north, east]}, origins: [south, east]");
  CHECK(both.origins == Flags{false, false, true});
}

TEST_CASE("what a door cannot say has its place, and what to do") {
  CHECK(contains(told(""), "'close' names nothing; expected at least one key"));
  CHECK(contains(told("who: {age: 15-64}"),
                 "the people of a door are not told apart by 'age'; expected attributes"));
  CHECK(contains(told("who: {foreign_born: true}"),
                 "the people of a door are not told apart by 'foreign_born'"));
  CHECK(contains(told("links: [{from: north, to: east}]"), "there is no link between 'north' and 'east'"));
  CHECK(contains(
      told("streams: work, links: [{from: north, to: south}]"),
      "none of the streams of 'close' goes along links; expected a stream with 'choose: neighbours'"));
  CHECK(contains(told("origins: [north], links: [{from: north, to: south}]"),
                 "the ways of 'close' are told twice"));
  CHECK(contains(told("inflow: come, origins: [north]"), "an inflow comes from no region"));
  CHECK(contains(told("inflow: come, who: {status: free}"), "the people of an inflow are not told apart"));
  CHECK(contains(told("outflow: leave, destinations: [north]"), "an outflow leads to no region"));
  CHECK(contains(told("outflow: leave, corridors: [{origin: north, destination: east}]"),
                 "corridors and links are ways of streams"));
  CHECK(contains(told("who: {residence: north}, origins: [south]"), "nobody of 'who' lives in an origin"));
  CHECK(contains(told("corridors: [{origin: north, destination: north}]"),
                 "the corridor leads from a region to itself"));
  CHECK(contains(told("destination: [north]"), "did you mean destinations?"));
}

TEST_CASE("a change is of a number or of a door") {
  const auto mistakes = [](const std::string& change) {
    const Folder folder;
    return mistakes_of(folder, with_door(change));
  };
  CHECK(contains(mistakes("{set: 5}"),
                 "the change does not say what changes; expected one of the keys what, close, open"));
  CHECK(contains(mistakes("{close: {streams: work}, open: {streams: walk}}"),
                 "the change is of several things at once"));
  CHECK(
      contains(mistakes("{close: {streams: work}, ramp: 3 months}"), "'ramp' does not stand beside 'close'"));
  CHECK(contains(mistakes("{close: {streams: work}, regions: [north]}"), "the ways as keys of 'close'"));
}

TEST_CASE("a door of which a later one of the policy leaves nothing is warned of") {
  const auto warned = [](const std::string& changes) {
    const Folder folder;
    const Scenario s = read(folder, with_door(changes));
    return warnings_of(folder, s);
  };
  const std::string close = "{close: {streams: work, destinations: [south]}}";
  const std::string open = "{open: {streams: work}}";
  CHECK(contains(warned(close + ",\n" + open), "nothing is left of this change: that of line"));
  CHECK(warned("{close: {streams: work}}, {open: {streams: work, destinations: [south]}}").empty());
}

TEST_CASE("what the scenario closes, a policy opens") {
  const Folder folder;
  const Scenario s =
      read(folder, with_door("{open: {streams: walk}}", "closed: [{links: [{from: north, to: south}]}]\n"));
  REQUIRE(s.closed.size() == 1);
  CHECK(s.closed[0].closes);
  CHECK_FALSE(s.policies[0].doors[0].closes);
  CHECK(warnings_of(folder, s).empty());
  CHECK(contains(mistakes_of(folder, yaml_with("closed: {streams: walk}")),
                 "'closed' is a map; expected a list"));
}

}  // namespace read_door_test
