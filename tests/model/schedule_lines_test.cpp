#include "sim/model/schedule_lines.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace schedule_lines_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

std::vector<std::string> lines_of(const std::string& streams) {
  Parts parts;
  parts.population = "population:\n  stayers: {values: {north: 1000, south: 500, east: 200}, age: 20-29}";
  parts.streams = streams;
  const Folder folder;
  return schedule_lines(read(folder, parts.yaml()));
}

std::string line_of_go(const std::string& age) {
  const std::vector<std::string> lines =
      lines_of("streams: {go: {hazard: {rate: 0.1 per year, age: " + age + "}, destination: {}}}");
  return lines.size() == 1 ? lines[0] : std::to_string(lines.size()) + " lines";
}

}  // namespace

TEST_CASE("each schedule says over whom its mean is 1, and by what it is divided") {
  CHECK(
      line_of_go("{values: {0: 1, 20: 2, 25: 6}}") ==
      "stream 'go': over those named at the start, 1700 persons of mean age 25.0: divided by 4, ratios from "
      "0.25 to 1.5");
  CHECK(line_of_go("{values: {0: 1, 20: 2, 25: 6}, over: everybody}") ==
        "stream 'go': over everybody at the start, 1700 persons of mean age 25.0: divided by 4, ratios from "
        "0.25 "
        "to 1.5");
  CHECK(
      line_of_go("{values: {0: 1, 20: 2, 25: 6}, over: {values: {0-9: 1, 30-39: 1}}}") ==
      "stream 'go': over a standard population of mean age 20.0: divided by 3.5, ratios from 0.286 to 1.71");
  CHECK(
      line_of_go("{values: {0: 1, 20: 2, 25: 6}, over: as_given}") ==
      "stream 'go': as given, ratios from 1 to 6; mean 4 over the 1700 persons of mean age 25.0 named at the "
      "start");
  CHECK(line_of_go("{values: {0: 1, 20: 2, 25: 6}, over: region}") ==
        "stream 'go': over each region by itself, 3 regions of at least 200 persons (east): divided by 4 "
        "(north) "
        "to 4 (north)");
  CHECK(line_of_go("flat") == "0 lines");
}

TEST_CASE("numbers of persons in words") {
  CHECK(persons_in_words(0) == "nobody");
  CHECK(persons_in_words(1) == "1 person");
  CHECK(persons_in_words(2.5) == "2.5 persons");
  CHECK(persons_in_words(8.2e9) == "8200000000 persons");
}

}  // namespace schedule_lines_test
