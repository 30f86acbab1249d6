#include "sim/reading/forms/parameters.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string_view>
#include <vector>

#include "tests/reading/reading.hpp"

namespace parameters_test {

using sojourn::Groups;
using sojourn::NumberReader;
using sojourn::parameter_kind;
using sojourn::parameter_kinds;
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

TEST_CASE("every parameter is of a kind that stands in the list of what policies may change") {
  const auto kind = [](std::string_view name) {
    const auto number = parameter_kind(name);
    return number ? parameter_kinds[*number] : std::string_view("none");
  };
  CHECK(kind("streams.work.hazard.rate") == "streams.NAME.hazard.rate");
  CHECK(kind("streams.work.hazard.push.rate") == "streams.NAME.hazard.push.TERM");
  CHECK(kind("streams.a.b.destination.nests.near") == "streams.NAME.destination.nests.NEST");
  CHECK(kind("demography.deaths.factors.wage") == "demography.deaths.factors.TERM");
  CHECK(kind("transitions.card.capacity.give_up") == "transitions.NAME.capacity.give_up");
  CHECK(kind("streams..hazard.rate") == "none");
  CHECK(kind("streams.work.hazard.speed") == "none");
  CHECK(kind("demography.births.rates") == "none");
  ParameterSet set;
  CHECK_THROWS_AS(static_cast<void>(set.add({"streams.work.speed", "1", {1.0}, false})), std::logic_error);
}

}  // namespace parameters_test
