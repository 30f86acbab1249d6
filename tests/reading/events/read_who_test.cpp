#include "sim/reading/events/read_who.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "tests/reading/reading.hpp"

namespace read_who_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

Parts parts() {
  Parts parts;
  parts.before_population = "attributes: {sex: [f, m], status: [citizen, worker]}";
  parts.population =
      "population: {stayers: {values: {north: 1000, south: 500, east: 20}, age: 0-79, sex: {f: 0.5, m: "
      "0.5}, status: {citizen: 0.5, worker: 0.5}}}";
  return parts;
}

std::string yaml_with(const std::string& who) {
  Parts with = parts();
  with.streams = "streams: {work: {who: " + who +
                 ", hazard: {rate: 0.01 per year}, destination: {}}, "
                 "first: {hazard: {rate: 0.01 per year}, destination: {}}}";
  return with.yaml();
}

Who who_of_stream(const std::string& who) {
  const Folder folder;
  return read(folder, yaml_with(who)).streams[0].who;
}

std::string told(const std::string& who) {
  const Folder folder;
  return mistakes_of(folder, yaml_with(who));
}

/// Every place that takes people, as a scenario in which they stand there.
struct PlaceOfPeople {
  std::string name;
  std::string yaml;
  bool by_age = true;
  bool by_residence = true;
  bool by_birth = true;
};

std::vector<PlaceOfPeople> places(const std::string& people) {
  const auto with = [](const std::string& section) {
    Parts made = parts();
    made.after_streams = section;
    return made.yaml();
  };
  Parts derived = parts();
  derived.before_population +=
      "\nfactors: {x: {expression: n, unit: persons, where: {n: {people: " + people + "}}}}";
  return {
      {"stream", yaml_with(people)},
      {"births",
       with("demography: {births: {who: " + people +
            ", rate: 0.01 per year, newborn: {sex: inherit, status: inherit}}}"),
       true, true, false},
      {"transition",
       with("transitions: {t: {who: " + people + ", becomes: {status: worker}, rate: 0.1 per year}}")},
      {"outflow", with("outflow: {away: {who: " + people + ", rate: 0.1 per year}}")},
      {"expression", derived.yaml(), true, false, false},
      {"priority",
       with("transitions: {t: {becomes: {status: worker}, rate: 0.1 per year, capacity: {limit: 5, every: "
            "month, priority: [" +
            people + "]}}}"),
       true, false, false},
  };
}

}  // namespace

TEST_CASE("not: whom the inner map does not name, of those whom the keys beside it name") {
  CHECK(who_of_stream("{not: {status: worker}}").groups == std::vector<bool>{true, false, true, false});
  CHECK(who_of_stream("{not: {status: worker, sex: f}}").groups ==
        std::vector<bool>{true, false, true, true});
  CHECK(who_of_stream("{sex: f, not: {status: worker, sex: f}}").groups ==
        std::vector<bool>{true, false, false, false});
  CHECK(who_of_stream("{not: [{status: worker}, {sex: f}]}").groups ==
        std::vector<bool>{false, false, true, false});
  CHECK(who_of_stream("{not: {residence: [north, east]}}").residences ==
        std::vector<bool>{false, true, false});
  CHECK(who_of_stream("{not: {foreign_born: true}}").foreign_born == false);
  CHECK(who_of_stream("{not: {foreign_born: false}}").foreign_born == true);
  CHECK_FALSE(who_of_stream("{not: {not: {foreign_born: false}}}").foreign_born.value_or(true));
  CHECK(who_of_stream("{not: {age: 0-17}}").age_from == 18);
  CHECK(who_of_stream("{not: {age: 65+}}").age_to == 65);
  // In whatever order it is said.
  CHECK(who_of_stream("{not: [{age: 65+}, {age: 30-64}]}").age_to == 30);
  CHECK(who_of_stream("{not: [{age: 30-64}, {age: 65+}]}").age_to == 30);
  const Who young = who_of_stream("{age: 15-64, not: {age: 30-64}, residence: south}");
  CHECK(young.age_from == 15);
  CHECK(young.age_to == 30);
  CHECK(young.residences == std::vector<bool>{false, true, false});
  CHECK(std::isinf(who_of_stream("{not: {status: worker}}").age_to));
}

TEST_CASE("what names people by several keys leaves a kind of people where the keys beside it say the rest") {
  const Who who = who_of_stream("{foreign_born: true, not: {status: worker, foreign_born: true}}");
  CHECK(who.groups == std::vector<bool>{true, false, true, false});
  CHECK(who.foreign_born == true);
}

TEST_CASE("whom not leaves, and cannot be said as one who, is told with what to write") {
  CHECK(contains(told("{not: {status: worker, foreign_born: true}}"),
                 "s.yaml:7:29: 'not' names people by attributes and foreign_born at once, so that the others "
                 "are of several kinds; expected one of these; or an entry for each kind: those of other "
                 "attributes, and those of the same attributes and other foreign_born"));
  CHECK(contains(told("{not: {age: 15-64}}"),
                 "'not' leaves younger people and older ones; expected ages from 0 on, or without an end; or "
                 "two entries, one for the younger and one for the older"));
  CHECK(contains(told("{not: {residence: north, age: 0-14}}"), "by age and residence at once"));
}

