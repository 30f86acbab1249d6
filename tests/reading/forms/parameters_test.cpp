#include "sim/reading/forms/parameters.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/reading/reading.hpp"

namespace parameters_test {

using sojourn::Concerned;
using sojourn::Groups;
using sojourn::NumberReader;
using sojourn::ParameterSet;
using sojourn::read_by_group;
using sojourn::Reader;
using sojourn::Who;
using sojourn::test::contains;
using sojourn::test::Text;

namespace {

std::vector<double> numbers(Text& text) {
  const Groups groups({{"sex", {"female", "male"}}, {"status", {"citizen", "worker"}}});
  return read_by_group(text.reader, text.node, "the coefficient", {groups}, &Reader::number).by_group;
}

/// By status, of citizens and workers, but not of guests.
sojourn::NumbersRead of_two(Text& text, const std::vector<bool>& named = {true, true, false}) {
  const Groups groups({{"status", {"citizen", "worker", "guest"}}});
  Who who;
  who.groups = named;
  return read_by_group(text.reader, text.node, "the rate", {groups, &who}, &Reader::number);
}

std::string told_of_two(const std::string& yaml, const std::vector<bool>& named = {true, true, false}) {
  Text text(yaml);
  static_cast<void>(of_two(text, named));
  return text.mistakes() + text.warnings();
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
  CHECK(read_by_group(text.reader, text.node, "the rate", {groups}, rate).by_group ==
        std::vector<double>{1, 12});
}

TEST_CASE("numbers by an attribute are complete, or a mistake") {
  Text text("{by: sex, female: 1}");
  CHECK(numbers(text).empty());
  CHECK(text.mistakes() ==
        "s.yaml:1:1: the coefficient needs 'male'; expected a number for each sex of those whom it concerns, "
        "or 'else' for the rest\n");
}

TEST_CASE("'else' is for all values that have no number of their own") {
  Text text("{by: status, citizen: 3, else: 4}");
  const auto read = of_two(text);
  CHECK(read.by_group == std::vector<double>{3, 4, 4});
  REQUIRE(read.by.has_value());
  CHECK(read.by->of_the_rest == std::vector<bool>{false, true, true});
  CHECK(read.by->groups_read == std::vector<bool>{true, true, false});
  CHECK(text.mistakes() + text.warnings() == "");
  Text all("{by: sex, else: 5}");
  CHECK(numbers(all) == std::vector<double>{5, 5, 5, 5});
}

TEST_CASE("whom a number does not concern needs none, and has one that others read") {
  Text text("{by: status, worker: 7, citizen: 3}");
  CHECK(of_two(text).by_group == std::vector<double>{3, 7, 3});
  CHECK(text.mistakes() + text.warnings() == "");
  CHECK(contains(told_of_two("{by: status, guest: 7, citizen: 3}"), "s.yaml:1:1: the rate needs 'worker'"));
}

TEST_CASE("numbers that nobody reads are warned of, where they stand") {
  CHECK(contains(told_of_two("{by: status, citizen: 3, worker: 4, guest: 5}"),
                 "s.yaml:1:37: warning: nobody reads the rate of 'guest': none of those whom it concerns has "
                 "that status; this may mean that 'who' leaves out people who are meant; if it is meant, "
                 "leave the number out, or write 'accept: [number-not-read]'"));
  CHECK(contains(told_of_two("{by: status, citizen: 3, worker: 4, else: 5}"),
                 "s.yaml:1:37: warning: nobody reads the rate of 'else': every status of those whom it "
                 "concerns has its own"));
  CHECK(contains(told_of_two("{by: status, citizen: 3, worker: 4, guest: 5, else: x}"),
                 "s.yaml:1:53: the rate is 'x'; expected a number"));
}

TEST_CASE("of a 'who' that is not known nothing is asked, and nothing is said of what nobody reads") {
  const std::vector<bool> nobody = {false, false, false};
  CHECK(told_of_two("{by: status, worker: 4}", nobody) == "");
  CHECK(told_of_two("{by: status, worker: 4, else: 2}", nobody) == "");
  CHECK(contains(told_of_two("{by: status}", nobody), "the rate needs a number; expected"));
}

TEST_CASE("parameters are numbered and found by their names") {
  ParameterSet set;
  CHECK(set.add({"outflow.a.rate", "1", {1.0}, false}).index() == 0);
  CHECK(set.add({"outflow.b.rate", "1", {1.0}, false}).index() == 1);
  CHECK(set.names().find("outflow.b.rate") == 1U);
  CHECK_FALSE(set.is_full());
}

}  // namespace parameters_test
