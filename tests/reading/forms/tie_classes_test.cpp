#include "sim/reading/forms/tie_classes.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace tie_classes_test {

using namespace sojourn;

namespace {

TiesToldApart told_apart(const std::string& yaml) {
  const test::Text text(yaml);
  REQUIRE(text.node.is_map());
  return ties_told_apart(text.node, Names(std::vector<std::string>{"a", "b", "c", "d"}));
}

using Classes = std::vector<std::string>;

}  // namespace

TEST_CASE("what names nobody by birth or citizenship leaves one class") {
  const TiesToldApart ties = told_apart(
      "population: {movers: {birth: b, citizenship: a}}\n"
      "inflow: {i: {born: a, citizenship: b}}\n"
      "output: {citizenship: 1 year}\n"
      "transitions: {t: {becomes: {status: x}, citizenship: residence}}\n"
      "streams: {s: {who: {citizenship: residence}}}\n");
  CHECK_FALSE(ties.births.differ());
  CHECK_FALSE(ties.citizenships.differ());
  CHECK(ties.citizenships.class_of(Region{3}) == 0);
}

TEST_CASE("regions are of one class if every list has all of them or none") {
  const TiesToldApart ties = told_apart(
      "people: {some: {citizenship: [a, b]}}\n"
      "streams: {s: {who: {not: [{citizenship: {not: [b, c]}}]}}}\n"
      "transitions: {t: {capacity: {priority: [{citizenship: [a, b]}, {birth: d}]}}}\n");
  CHECK(ties.citizenships.names == Classes{"a", "b", "c", "others"});
  CHECK(ties.citizenships.of == std::vector<std::uint32_t>{0, 1, 2, 3, 3, 3});
  CHECK(ties.births.names == Classes{"others", "d"});
  CHECK(ties.births.of == std::vector<std::uint32_t>{0, 0, 0, 1, 0});
  CHECK(told_apart("streams: {s: {who: {citizenship: [c, b]}}}").citizenships.names ==
        Classes{"others", "b+c"});
}

TEST_CASE("numbers by citizenship tell apart those that they name, outside and none among them") {
  const TiesToldApart ties = told_apart(
      "outflow: {o: {rate: {by: citizenship, b: 1 per year, none: 2 per year, else: 3 per year}}}\n");
  CHECK(ties.citizenships.names == Classes{"others", "b", "none"});
  CHECK(ties.citizenships.class_of(stateless(4)) == 2);
  CHECK(ties.citizenships.class_of(outside_of(4)) == 0);
}

TEST_CASE("a region that is called as a word is meant by it") {
  const Names names = tie_names(Names(std::vector<std::string>{"none", "b"}));
  CHECK(names.find("none") == 0U);
  CHECK(names.find("outside") == 2U);
  CHECK(names.size() == 4);
}

}  // namespace tie_classes_test