TEST_CASE("what names nobody is told once") {
  CHECK(told("{not: {}}") == "s.yaml:7:18: 'not' leaves nobody; expected people whom 'not' does not name");
  CHECK(told("{sex: f, not: {sex: f}}") ==
        "s.yaml:7:18: 'not' leaves nobody; expected people whom 'not' does not name");
  CHECK(contains(told("{not: {status: []}}"), "'not' names nobody"));
  CHECK(told("{not: {status: wrker}}") ==
        "s.yaml:7:38: there is no value of status 'wrker'; expected citizen or worker; did you mean worker?");
  for (const PlaceOfPeople& place : places("{not: {}}")) {
    CAPTURE(place.name);
    const Folder folder;
    const std::string mistakes = mistakes_of(folder, place.yaml);
    CHECK(contains(mistakes, "'not' leaves nobody"));
    CHECK_FALSE(contains(mistakes, "\n"));
  }
}

TEST_CASE("every place of people takes not, and none a key in it that it does not take beside it") {
  const Folder folder;
  for (const PlaceOfPeople& place : places("{not: {sex: m}}")) {
    CAPTURE(place.name);
    CHECK(mistakes_of(folder, place.yaml).empty());
  }
  const auto check = [&](const std::string& key, auto takes) {
    for (const std::string& people : {"{" + key + "}", "{not: {" + key + "}}", "{not: [{" + key + "}]}"}) {
      for (const PlaceOfPeople& place : places(people)) {
        CAPTURE(place.name);
        CAPTURE(people);
        const std::string mistakes = mistakes_of(folder, place.yaml);
        CHECK(mistakes.empty() == takes(place));
        const std::string name = key.substr(0, key.find(':'));
        CHECK((takes(place) || contains(mistakes, " are not told apart by '" + name + "'; expected ")));
      }
    }
  };
  check("age: 0-17", [](const PlaceOfPeople& place) { return place.by_age; });
  check("residence: north", [](const PlaceOfPeople& place) { return place.by_residence; });
  check("foreign_born: true", [](const PlaceOfPeople& place) { return place.by_birth; });
}

TEST_CASE("every place of people takes a name, and none behind which a key stands that it does not take") {
  const Folder folder;
  const auto with_name = [](const PlaceOfPeople& place, const std::string& people) {
    return place.yaml + "people: {named: {" + people + "}}\n";
  };
  const auto check = [&](const std::string& key, auto takes) {
    for (const std::string use : {"named", "{people: named}", "{not: {not: named}}"}) {
      for (const PlaceOfPeople& place : places(use)) {
        CAPTURE(place.name);
        CAPTURE(use);
        const std::string mistakes = mistakes_of(folder, with_name(place, key));
        CHECK(mistakes.empty() == takes(place));
        const std::string name = key.substr(0, key.find(':'));
        CHECK((takes(place) || contains(mistakes, " are not told apart by '" + name +
                                                      "', as people 'named' are; expected ")));
      }
    }
  };
  check("sex: m", [](const PlaceOfPeople&) { return true; });
  check("age: 0-17", [](const PlaceOfPeople& place) { return place.by_age; });
  check("residence: north", [](const PlaceOfPeople& place) { return place.by_residence; });
  check("foreign_born: true", [](const PlaceOfPeople& place) { return place.by_birth; });
}

TEST_CASE("births and citizenships name groups of their classes, and those who live in their own region") {
  const Folder folder;
  const Scenario scenario = read(
      folder, yaml_with("{status: worker, citizenship: {not: [residence, north]}, birth: [south, outside]}"));
  const Groups& groups = scenario.groups;
  const Who& who = scenario.streams[0].who;
  CHECK(who.foreign_citizen == true);
  CHECK_FALSE(who.foreign_born.has_value());
  CHECK(groups.citizenships().names == std::vector<std::string>{"north", "others"});
  CHECK(groups.births().names == std::vector<std::string>{"others", "south+outside"});
  for (std::size_t g = 0; g < groups.count(); ++g) {
    const Group group{g};
    const bool named = groups.value(group, AttributeId{1}) == 1 &&
                       groups.value(group, groups.citizenship()) == 1 &&
                       groups.value(group, groups.birth()) == 1;
    CHECK(who.groups[g] == named);
  }
  CHECK(who_of_stream("{citizenship: residence}").foreign_citizen == false);
  CHECK(who_of_stream("{birth: residence}").foreign_born == false);
  CHECK(who_of_stream("{birth: {not: residence}}").foreign_born == true);
  CHECK(who_of_stream("{not: {citizenship: residence}}").foreign_citizen == true);
}

TEST_CASE("what is wrong with a birth or citizenship is told at its place") {
  CHECK(contains(told("{citizenship: nord}"), "there is no region 'nord'; expected"));
  CHECK(contains(told("{citizenship: nord}"), "did you mean north?"));
  CHECK(contains(told("{birth: none}"), "nobody is born in 'none'"));
  CHECK(contains(told("{citizenship: [residence, north]}"),
                 "'citizenship' names 'residence' and regions beside it"));
  CHECK(contains(told("{citizenship: {no: north}}"), "did you mean not?"));
  CHECK(contains(told("{citizenship: {not: [north, south, east, outside, none]}}"), "nobody"));
}

}  // namespace read_who_test
