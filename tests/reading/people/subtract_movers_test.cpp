#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "sim/reading/people/people.hpp"
#include "tests/reading/reading.hpp"

namespace subtract_movers_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::Text;

namespace {

/// Stayers of one region and group, of ages 0 to 3, that include (or not) the given movers by age.
struct Case {
  explicit Case(std::vector<double> movers_by_age) : text("x") {
    geography.names.add("n");
    geography.regions.push_back({.code = "n"});
    setting.geography = &geography;
    setting.groups = &groups;
    movers.assign(movers_by_age.rbegin(), movers_by_age.rend());  // cohort 0 is the oldest
  }
  void add(bool includes, int from, int to, double persons, std::size_t line) {
    PeopleSource source;
    source.where = {"s.yaml", line, 1};
    source.includes_movers = includes;
    PeopleRow row;
    row.age_from = static_cast<std::int16_t>(from);
    row.age_to = static_cast<std::int16_t>(to);
    row.persons = persons;
    source.rows = {row};
    sources.push_back(source);
  }
  /// What is left by age.
  std::vector<double> left() {
    auto rest =
        stayers_without_movers(text.reader, sources, movers, {"s.yaml", 99, 1}, movers.size(), setting);
    return {rest.rbegin(), rest.rend()};
  }
  Text text;
  Geography geography;
  Groups groups;
  Setting setting;
  std::vector<double> movers;
  std::vector<PeopleSource> sources;
};

}  // namespace

TEST_CASE("movers are taken from each row as a whole, and the rest is spread") {
  Case c({4, 0, 1, 1});
  c.add(true, 0, 2, 10, 1);
  c.add(true, 2, 4, 10, 2);
  CHECK(c.left() == std::vector<double>{3, 3, 4, 4});
  CHECK(c.text.mistakes().empty());
}

TEST_CASE("rows of the same ages count together, rows without movers are left alone") {
  Case c({4, 4, 0, 0});
  c.add(true, 0, 4, 6, 1);
  c.add(true, 0, 4, 6, 2);
  c.add(false, 0, 2, 10, 3);
  CHECK(c.left() == std::vector<double>{6, 6, 1, 1});
}

TEST_CASE("a rest below 0 is told with its numbers, one below rounding is 0") {
  Case c({10.5, 0, 0, 0});
  c.add(true, 0, 4, 10, 7);
  static_cast<void>(c.left());
  CHECK(c.text.mistakes() ==
        "s.yaml:7:1: n, age 0-3: 10 persons include 10.5 movers, which leaves -0.5 stayers; expected at "
        "least as many "
        "persons as movers\n");
  Case rounding({1e9 + 100, 0, 0, 0});
  rounding.add(true, 0, 4, 1e9, 7);
  CHECK(rounding.left() == std::vector<double>{0, 0, 0, 0});
  CHECK(rounding.text.mistakes().empty());
}

TEST_CASE("movers without a row of stayers are told") {
  Case c({1, 1, 2, 3});
  c.add(true, 0, 2, 10, 1);
  static_cast<void>(c.left());
  CHECK(c.text.mistakes() ==
        "s.yaml:99:1: 5 movers live in n, age 2-3, and 'stayers' has no row of them to subtract from; "
        "expected rows of "
        "stayers for all ages and groups that movers have\n");
}

TEST_CASE("no movers are subtracted twice") {
  Case c({1, 1, 0, 0});
  c.add(true, 0, 2, 10, 1);
  c.add(true, 1, 4, 10, 2);
  static_cast<void>(c.left());
  CHECK(c.text.mistakes().find("s.yaml:2:1: the row (n, age 1-3) overlaps with another one") !=
        std::string::npos);
}

}  // namespace subtract_movers_test
