#include "sim/reading/events/named_people.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace named_people_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

/// The section `people` stands in line 6, `who` in line 8.
std::string yaml_with(const std::string& people, const std::string& who) {
  Parts parts;
  parts.before_population = "attributes: {status: [citizen, worker, student]}\npeople: " + people;
  parts.population =
      "population: {stayers: {values: {north: 1000, south: 500, east: 20}, age: 0-79, status: {citizen: 0.4, "
      "worker: 0.3, student: 0.3}}}";
  parts.streams = "streams: {work: {who: " + who +
                  ", hazard: {rate: 0.01 per year}, destination: {}}, first: {hazard: {rate: 0.01 per year}, "
                  "destination: {}}}";
  return parts.yaml();
}

Who who_of_stream(const std::string& people, const std::string& who) {
  const Folder folder;
  return read(folder, yaml_with(people, who)).streams[0].who;
}

std::string told(const std::string& people, const std::string& who) {
  const Folder folder;
  return mistakes_of(folder, yaml_with(people, who));
}

const std::string foreigners = "{foreigners: {status: [worker, student], foreign_born: true, age: 15-64}}";

}  // namespace

TEST_CASE("a name stands for people, of whom the keys beside it name a part") {
  const Who all = who_of_stream(foreigners, "foreigners");
  CHECK(all.groups == std::vector<bool>{false, true, true});
  CHECK(all.foreign_born == true);
  CHECK(all.age_from == 15);
  CHECK(all.age_to == 65);
  const Who part = who_of_stream(foreigners, "{people: foreigners, status: [citizen, student], age: 60+}");
  CHECK(part.groups == std::vector<bool>{false, false, true});
  CHECK(part.foreign_born == true);
  CHECK(part.age_from == 60);
  CHECK(part.age_to == 65);
  CHECK(who_of_stream("{a: {status: worker}}", "{not: a}").groups == std::vector<bool>{true, false, true});
  CHECK(who_of_stream("{a: {status: worker}, b: {status: student}}", "{not: [a, {people: b}]}").groups ==
        std::vector<bool>{true, false, false});
}

TEST_CASE("names may be said by each other, in any order") {
  const Who who =
      who_of_stream("{young: {people: workers, age: 0-29}, workers: {status: worker}, same: young}", "same");
  CHECK(who.groups == std::vector<bool>{false, true, false});
  CHECK(who.age_to == 30);
}

TEST_CASE("names that are said by themselves are told, once for each circle") {
  CHECK(told("{a: {people: b}, b: {not: a}}", "{people: a}") ==
        "s.yaml:6:35: people 'a' are said by themselves: a, b, a; expected people that attributes, ages, "
        "residences or places of birth tell at last");
  CHECK(contains(told("{a: a}", "a"), "people 'a' are said by themselves: a, a"));
}

TEST_CASE("a name that does not exist is told with the one that was meant") {
  CHECK(told("{foreigners: {status: worker}}", "foreigner") ==
        "s.yaml:8:23: there is no name of people 'foreigner'; expected foreigners; did you mean foreigners?");
  CHECK(contains(told("{a: {status: worker}}", "{people: [a]}"),
                 "the name of people is a list; expected a name of the section 'people'"));
  const Folder folder;
  Parts parts;
  parts.streams = "streams: {work: {who: workers, hazard: {rate: 0.01 per year}, destination: {}}}";
  CHECK(mistakes_of(folder, parts.yaml()) ==
        "s.yaml:8:23: there is no name of people 'workers'; expected a name of people of the scenario, which "
        "has none");
}

TEST_CASE("what is wrong with people is told once, at their own place") {
  CHECK(told("{a: {status: wrker}, b: {people: a, age: 0-14}}", "{people: b, not: a}") ==
        "s.yaml:6:22: there is no value of status 'wrker'; expected citizen, worker or student; did you mean "
        "worker?");
  CHECK(told("{a: {status: worker, age: 64-15}}", "a") ==
        "s.yaml:6:35: the age is '64-15'; expected ages up to 150 such as 15-64, 65+ or 18");
  CHECK(told("{a: {status: []}}", "a") ==
        "s.yaml:6:10: 'a' names nobody; expected at least one region, and one value of each attribute it "
        "names");
  CHECK(told("{all: {status: worker}}", "{status: worker}") ==
        "s.yaml:6:10: 'all' is everybody already; expected another name");
  CHECK(told("[a]", "a") == "s.yaml:6:9: 'people' is a list; expected a map from names to people");
}

TEST_CASE("a use that leaves nobody is told at the use") {
  CHECK(told(foreigners, "{people: foreigners, age: 65+}") ==
        "s.yaml:8:18: 'people' and the keys beside it name nobody in common; expected a region, "
        "a value of each attribute, an age, a citizenship and a place of birth that both name");
  CHECK(told(foreigners, "{people: foreigners, not: foreigners}") ==
        "s.yaml:8:18: 'not' leaves nobody; expected people whom 'not' does not name");
  CHECK(contains(told(foreigners, "{not: foreigners}"), "by attributes, age and foreign_born at once"));
}

TEST_CASE("a name that stands nowhere is warned of") {
  const Folder folder;
  const Scenario unused = read(folder, yaml_with("{a: {status: worker}, b: {people: a}}", "{age: 15-64}"));
  CHECK(
      warnings_of(folder, unused) ==
      "s.yaml:6:31: warning: nothing is said of people 'b'; this may mean that where they were meant, others "
      "or everybody stand; if it is meant, write 'accept: [people-not-used]'\n");
  CHECK(unused.warnings[0].id == "people-not-used");
  CHECK(warnings_of(folder, read(folder, yaml_with("{a: {status: worker}}", "a"))).empty());
}

}  // namespace named_people_test
