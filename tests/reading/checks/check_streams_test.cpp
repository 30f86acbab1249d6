// What must not be told wrongly; what must be told stands in tests/reading/broken.

#include <doctest/doctest.h>

#include <string>

#include "sim/reading/checks/check.hpp"
#include "tests/reading/reading.hpp"

namespace check_streams_test {

using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::string told(const std::string& streams, const std::string& before = "",
                 const std::string& population = "") {
  const Folder folder;
  folder.write("m.csv", "to,from,n\nnorth,south,10\n");
  Parts parts;
  parts.streams = streams;
  parts.before_population = before;
  if (!population.empty()) parts.population = population;
  return mistakes_of(folder, parts.yaml());
}

}  // namespace

TEST_CASE("a group that only a stream leads to is somebody") {
  CHECK(told("streams:\n  go: {hazard: {rate: 1 per year}, destination: {}, becomes: {status: worker}}\n"
             "  again: {who: {status: worker}, hazard: {rate: 1 per year}, destination: {}, becomes: "
             "{status: family}}\n"
             "  last: {who: {status: family}, hazard: {rate: 1 per year}, destination: {}}",
             "attributes: {status: [citizen, worker, family]}",
             "population: {stayers: {values: {north: 1, south: 1, east: 0}, status: citizen}}")
            .empty());
}

TEST_CASE("a return stream is of somebody if there are movers, or another stream makes them") {
  const std::string back =
      "streams:\n  back: {who: {foreign_born: true}, hazard: {rate: 1 per year}, destination: {choose: "
      "birth}}";
  CHECK(told(back, "",
             "population: {stayers: {values: {north: 100, south: 1, east: 0}, includes_movers: false}, "
             "movers: {table: m.csv, residence: to, birth: from, count: n}}")
            .empty());
  CHECK(told(back + "\n  go: {hazard: {rate: 1 per year}, destination: {}}").empty());
  CHECK_FALSE(told(back).empty());
}

TEST_CASE("where some regions have no destination, a stream without attraction is simply none there") {
  const std::string links = "links: [{from: north, to: south, length: 1 km}]";
  CHECK(told("streams: {a: {hazard: {rate: 1 per year}, destination: {choose: neighbours}}}", links).empty());
  CHECK(told("streams: {a: {who: {residence: [north, south]}, hazard: {rate: 1 per year, attraction: 0.5}, "
             "destination: {choose: neighbours}}}",
             links)
            .empty());
  CHECK(told("streams: {a: {hazard: {rate: 1 per year, attraction: 0.5}, destination: {choose: [north, "
             "south]}}}")
            .empty());
  CHECK_FALSE(
      told("streams: {a: {hazard: {rate: 1 per year, attraction: 0.5}, destination: {choose: [north]}}}")
          .empty());
}

TEST_CASE("a rate of 0 is a number like others") {
  CHECK(told("streams: {a: {hazard: {rate: 0 per year}, destination: {}}}").empty());
}

TEST_CASE("a schedule may be 0 for some, or taken as it stands") {
  CHECK(told("streams: {a: {hazard: {rate: 1 per year, age: {values: {0: 0, 79: 1}}}, destination: {}}}")
            .empty());
  CHECK(told("streams: {a: {hazard: {rate: 1 per year, age: {values: {0: 0, 80: 1}, over: as_given}}, "
             "destination: {}}}")
            .empty());
  CHECK_FALSE(
      told("streams: {a: {hazard: {rate: 1 per year, age: {values: {0: 0, 80: 1}}}, destination: {}}}")
          .empty());
  CHECK_FALSE(told("streams: {a: {who: {age: 0-14}, hazard: {rate: 1 per year, age: {values: {0: 0, 15: "
                   "1}}}, destination: {}}}")
                  .empty());
  CHECK(told("streams: {a: {who: {age: 0-14}, hazard: {rate: 1 per year, age: {values: {0: 0, 15: 1}, over: "
             "everybody}}, destination: {}}}")
            .empty());
}

TEST_CASE("where people come from outside, a term by citizenship says what holds for them") {
  const auto with = [](const std::string& outside) {
    return told(
        "streams: {a: {hazard: {rate: 1 per year}, destination: {pull: [{factor: far, of: citizenship, own: "
        "1" +
            outside + ", coefficient: 1}]}}}\ninflow: {come: {rate: 5 per year, age: 20-29}}",
        "factors: {far: {table: m.csv, origin: from, destination: to, value: n, missing: 0}}\n",
        "population: {stayers: {values: {north: 1, south: 1, east: 0}, age: 0-79}}");
  };
  CHECK(with("").find("the term does not say what holds for those who were born outside") !=
        std::string::npos);
  CHECK(with(", outside: 3").find("born outside") == std::string::npos);
}

TEST_CASE("regions with people from where a stream does not lead are warned of") {
  const auto warned = [](const std::string& stream,
                         const std::string& counts = "north: 9, south: 9, east: 9") {
    const Folder folder;
    Parts parts;
    parts.before_population = "links: [{from: north, to: south, length: 90 km}]";
    parts.population = "population: {stayers: {values: {" + counts + "}, age: 0-79}}";
    parts.streams = "streams: {a: {" + stream + "}}";
    return warnings_of(folder, read(folder, parts.yaml()));
  };
  const std::string rate = "hazard: {rate: 0.1 per year}, ";
  CHECK(warned(rate + "destination: {choose: neighbours}") ==
        "s.yaml:7:67: warning: stream 'a' has no destination from east, where people live at the start; "
        "this may "
        "mean that a link or a region is missing; if it is meant, leave such regions out of 'who: "
        "{residence: ...}', "
        "or write 'accept: [nobody-can-go]'\n");
  CHECK(contains(warned(rate + "destination: {choose: [south]}"), "no destination from south"));
  CHECK(warned(rate + "destination: {choose: neighbours}", "north: 9, south: 9, east: 0").empty());
  CHECK(warned(rate + "who: {residence: [north, south]}, destination: {choose: neighbours}").empty());
  CHECK(warned(rate + "destination: {choose: [south, east]}").empty());
  CHECK(warned(rate + "destination: {choose: all}").empty());
}

}  // namespace check_streams_test
