#include "sim/reading/forms/age_sanity.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace age_sanity_test {

using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

/// A table of people of these ages.
std::string table_of(const std::string& ages, const std::string& columns = "region,age,n",
                     const std::string& row = "north,") {
  std::string csv = columns + '\n';
  std::string age;
  for (const char c : ages + ' ') {
    if (c != ' ') {
      age += c;
      continue;
    }
    csv += row + age + ",70\n";
    age.clear();
  }
  return csv;
}

std::string warned_of_ages(const std::string& ages) {
  const Folder folder;
  folder.write("people.csv", table_of(ages));
  Parts parts;
  parts.regions = "regions: [north]";
  parts.population = "population: {stayers: {table: people.csv, region: region, age: age, count: n}}";
  parts.streams = "";
  parts.after_streams = "demography: {deaths: {rate: 0.01 per year}}";
  return warnings_of(folder, read(folder, parts.yaml()));
}

/// What is warned of a standard population: `over`, and perhaps a table for it.
std::string warned_of_standard(const std::string& over, const std::string& csv = "") {
  const Folder folder;
  folder.write("standard.csv", csv);
  Parts parts;
  parts.streams = "streams: {go: {hazard: {rate: 0.1 per year, age: {rogers_castro: standard, over: " + over +
                  "}}, destination: {}}}";
  return warnings_of(folder, read(folder, parts.yaml()));
}

std::string warned_of_inflow(const std::string& age) {
  const Folder folder;
  Parts parts;
  parts.after_streams = "inflow: {w: {rate: 10 per year, age: " + age + "}}";
  return warnings_of(folder, read(folder, parts.yaml()));
}

}  // namespace

TEST_CASE("single ages with gaps are told with what was understood") {
  CHECK(warned_of_ages("18 20 27 40") ==
        "people.csv:2:7: warning: the ages are single numbers, unevenly spaced, and are read as '18-19', "
        "'20-26', "
        "'27-39' and '40-52'; this may mean that each was meant as that one year (write '18-18' for the one "
        "year "
        "18); if it is meant, write the ranges, or write 'accept: [ages-with-gaps]'\n");
  CHECK(contains(warned_of_ages("0 1 2 4 5"), "[ages-with-gaps]"));
}

TEST_CASE("evenly spaced ages, those with infants apart, and ranges with gaps are plain") {
  CHECK(warned_of_ages("0 1 2 3").empty());
  CHECK(warned_of_ages("0 5 10 15").empty());
  CHECK(warned_of_ages("0 1 5 10 15").empty());
  CHECK(warned_of_ages("15 25 35").empty());
  CHECK(warned_of_ages("30").empty());
  CHECK(warned_of_ages("18-18 20-20 27-27").empty());
  CHECK(warned_of_ages("18-19 20-26 27-39").empty());
}

TEST_CASE("an open last age after single years is one year wide") {
  CHECK(warned_of_ages("83 84 85+") ==
        "people.csv:4:7: warning: the last age '85+' is read as the one year 85, as wide as the age before "
        "it; this "
        "may mean that older people are taken as exactly so old (write a range such as 85-99); if it is "
        "meant, write "
        "'85-85', or write 'accept: [open-age-of-one-year]'\n");
  CHECK(warned_of_ages("75-79 80-84 85+").empty());
  CHECK(warned_of_ages("83 84 85-99").empty());
}

TEST_CASE("ages of a table of shares are looked at, those of a factor are classes") {
  const Folder folder;
  folder.write("shares.csv", "region,age,share\nnorth,18,1\nnorth,20,2\nnorth,27,1\nsouth,18,1\n");
  folder.write("rates.csv", "age,m\n0,0.1\n15,0.2\n60,0.4\n");
  Parts parts;
  parts.regions = "regions: [north, south]";
  parts.before_population = "factors: {m: {table: rates.csv, age: age, value: m, unit: per year}}";
  parts.population =
      "population: {stayers: {values: {north: 100, south: 0}, shares: [{table: shares.csv, region: region, "
      "age: age, "
      "share: share}]}}";
  parts.streams = "streams: {go: {hazard: {rate: {factor: m}}, destination: {}}}";
  const std::string warned = warnings_of(folder, read(folder, parts.yaml()));
  CHECK(contains(warned, "shares.csv:2:7: warning: the ages are single numbers"));
  CHECK_FALSE(contains(warned, "rates.csv"));
}

TEST_CASE("ages of a standard population are looked at, in a map and in a table") {
  CHECK(
      warned_of_standard("{values: {18: 1, 20: 2, 27: 1}}") ==
      "s.yaml:8:92: warning: the ages are single numbers, unevenly spaced, and are read as '18-19', '20-26' "
      "and '27-33'; this may mean that each was meant as that one year (write '18-18' for the one year 18); "
      "if it is meant, write the ranges, or write 'accept: [ages-with-gaps]'\n");
  CHECK(contains(warned_of_standard("{values: {83: 1, 84: 2, 85+: 9}}"),
                 "s.yaml:8:106: warning: the last age '85+'"));
  CHECK(warned_of_standard("{values: {18-18: 1, 20-20: 2, 27-27: 1}}").empty());
  CHECK(warned_of_standard("{values: {15: 1, 20: 2, 25: 1}}").empty());
  const std::string over = "{table: standard.csv, age: age, count: n}";
  CHECK(contains(warned_of_standard(over, table_of("18 20 27", "age,n", "")),
                 "standard.csv:2:1: warning: the ages are single numbers"));
  CHECK(contains(warned_of_standard(over, table_of("83 84 85+", "age,n", "")), "the last age '85+'"));
  CHECK(warned_of_standard(over, table_of("15 20 25", "age,n", "")).empty());
}

TEST_CASE(
    "in the ages of those who enter, a number alone is one year: told where it would be more elsewhere") {
  CHECK(
      warned_of_inflow("{20: 1, 30: 2, 40-49: 1}") ==
      "s.yaml:12:39: warning: a number alone is read as that one year; the ages are '20', '30' and '40-49'; "
      "this may mean that it was meant as the first of several years (write '20-29'); if it is meant, write "
      "'20-20', or write 'accept: [ages-with-gaps]'\n");
  CHECK(contains(warned_of_inflow("{18-24: 1, 25: 2}"), "(write '25-31')"));
  CHECK(contains(warned_of_inflow("{20-20: 1, 30: 1, 50-59: 1}"), "(write '30-49')"));
  CHECK(warned_of_inflow("{20-20: 1, 30-30: 2, 40-49: 1}").empty());
  CHECK(warned_of_inflow("{0: 1, 1-4: 4, 5-9: 1}").empty());
  CHECK(warned_of_inflow("{20: 1, 21: 2, 22: 1}").empty());
  CHECK(warned_of_inflow("20").empty());
}

}  // namespace age_sanity_test
