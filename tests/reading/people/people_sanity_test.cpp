#include "sim/reading/people/people_sanity.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/reading/reading.hpp"

namespace people_sanity_test {

using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::Parts;

namespace {

/// What is warned of stayers in a table, with the columns `region,sex,age,n` or some of them.
std::string warned_of_stayers(const std::string& csv, const std::string& keys = "") {
  const Folder folder;
  folder.write("people.csv", csv);
  Parts parts;
  parts.regions = "regions: [north, south";
  for (const char* const region : {"east", "all"}) {
    if (contains(csv, std::string("\n") + region)) parts.regions += std::string(", ") + region;
  }
  parts.regions += ']';
  if (contains(keys, "sex")) parts.before_population = "attributes: {sex: [f, m, both]}";
  const std::string age = contains(keys, "age:") ? "" : ", age: 0-79";
  parts.population = "population: {stayers: {table: people.csv, region: region, count: n" + keys + age + "}}";
  return warnings_of(folder, read(folder, parts.yaml()));
}

std::string warned_of_ages(const std::string& ages) {
  std::string csv = "region,age,n\nsouth," + ages.substr(0, ages.find(' ')) + ",0\n";
  std::string age;
  for (const char c : ages + ' ') {
    if (c != ' ') {
      age += c;
      continue;
    }
    csv += "north," + age + ",70\n";
    age.clear();
  }
  return warned_of_stayers(csv, ", age: age");
}

}  // namespace

TEST_CASE("counts that all have decimals, at most three, may be thousands") {
  CHECK(warned_of_stayers("region,n\nnorth,1.250\nsouth,12.004\neast,0.020\n") ==
        "people.csv:2:7: warning: 3 of 3 counts of persons have decimals, at most three, such as '1.250'; "
        "this may "
        "mean that persons are in thousands, or a point stands between thousands; if it is meant, write "
        "'accept: "
        "[counts-with-decimals]'\n");
  // The last zeros may have gone.
  CHECK(contains(warned_of_stayers("region,n\nnorth,1250\nsouth,12.004\neast,0.02\n"), "2 of 3 counts"));
}

TEST_CASE("whole counts, few decimals and those of estimates are no thousands") {
  CHECK(warned_of_stayers("region,n\nnorth,1250\nsouth,12004\neast,20\n").empty());
  CHECK(warned_of_stayers("region,n\nnorth,1250.5\nsouth,12004.0\neast,20.5\n").empty());
  CHECK(warned_of_stayers("region,n\nnorth,1250.125\nsouth,12004\neast,20\n").empty());
  CHECK(warned_of_stayers("region,n\nnorth,1250.125\nsouth,12004.25\neast,20.33333\n").empty());
}

TEST_CASE("a region with as many people as all others together may be their sum") {
  CHECK(warned_of_stayers("region,n\nnorth,1250\nsouth,700\neast,50\nall,2000\n") ==
        "people.csv:5:5: warning: region 'all' has 2000 persons, as many as all others of the table "
        "together; this "
        "may mean that it is the total of the others, and everybody is counted twice; if it is meant, write "
        "'accept: "
        "[row-is-a-sum]'\n");
  CHECK(warned_of_stayers("region,n\nnorth,1250\nsouth,700\neast,50\nall,2001\n").empty());
  // Two alike are no total of each other, and so few rows may agree by chance.
  CHECK(warned_of_stayers("region,n\nnorth,500\nsouth,500\n").empty());
  CHECK(warned_of_stayers("region,n\nnorth,1000\nsouth,600\neast,400\n").empty());
}

TEST_CASE("so may a value of an attribute") {
  const std::string csv = "region,sex,n\nnorth,f,40\nnorth,m,50\nnorth,both,90\nsouth,f,7\nsouth,m,8\n";
  CHECK(contains(warned_of_stayers(csv + "south,both,15\n", ", sex: sex"),
                 "people.csv:4:12: warning: sex 'both' has 105 persons"));
  CHECK(warned_of_stayers(csv + "south,both,16\n", ", sex: sex").empty());
}

TEST_CASE("so may a birth or a residence of movers") {
  const auto warned_of_movers = [](const std::string& first, const std::string& second) {
    const Folder folder;
    folder.write("m.csv", first + ',' + second +
                              ",n\nall,north,30\nsouth,north,10\neast,north,20\nall,south,7\neast,south,7\n");
    Parts parts;
    parts.regions = "regions: [north, south, east, all]";
    parts.population =
        "population:\n  stayers: {values: {north: 1000, south: 500, east: 90, all: 1}, age: 0-79, "
        "includes_movers: "
        "false}\n  movers: {table: m.csv, residence: to, birth: from, count: n, age: 20-39, arrived: {law: "
        "uniform, "
        "over: 9 years}}";
    return warnings_of(folder, read(folder, parts.yaml()));
  };
  CHECK(contains(warned_of_movers("from", "to"), "m.csv:2:11: warning: birth 'all' has 37 persons"));
  CHECK(contains(warned_of_movers("to", "from"), "m.csv:2:11: warning: region 'all' has 37 persons"));
}

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
        "people.csv:5:7: warning: the last age '85+' is read as the one year 85, as wide as the age before "
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

}  // namespace people_sanity_test
