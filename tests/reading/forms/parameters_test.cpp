#include "sim/reading/forms/parameters.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/reading/reading.hpp"

namespace parameters_test {

using sojourn::Groups;
using sojourn::NumberReader;
using sojourn::ParameterSet;
using sojourn::read_by_group;
using sojourn::Reader;
using sojourn::test::Text;

namespace {

std::vector<double> numbers(Text& text) {
  const Groups groups({{"sex", {"female", "male"}}, {"status", {"citizen", "worker"}}});
  return read_by_group(text.reader, text.node, "the coefficient", groups, &Reader::number);
}

}  // namespace

TEST_CASE("one number is for all groups") {
  Text text("0.5");
  CHECK(numbers(text) == std::vector<double>{0.5});
}

TEST_CASE("numbers by an attribute are spread over the groups") {
  Text first("{by: sex, female: 1, male: 2}");
  CHECK(numbers(first) == std::vector<double>{1, 1, 2, 2});
  Text second("{worker: 4, citizen: 3, by: status}");
  CHECK(numbers(second) == std::vector<double>{3, 4, 3, 4});
}

TEST_CASE("rates by an attribute carry their units") {
  const Groups groups({{"sex", {"female", "male"}}});
  Text text("{by: sex, female: 1 per year, male: 1 per month}");
  const NumberReader rate = &Reader::rate;
  CHECK(read_by_group(text.reader, text.node, "the rate", groups, rate) == std::vector<double>{1, 12});
}

TEST_CASE("numbers by an attribute are complete, or a mistake") {
  Text text("{by: sex, female: 1}");
  CHECK(numbers(text).empty());
  CHECK(text.mistakes() == "s.yaml:1:1: the coefficient needs 'male'\n");
}

TEST_CASE("parameters are numbered and found by their names") {
  ParameterSet set;
  CHECK(set.add({"outflow.a.rate", "1", {1.0}, false}).index() == 0);
  CHECK(set.add({"outflow.b.rate", "1", {1.0}, false}).index() == 1);
  CHECK(set.names().find("outflow.b.rate") == 1U);
  CHECK_FALSE(set.is_full());
}

}  // namespace parameters_test
