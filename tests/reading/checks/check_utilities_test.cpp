#include "sim/reading/checks/check.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace check_utilities_test {

using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

/// Told of a stream with one pull term.
std::string told_of_pull(const std::string& term, const std::string& policies = "",
                         const std::string& choose = "all") {
  const Folder folder;
  folder.write("km.csv", "o,d,km\nnorth,south,1\nnorth,east,1e160\nsouth,east,3\n");
  Parts parts;
  parts.before_population =
      "factors: {x: {values: {north: 10, south: 20, east: 60}}, big: {values: {north: 1, south: 2, east: "
      "1e160}}, km: {table: km.csv, origin: o, destination: d, value: km, symmetric: true}}";
  parts.streams =
      "streams:\n  work:\n    who: {residence: [north, south]}\n    hazard: {rate: 1 per year}\n    "
      "destination: "
      "{choose: " +
      choose + ", pull: [" + term + "]}";
  parts.after_streams = policies;
  return mistakes_of(folder, parts.yaml());
}

bool tells(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a pull term of any sensible size is right") {
  for (const char* const term :
       {"{factor: x, coefficient: 10000}", "{factor: x, compare: ratio, coefficient: -1e5}",
        "{factor: big, as: log, coefficient: 100}", "{factor: km, as: log, coefficient: -2000}",
        "{factor: x, as: standardised, coefficient: 100}", "{diaspora: stock, coefficient: 1000}",
        "{diaspora: stock, as: identity, coefficient: -100}", "{home: -1e6}",
        "{factor: x, measure: change_from_start, coefficient: 1e300}"}) {
    CAPTURE(term);
    CHECK(told_of_pull(term).empty());
  }
}

TEST_CASE("a pull term beyond any sense is told at the term, with the first of whom it concerns") {
  CHECK(told_of_pull("{factor: x, coefficient: 1e308}") ==
        "s.yaml:12:39: the term 'x' of stream 'work' is beyond any number (1e+308 times 20) for people of "
        "north who go "
        "to south in the step from 2010-01-01; expected at most 1e+06: a smaller coefficient, or a factor "
        "taken 'as: "
        "log' or 'as: standardised'");
  CHECK(tells(told_of_pull("{factor: x, coefficient: -1e308}"), "beyond any number"));
  CHECK(tells(told_of_pull("{factor: x, coefficient: 20000}"),
              "is 1.2e+06 (2e+04 times 60) for people of north who "
              "go to east"));
  CHECK(tells(told_of_pull("{factor: big, coefficient: 1e160}"), "1e+160 times 1e+160"));
  CHECK(tells(told_of_pull("{factor: km, coefficient: 1}"),
              "(1 times 1e+160) for people of north who go to east"));
  CHECK(tells(told_of_pull("{factor: x, compare: difference, coefficient: 1e6}"), "5e+07"));
  CHECK(tells(told_of_pull("{home: 1.1e6}"), "the term 'home' of stream 'work' is 1.1e+06"));
  CHECK(tells(told_of_pull("{diaspora: stock, as: identity, coefficient: 1000}"), "(1e+03 times 1.52e+03)"));
  CHECK(tells(told_of_pull("{diaspora: stock, coefficient: -1e308}"), "beyond any number"));
}

TEST_CASE("a pull term is read along the corridors of its stream alone") {
  const std::string far = "{factor: km, coefficient: 1}";
  const std::string links =
      "links: [{from: north, to: south, length: 1 km}, {from: south, to: east, length: 1 km}]";
  CHECK(told_of_pull(far, links, "neighbours").empty());
  CHECK(told_of_pull(far, "", "[north, south]").empty());
  CHECK(tells(told_of_pull(far, "", "[east]"), "for people of north who go to east"));
}

TEST_CASE("policies count under the variants that have them, from when they act") {
  const auto policy = [](const std::string& change) {
    return "policies: {p: {from: 2010-06-01, change: [{what: " + change + "}]}}\nvariants: {v: [p]}";
  };
  const std::string term = "{factor: x, coefficient: 1}";
  CHECK(told_of_pull(term, policy("streams.work.destination.pull.x, scale: 100")).empty());
  CHECK(tells(told_of_pull(term, policy("streams.work.destination.pull.x, scale: 1e200")),
              "in the step from 2010-06-01 in variant 'v'"));
  CHECK(tells(told_of_pull(term, policy("factors.x, set: 1e308, regions: [south]")), "who go to south"));
  // Nobody of the stream lives in the east: what leads from there does not count.
  CHECK(told_of_pull(term, policy("streams.work.destination.pull.x, set: 1e200, origins: [east]")).empty());
  CHECK(tells(told_of_pull("{home: 1}", policy("streams.work.destination.pull.home, add: 1e7")), "1e+07"));
}

}  // namespace check_utilities_test
